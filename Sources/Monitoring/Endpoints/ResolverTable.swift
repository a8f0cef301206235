package import Decoding

/// One operator of encrypted DNS: by which names and addresses it is known. Immutable and shared.
package final class DNSResolver: Sendable {
    /// What it takes from the sensor. The raw value is the word in packs and output.
    package enum Kind: String, CaseIterable, Sendable {
        /// Look-ups: DNS inside TLS (RFC 7858), HTTPS (RFC 8484), QUIC (RFC 9250) or DNSCrypt.
        case resolver
        /// Look-ups and contacts alike: a proxy that carries them out of sight.
        case relay
    }

    package let `operator`: String
    package let kind: Kind
    /// Of the operator, ISO 3166-1 alpha-2; nil where no source says it.
    package let country: String?
    /// Host names as clients say them in their hellos.
    package let names: [HostName]
    /// Those that it shares with nobody.
    package let addresses: [IPAddress]
    /// Further ports, on which it speaks DNSCrypt.
    package let ports: [UInt16]
    /// Public addresses of the documents that say so. Never empty.
    package let sources: [String]

    package init(
        operator: String, kind: Kind, country: String?, names: [HostName], addresses: [IPAddress], ports: [UInt16],
        sources: [String]
    ) {
        self.operator = `operator`
        self.kind = kind
        self.country = country
        self.names = names
        self.addresses = addresses
        self.ports = ports
        self.sources = sources
    }
}

/// Finds the resolver of a name or an address. Built once, then immutable.
package struct ResolverTable: Sendable {
    package let resolvers: [DNSResolver]
    /// By a hash of the name: those of `resolvers` that have such a name, nearly always one.
    private let byName: [UInt64: [Int32]]
    private let byAddress: [IPAddress: Int32]
    /// Nearly all names and addresses are nobody's, and go no further than these.
    private let nameSieve, addressSieve: Sieve

    /// - Parameter resolvers: the first one keeps what two of them claim.
    package init(_ resolvers: [DNSResolver] = []) {
        self.resolvers = resolvers
        var byName: [UInt64: [Int32]] = [:]
        var byAddress: [IPAddress: Int32] = [:]
        var nameSieve = Sieve()
        var addressSieve = Sieve()
        for (number, resolver) in resolvers.enumerated() {
            for name in resolver.names {
                byName[Self.hash(of: name), default: []].append(Int32(number))
                nameSieve.insert(Self.mark(of: name))
            }
            for address in resolver.addresses where byAddress[address] == nil {
                byAddress[address] = Int32(number)
                addressSieve.insert(Self.mark(of: address))
            }
        }
        self.byName = byName
        self.byAddress = byAddress
        self.nameSieve = nameSieve
        self.addressSieve = addressSieve
    }

    /// The resolver that `name` belongs to. Asked once a hello.
    package func resolver(named name: borrowing HostName) -> DNSResolver? {
        guard nameSieve.mayHold(Self.mark(of: name)), !name.isTruncated, let numbers = byName[Self.hash(of: name)]
        else { return nil }
        for number in numbers {
            for known in resolvers[Int(number)].names where known == name { return resolvers[Int(number)] }
        }
        return nil
    }

    /// The resolver that answers at `address`. Asked once a flow.
    package func resolver(at address: IPAddress) -> DNSResolver? {
        guard addressSieve.mayHold(Self.mark(of: address)) else { return nil }
        return byAddress[address].map { resolvers[Int($0)] }
    }

    /// From the length and three bytes.
    @inline(__always)
    private static func mark(of name: borrowing HostName) -> UInt16 {
        let count = Int(name.count)
        guard count > 0 else { return 0 }
        let bytes = (UInt32(name[0]), UInt32(name[count / 2]), UInt32(name[max(count - 4, 0)]))
        let mixed = (UInt32(count) << 24 | bytes.0 << 16 | bytes.1 << 8 | bytes.2) &* 0x9e37_79b9
        return UInt16(truncatingIfNeeded: mixed >> 16)
    }

    @inline(__always)
    private static func mark(of address: IPAddress) -> UInt16 {
        let low = UInt32(truncatingIfNeeded: address.bits)
        return UInt16(truncatingIfNeeded: (low &* 0x9e37_79b9) >> 16)
    }

    /// FNV-1a, 64 bits. Not keyed: names come from a file, and what a packet shows only looks up.
    private static func hash(of name: borrowing HostName) -> UInt64 {
        // One call for all bytes: a name's subscript is a call across modules for each.
        let bytes = name.storage
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for index in 0..<Int(name.count) { hash = (hash ^ UInt64(bytes[index])) &* 0x0000_0100_0000_01b3 }
        return hash
    }
}

/// Which of 65,536 marks were inserted, a bit for each: 8 KiB, once something was.
private struct Sieve: Sendable {
    private var words: [UInt64] = []

    mutating func insert(_ mark: UInt16) {
        if words.isEmpty { words = Array(repeating: 0, count: 1 << 10) }
        words[Int(mark >> 6)] |= 1 << UInt64(mark & 63)
    }

    @inline(__always)
    func mayHold(_ mark: UInt16) -> Bool {
        !words.isEmpty && words[Int(mark >> 6)] >> UInt64(mark & 63) & 1 != 0
    }
}
