import Monitoring

/// Alerts as syslog messages.
package struct SyslogMessage: Sendable {
    package enum Format: String, CaseIterable, Sendable {
        /// With structured data.
        case rfc5424
        /// The BSD form, text only, as relays pass it on.
        case rfc3164
        /// The BSD form without a host name, as `syslog(3)` writes it: the only one that the daemons behind /dev/log
        /// read right as they come (rsyslog 8.2302 takes the version of RFC 5424 for a program named "1").
        case local
    }

    /// Source: RFC 5424, section 6.2.1.
    package enum Facility: String, CaseIterable, Sendable {
        case user, daemon, auth, authpriv, local0, local1, local2, local3, local4, local5, local6, local7

        var code: Int {
            switch self {
            case .user: 1
            case .daemon: 3
            case .auth: 4
            case .authpriv: 10
            case .local0: 16
            case .local1: 17
            case .local2: 18
            case .local3: 19
            case .local4: 20
            case .local5: 21
            case .local6: 22
            case .local7: 23
            }
        }
    }

    /// Every receiver takes 2,048 bytes (RFC 5424, section 6.1; RFC 5426, section 3.2 has less only for old networks).
    package static let lengthLimit = 2_048

    /// For the text of a structured message: an address and a name of 255 escaped bytes take 1,080; only names from
    /// packs can be longer than what is left.
    private static let reasonLimit = 1_400

    private let format: Format
    private let facility: Facility
    private let host: String
    private let process: Int32

    package init(format: Format, facility: Facility, host: String, process: Int32) {
        self.format = format
        self.facility = facility
        // Section 6.2.4: 255 printable ASCII bytes, or a dash.
        let printable = String(
            String.UnicodeScalarView(host.unicodeScalars.filter { $0.value > 0x20 && $0.value < 0x7f }.prefix(255)))
        self.host = printable.isEmpty ? "-" : printable
        self.process = process
    }

    package func text(for alert: Alert) -> String {
        let priority = facility.code * 8 + alert.severity.syslogLevel
        switch format {
        case .rfc5424:
            let head = "<\(priority)>1 \(alert.time) \(host) seaward \(process) \(alert.action.rawValue) "
            return structured(alert, head: head)
        case .rfc3164:
            return "<\(priority)>\(Self.bsdTime(alert.time)) \(host) \(plain(alert))"
        case .local:
            return "<\(priority)>\(Self.bsdTime(alert.time)) \(plain(alert))"
        }
    }

    private func plain(_ alert: Alert) -> String {
        let sighting = alert.sighting
        let server = "server \(sighting.server) port \(sighting.serverPort)/\(sighting.transport); "
        return "seaward[\(process)]: \(alert.severity.rawValue): \(alert.reason) [\(sighting.method.rawValue); "
            + (sighting.act == .presence ? "" : server)
            + "confidence \(alert.confidence.rawValue); \(alert.endpoint.sources[0])]"
    }

    /// The most important parameter first: what does not fit is left out from the end, and `shortened` says so.
    private func structured(_ alert: Alert, head: String) -> String {
        let sighting = alert.sighting
        let endpoint = alert.endpoint
        // Of a device there is nobody at the other end.
        let isFlow = sighting.act != .presence
        let tally = alert.finding.tally
        let parameters = [
            ("severity", alert.severity.rawValue), ("client", "\(sighting.client)"), ("vendor", endpoint.vendor.id),
            ("country", alert.finding.key.destination.text), ("name", sighting.value),
            ("method", sighting.method.rawValue), ("server", isFlow ? "\(sighting.server)" : ""),
            ("port", isFlow ? "\(sighting.serverPort)" : ""), ("transport", isFlow ? "\(sighting.transport)" : ""),
            ("category", endpoint.category.rawValue), ("product", endpoint.product ?? ""),
            ("bytes_out", isFlow ? "\(tally.bytesOut)" : ""), ("bytes_in", isFlow ? "\(tally.bytesIn)" : ""),
            ("confidence", alert.confidence.rawValue), ("endpoint", endpoint.id),
            ("count", "\(max(alert.news.sightings, 1))"), ("host", alert.finding.host.name ?? ""),
            ("identity", alert.finding.host.identity.rawValue), ("first_seen", "\(alert.finding.firstSeen)"),
            ("client_port", isFlow ? "\(sighting.clientPort)" : ""), ("id", alert.id),
            ("pack_version", endpoint.vendor.version), ("source", endpoint.sources[0]),
        ].filter { !$0.1.isEmpty }.map { " \($0.0)=\"\(Self.escaped($0.1))\"" }
        let text = Self.prefix(alert.reason, bytes: Self.reasonLimit)
        var isShortened = text.utf8.count < alert.reason.utf8.count
        var room = Self.lengthLimit - head.utf8.count - text.utf8.count - "[seaward@32473 shortened=\"1\"] ".utf8.count
        var element = "[seaward@32473"
        for parameter in parameters {
            room -= parameter.utf8.count
            guard room >= 0 else {
                isShortened = true
                break
            }
            element += parameter
        }
        return head + element + (isShortened ? " shortened=\"1\"] " : "] ") + text
    }

    /// The front of a text, without half a character at its end.
    private static func prefix(_ text: String, bytes: Int) -> Substring {
        guard text.utf8.count > bytes else { return text[...] }
        var end = text.utf8.index(text.startIndex, offsetBy: bytes)
        while end.samePosition(in: text.unicodeScalars) == nil { text.utf8.formIndex(before: &end) }
        return text[..<end]
    }

    /// RFC 5424, section 6.3.3: these three, with a backslash. Control bytes never come here: names are escaped.
    private static func escaped(_ value: String) -> String {
        var text = String.UnicodeScalarView()
        // Not by characters: a quote with an accent on it is a quote to the receiver.
        for scalar in value.unicodeScalars {
            if scalar == "\"" || scalar == "\\" || scalar == "]" { text.append("\\") }
            text.append(scalar)
        }
        return String(text)
    }

    /// RFC 3164, section 4.1.2: `Nov  3 09:05:07`, in UTC.
    private static func bsdTime(_ time: Timestamp) -> String {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let text = time.text(fraction: 0)
        let month = Int(text.dropFirst(5).prefix(2)) ?? 1
        let day = Int(text.dropFirst(8).prefix(2)) ?? 1
        return "\(months[month - 1]) \(day < 10 ? " " : "")\(day) \(text.dropFirst(11).prefix(8))"
    }
}
