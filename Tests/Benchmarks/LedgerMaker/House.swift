import Decoding
import Ledger
import Monitoring
import Packs
import TestSupport

/// Hosts, what is installed on them, and what they do day by day.
struct House {
    private static let countries = ["US", "US", "US", "US", "DE", "IE", "SG", "JP", "CN"]

    private var random: SeededRandom
    private let recording: Recording
    private var agents: [Agent] = []
    private let portals: [Product]
    private let hosts: [Host]

    var installations: Int { agents.count }

    init(hosts count: Int, days: ClosedRange<Int32>, packs: [Pack], seed: UInt64) {
        var random = SeededRandom(seed: seed)
        recording = Recording(
            id: String(repeating: "a", count: 32), kind: .live, name: "gw1 eth1", program: "1.0",
            packs: Dictionary(packs.map { ($0.vendor.id, $0.vendor.version) }) { first, _ in first },
            packsDigest: "made up", geography: "made up 2026-11-01", firstPacket: Timestamp(day: days.lowerBound))
        let products = packs.flatMap { Product.all(of: $0, &random) }
        let installable = products.filter { !$0.isPortal }
        portals = products.filter(\.isPortal)
        hosts = (0..<count).map { Self.host($0) }
        for (number, host) in hosts.enumerated() {
            // Six hosts in ten have an agent, some have three.
            for _ in 0..<[0, 0, 0, 0, 1, 1, 1, 2, 2, 3][random.below(10)] {
                agents.append(
                    Agent(
                        host: host, product: random.element(of: installable), isServer: number % 10 == 0,
                        country: random.element(of: Self.countries), days: days, &random))
            }
        }
        self.random = random
    }

    private static func host(_ number: Int) -> Host {
        let mac = MACAddress(bits: 0x0200_0000_0000 | UInt64(number))
        return Host(
            id: "mac:\(mac)", identity: .mac, address: IPAddress(v4: 0x0a00_0000 + UInt32(number) + 1), mac: mac,
            name: "ws-\(number).corp.example", nameSource: .dhcp)
    }

    /// What a sensor would write on a day.
    mutating func batches(of day: Int32, count: Int) -> [Batch] {
        var findings: [Finding] = []
        var alerts: [AlertEntry] = []
        for index in agents.indices where agents[index].works(on: day, &random) {
            let seen = agents[index].findings(of: day, &random)
            findings += seen.findings
            alerts += seen.alerts
        }
        // One person in a hundred reads a vendor's site.
        if !portals.isEmpty {
            for _ in 0..<hosts.count / 100 {
                let product = random.element(of: portals)
                var visit = Agent(
                    host: random.element(of: hosts), product: product, isServer: false, country: "US",
                    days: day...day, &random)
                findings += visit.findings(of: day, &random).findings
            }
        }
        // They come in no order.
        for index in findings.indices.reversed() { findings.swapAt(index, random.below(index + 1)) }
        return (0..<count).map { number in
            var batch = Batch(recording: recording)
            batch.recording.lastPacket = Timestamp(day: day + 1)
            batch.findings = stride(from: number, to: findings.count, by: count).map { findings[$0] }
            batch.alerts = stride(from: number, to: alerts.count, by: count).map { alerts[$0] }
            let hour = Int64(day) * 24 + Int64(number * 24 / count)
            batch.hours = [Self.hour(hour, flows: findings.count, &random)]
            return batch
        }
    }

    private static func hour(_ number: Int64, flows: Int, _ random: inout SeededRandom) -> CoverageHour {
        var hour = CoverageHour(number: number)
        hour.secondsUp = 3_600
        hour.packets = UInt64(random.number(in: 1_000_000...90_000_000))
        hour.bytes = hour.packets * 760
        hour.kernelDrops = random.happens(0.05) ? UInt64(random.below(100_000)) : 0
        hour.flows = UInt64(flows) * 300
        hour.namedFlows = hour.flows * 8 / 10
        hour.namedBytes = hour.bytes * 8 / 10
        hour.namelessBytes = hour.bytes - hour.namedBytes
        hour.nameless[0] = hour.flows / 10
        hour.nameless[9] = hour.flows / 10
        return hour
    }
}

/// A product of a pack, with the addresses of its clouds.
struct Product {
    let vendor: Vendor
    let name: String
    let endpoints: [Endpoint]
    let isPortal: Bool
    let servers: [UInt32]

    static func all(of pack: Pack, _ random: inout SeededRandom) -> [Product] {
        let named = pack.endpoints.filter { $0.subject.kind == .name && $0.product != nil }
        let names = Set(named.compactMap(\.product)).sorted()
        return names.map { name in
            let endpoints = named.filter { $0.product == name }
            let first = UInt32(0x2d00_0000) + UInt32(random.below(1 << 28))
            return Product(
                vendor: pack.vendor, name: name, endpoints: Array(endpoints.prefix(24)),
                isPortal: endpoints.allSatisfy { $0.category == .portal },
                servers: (0..<200).map { first + UInt32($0) })
        }
    }
}
