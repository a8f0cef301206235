import Decoding
import Ledger
import Monitoring

extension ReportObject {
    func finding(_ entry: Extract.Entry, _ isQuiet: Bool) -> JSONValue {
        .object([
            ("severity", .string(entry.severity.rawValue)), ("host", host(entry.host)),
            ("vendor", vendor(entry.vendor)),
            ("product", .string(entry.key.product)), ("country", .string(entry.key.destination.text)),
            ("country_name", .string(composer.name(entry.key.destination))),
            ("overseas", .bool(entry.isOverseas(composer.report.settings.homeCountries))),
            ("confidence", .string(entry.confidence.rawValue)), ("first_seen", time(entry.firstSeen)),
            ("last_seen", time(entry.lastSeen)), ("quiet", .bool(isQuiet)), ("tally", tally(entry.tally)),
            ("days", .count(UInt64(entry.days.count))), ("evidence", .array(entry.evidence.map(evidence))),
            ("destinations", .array(entry.destinations.map(destination))), ("beat", beat(entry.beat)),
            ("exception", exception(entry.exception)),
        ])
    }

    func vendor(_ vendor: Vendor) -> JSONValue {
        .object([
            ("id", .string(vendor.id)), ("name", .string(vendor.name)), ("name_zh", .optional(vendor.chineseName)),
            ("headquarters", .string(vendor.headquarters)),
        ])
    }

    func host(_ host: Host) -> JSONValue {
        .object([
            ("id", .string(host.id)), ("identity", .string(host.identity.rawValue)),
            ("address", .string("\(host.address)")), ("mac", .optional(host.mac.map { "\($0)" })),
            ("name", .optional(host.name)),
            ("name_source", .optional(host.nameSource?.rawValue)), ("owner", .optional(host.owner)),
            ("site", .optional(host.site)),
        ])
    }

    private func tally(_ tally: Tally) -> JSONValue {
        .object([
            ("lookups", .count(tally.lookups)), ("flows", .count(tally.flows)), ("bytes_out", .count(tally.bytesOut)),
            ("bytes_in", .count(tally.bytesIn)), ("packets_out", .count(tally.packetsOut)),
            ("packets_in", .count(tally.packetsIn)), ("application_bytes_out", .count(tally.applicationBytesOut)),
        ])
    }

    private func evidence(_ evidence: Evidence) -> JSONValue {
        let endpoint = evidence.endpoint
        return .object([
            ("method", .string(evidence.method.rawValue)), ("value", .string(evidence.value)),
            ("count", .count(evidence.count)), ("first_seen", time(evidence.firstSeen)),
            ("last_seen", time(evidence.lastSeen)), ("contradiction", .bool(evidence.isContradiction)),
            ("endpoint", .string(endpoint.id)), ("category", .string(endpoint.category.rawValue)),
            ("confidence", .string(endpoint.confidence.rawValue)), ("shared", .bool(endpoint.isShared)),
            ("sources", .strings(endpoint.sources)),
        ])
    }

    private func destination(_ destination: Destination) -> JSONValue {
        let place = destination.place
        return .object([
            ("address", .string("\(destination.address)")), ("country", .optional(place.country)),
            ("as_number", place.autonomousSystem.map { .count(UInt64($0.number)) } ?? .null),
            ("as_organization", .optional(place.autonomousSystem?.organisation)),
            ("uncertain", .bool(place.isUncertain)), ("shared_by", .optional(place.operator)),
            ("basis", .optional(place.basis)), ("tally", tally(destination.tally)),
            ("first_seen", time(destination.firstSeen)), ("last_seen", time(destination.lastSeen)),
        ])
    }

    private func beat(_ beat: Extract.Beat?) -> JSONValue {
        guard let beat else { return .null }
        return .object([
            ("interval_seconds", .number(Self.decimal(beat.interval))),
            ("jitter_seconds", .number(Self.decimal(beat.jitter))),
        ])
    }

    private func exception(_ exception: Extract.ExceptionText?) -> JSONValue {
        guard let exception else { return .null }
        return .object([
            ("reason", .string(exception.reason)), ("approved_by", .optional(exception.approvedBy)),
            ("until", .optional(exception.until)),
        ])
    }

    var origin: JSONValue {
        let origin = Origin(composer.report)
        return .object([
            ("program", .string(composer.report.settings.program)), ("recorded_by", .strings(origin.programs)),
            ("packs", .object(origin.packs.map { ($0.id, .strings($0.versions)) })),
            ("packs_digests", .strings(origin.digests)), ("geographies", .strings(origin.geographies)),
            ("recordings", .array(composer.report.recordings.map(recording))),
        ])
    }

    private func recording(_ recording: Recording) -> JSONValue {
        .object([
            ("id", .string(recording.id)), ("kind", .string(recording.kind.rawValue)),
            ("name", .string(recording.name)),
            ("program", .string(recording.program)), ("packs_digest", .string(recording.packsDigest)),
            ("geography", .optional(recording.geography)), ("first_packet", time(recording.firstPacket)),
            ("last_packet", time(recording.lastPacket)),
        ])
    }
}
