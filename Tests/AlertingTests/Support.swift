import Alerting
import Decoding
import Glibc
import Monitoring

extension Endpoint {
    /// An entry of a pack; each test changes what it is about.
    static func example(
        _ name: String = "update.example.com", vendor: String = "Example Security", version: String = "2026-11-23",
        product: String? = "Example Agent", category: Monitoring.Category = .update,
        sources: [String] = ["https://docs.example.com/ports"]
    ) -> Endpoint {
        Endpoint(
            subject: .exact(HostName(name)),
            vendor: Vendor(id: "example", name: vendor, aliases: [], headquarters: "US", version: version),
            product: product, category: category, confidence: .high, ports: [], region: nil, sources: sources, note: nil
        )
    }
}

extension IPAddress {
    /// An address from its text, in tests that are not about the text.
    init(text: String) {
        guard let address = IPAddress(text) else { preconditionFailure("\(text) is no address") }
        self = address
    }
}

extension Timestamp {
    /// 2026-11-03T09:05:07Z, and `seconds` more.
    static func start(_ seconds: Double = 0) -> Timestamp {
        Timestamp(nanoseconds: 1_793_696_707_000_000_000 + Int64(seconds * 1_000_000_000))
    }
}

extension Sighting.Detail {
    static let query = Self.dns(type: .a, addresses: [], isRepeat: false)
    static let tls = Self.hello(HelloFacts(over: .tls, version: .tls13))
}

extension Sighting {
    /// A client opens TLS to the server of an entry, `seconds` after the start.
    static func example(
        at seconds: Double = 0, client: String = "10.20.1.11", server: String = "203.0.113.10",
        name: HostName = HostName("update.example.com"), detail: Detail = .tls, endpoint: Endpoint? = .example()
    ) -> Sighting {
        var isQuery = false
        if case .dns = detail { isQuery = true }
        return Sighting(
            time: .start(seconds), name: name, detail: detail, client: IPAddress(text: client),
            server: IPAddress(text: server), clientPort: 51_234, serverPort: isQuery ? 53 : 443,
            transport: isQuery ? .udp : .tcp, vlan: 0, interface: 0, endpoint: endpoint)
    }
}

extension Alert {
    /// - Parameter count: of sightings since the alert before.
    static func example(
        _ sighting: Sighting = .example(), action: Action = .opened, severity: Severity = .notice, count: Int = 1,
        firstSeen: Timestamp? = nil, tally: Tally = Tally(), place: Place? = nil, host: Host? = nil
    ) -> Alert {
        guard let endpoint = sighting.endpoint else { preconditionFailure("an alert has an endpoint") }
        let host = host ?? Host(at: sighting.client)
        let first = firstSeen ?? sighting.time
        let destination: Destination.Country =
            sighting.isContact ? place?.country.map { .code($0) } ?? .unknown : .none
        let evidence = Evidence(
            method: sighting.method, value: sighting.value, endpoint: endpoint, count: UInt64(count), firstSeen: first,
            lastSeen: sighting.time)
        let finding = Finding(
            key: Finding.Key(
                host: host.id, vendor: endpoint.vendor.id, product: endpoint.product ?? "", destination: destination),
            host: host, vendor: endpoint.vendor, firstSeen: first, lastSeen: sighting.time, severity: severity,
            evidence: [evidence],
            destinations: place.map {
                [Destination(address: sighting.server, place: $0, firstSeen: first, lastSeen: sighting.time)]
            } ?? [], days: [Day(number: sighting.time.day, tally: tally, severity: severity)])
        var news = News()
        news.sightings = count
        return Alert(
            action: action, finding: finding, evidence: [evidence], sighting: sighting, endpoint: endpoint,
            time: sighting.time, news: news)
    }
}

extension Observations {
    init(_ sightings: [Sighting]) {
        self.init()
        self.sightings = sightings
    }
}

extension HostName {
    /// A name of any bytes, as a packet can hold it.
    init(bytes: [UInt8]) {
        self.init()
        for byte in bytes { append(byte) }
    }

    /// Every byte value that could break a line, a quotation or a terminal.
    static let hostile = HostName(
        bytes: Array(0...0x20) + Array("\"\\]['=|".utf8) + [0x7f, 0x80, 0x9b, 0xc3, 0x28, 0xff])
}

extension String {
    /// One line without anything that a terminal would act on.
    var isSafeLine: Bool { unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7f..<0xa0).contains($0.value) } }
}

/// Sends this process's standard output to a device, in tests that run in a process of their own.
func redirectStandardOutput(to path: String) { dup2(unsafe open(path, O_WRONLY), STDOUT_FILENO) }
