import Decoding
import Foundation
import Ledger
import Monitoring
import Reporting

/// Ledgers' extracts that no ledger wrote: made of counters, so that they are the same in every run.
enum Samples {
    /// 2026-11-01 and 2026-11-30.
    static let from: Int32 = 20_758, to: Int32 = 20_787

    static let vendors: [Vendor] = [
        vendor("palo-alto-networks", "Palo Alto Networks", ["PANW", "派拓网络"]), vendor("fortinet", "Fortinet", ["飞塔"]),
        vendor("check-point", "Check Point", ["捷邦"], "IL"), vendor("vmware", "VMware by Broadcom", ["威睿"]),
        vendor("crowdstrike", "CrowdStrike"), vendor("sentinelone", "SentinelOne"), vendor("mandiant", "Mandiant"),
        vendor("wiz", "Wiz"), vendor("recorded-future", "Recorded Future"), vendor("mcafee", "McAfee", ["迈克菲"]),
        vendor("claroty", "Claroty"), vendor("rapid7", "Rapid7"), vendor("cyberark", "CyberArk", [], "IL"),
        vendor("orca-security", "Orca Security", [], "IL"), vendor("cato-networks", "Cato Networks", [], "IL"),
        vendor("imperva", "Imperva"),
    ]

    static func vendor(
        _ id: String, _ name: String, _ aliases: [String] = [], _ headquarters: String = "US"
    ) -> Vendor {
        Vendor(id: id, name: name, aliases: aliases, headquarters: headquarters, version: "2026-11-23")
    }

    /// A moment on a day, that many seconds after midnight.
    static func time(_ day: Int32, _ second: Int64 = 0) -> Timestamp {
        Timestamp(nanoseconds: (Int64(day) * 86_400 + second) * 1_000_000_000)
    }

    static func host(_ number: Int) -> Monitoring.Host {
        let (net, last) = (UInt32(number / 200), UInt32(number % 200) + 10)
        let address = IPAddress(v4: 0x0a14_0000 | net << 8 | last)
        if number == 3 { return Host(id: "address:\(address)", identity: .nat, address: address) }
        guard number % 4 != 1 else { return Host(at: address) }
        let pair = String(number % 256 | 256, radix: 16).dropFirst()
        let names = ["fw-edge", "hr-laptop", "dev-build", "scada-hmi", "mail-relay", "esxi", "jump", "财务终端"]
        let sites = ["Shanghai, building 2", "上海二号楼", "Beijing", "广州数据中心"]
        return Host(
            id: "mac:00:09:0f:11:22:\(pair)-\(number)", identity: number % 4 == 0 ? .inventory : .mac, address: address,
            mac: MACAddress("00:09:0f:11:22:\(pair)"), name: "\(names[number % names.count])-\(number)",
            nameSource: .dhcp,
            owner: number % 4 == 0 ? ["Li Wei", "王芳", "J. Smith"][number % 3] : nil,
            site: number % 4 == 0 ? sites[number / 4 % 4] : nil)
    }

    static func endpoint(
        _ vendor: Vendor, _ name: String, _ category: Monitoring.Category, product: String? = nil,
        confidence: Confidence = .high, sources: [String]? = nil, isShared: Bool = false
    ) -> Endpoint {
        Endpoint(
            subject: .suffix(HostName(name)), vendor: vendor, product: product, category: category,
            confidence: confidence, ports: [443], region: nil,
            sources: sources ?? [
                "https://docs.\(vendor.id).example/ports", "https://support.\(vendor.id).example/kb/1",
            ],
            note: nil, isShared: isShared)
    }

    static func tally(_ bytesOut: UInt64, flows: UInt64 = 12) -> Tally {
        var tally = Tally()
        tally.lookups = flows + 2
        tally.flows = flows
        tally.bytesOut = bytesOut
        tally.bytesIn = bytesOut * 3 / 2
        tally.packetsOut = bytesOut / 600
        tally.packetsIn = bytesOut / 500
        tally.applicationBytesOut = bytesOut * 7 / 10
        return tally
    }

    /// One finding, with evidence and servers that suit it.
    static func entry(
        host: Monitoring.Host = host(0), vendor: Vendor = vendors[0], product: String = "Cortex XDR",
        country: Destination.Country = .code("US"), severity: Severity = .critical, bytesOut: UInt64 = 1_000_000,
        days: [Int32] = [to], exception: Extract.ExceptionText? = nil, confidence: Confidence = .high,
        isContradicted: Bool = false, beat: Extract.Beat? = nil, evidenceCount: Int = 2
    ) -> Extract.Entry {
        let isContact = country != .none
        let (first, last) = (time(days.first ?? to, 3_723), time(days.last ?? to, 61_200))
        let categories: [Monitoring.Category] = [.telemetry, .update, .management, .logUpload]
        var evidence = (0..<evidenceCount).map { number in
            Evidence(
                method: isContact && number % 2 == 1 ? .tlsSNI : .dns, value: "node\(number / 2).\(vendor.id).example",
                endpoint: endpoint(vendor, "\(vendor.id).example", categories[number % 4], product: product),
                count: UInt64(40 + number), firstSeen: first, lastSeen: last)
        }
        if isContradicted {
            let other = vendors[(vendors.firstIndex { $0.id == vendor.id } ?? 0) + 1 < vendors.count ? 1 : 0]
            evidence.append(
                Evidence(
                    method: .address, value: "203.0.113.77",
                    endpoint: endpoint(other, "ranges.example", .update, confidence: .medium, isShared: true),
                    isContradiction: true, count: 3, firstSeen: first, lastSeen: last))
        }
        var key = Finding.Key(host: host.id, vendor: vendor.id, product: product, destination: country)
        key.exception = exception?.reason
        let spread = UInt64(max(days.count, 1))
        let tallies = days.map {
            let wave = UInt64(($0 * 37) % 11 + 5)
            return Day(number: $0, tally: tally(isContact ? bytesOut / spread * wave / 10 : 0), severity: severity)
        }
        return Extract.Entry(
            key: key, host: host, vendor: vendor, exception: exception, firstSeen: first, lastSeen: last,
            severity: severity, tally: isContact ? tallies.reduce(into: Tally()) { $0.add($1.tally) } : lookups,
            days: tallies, evidence: evidence, confidence: confidence,
            destinations: isContact ? servers(country, tally(bytesOut), first, last) : [], beat: beat)
    }

    private static var lookups: Tally {
        var tally = Tally()
        tally.lookups = 9
        return tally
    }

    private static func servers(
        _ country: Destination.Country, _ tally: Tally, _ first: Timestamp, _ last: Timestamp
    ) -> [Destination] {
        let code: String? = if case .code(let code) = country { code } else { nil }
        let known = Place(
            country: code, autonomousSystem: .init(number: 64_500, organisation: "Example Transit"),
            basis: "tor-geoipdb")
        let cloud = Place(
            country: code, autonomousSystem: .init(number: 64_501, organisation: nil), isUncertain: true,
            operator: "Example CDN", basis: "tor-geoipdb")
        return [
            Destination(
                address: IPAddress(v4: 0xcb00_710a), place: known, tally: tally, firstSeen: first, lastSeen: last),
            Destination(
                address: IPAddress(bits: 0x2001_0db8_0031 << 80 | 0x31), place: cloud, tally: tally, firstSeen: first,
                lastSeen: last),
        ]
    }

    /// An hour that the sensor saw whole, with nothing to be said against it.
    static func hour(_ number: Int64) -> CoverageHour {
        var hour = CoverageHour(number: number)
        hour.secondsUp = 3_600
        hour.packets = 2_000_000
        hour.bytes = 1_400_000_000
        hour.flows = 10_000
        hour.namedFlows = 9_200
        hour.nameless = [10, 0, 20, 0, 0, 5, 300, 250, 65, 150]
        hour.oneWayFlows = 300
        hour.namedBytes = 1_300_000_000
        hour.namelessBytes = 100_000_000
        hour.encryptedNameFlows = 900
        hour.encryptedDNSFlows = 10
        hour.copies = 12
        return hour
    }

    static func recording(_ from: Int32, _ to: Int32) -> Recording {
        Recording(
            id: "0123456789abcdef0123456789abcdef", kind: .live, name: "gw1 eth1", program: "0.1.0",
            packs: Dictionary(uniqueKeysWithValues: vendors.map { ($0.id, $0.version) }),
            packsDigest: String(repeating: "5ea3ad00", count: 8), geography: "tor-geoipdb 2026-11-01",
            firstPacket: time(from, 0), lastPacket: time(to, 86_399))
    }

    static func extract(
        findings: [Extract.Entry] = [], quiet: [Extract.Entry] = [], hours: [CoverageHour]? = nil,
        recordings: [Recording]? = nil, from: Int32 = from, to: Int32 = to
    ) -> Extract {
        Extract(
            from: from, to: to, findings: findings, quiet: quiet, alerts: [],
            hours: hours ?? (Int64(from) * 24..<(Int64(to) + 1) * 24).map(hour),
            recordings: recordings ?? [recording(from, to)], latestDay: to)
    }

    static var settings: Report.Settings { Report.Settings(program: "0.1.0") }

    /// As CLDR names it, by Foundation.
    static func countryName(_ language: Language) -> (String) -> String {
        let locale = Locale(identifier: language.rawValue)
        return { locale.localizedString(forRegionCode: $0) ?? $0 }
    }
}

extension Report {
    /// In one line for tests.
    func text(_ format: ReportFormat, _ language: Language = .english) -> String {
        text(format, in: language, countryName: Samples.countryName(language))
    }
}
