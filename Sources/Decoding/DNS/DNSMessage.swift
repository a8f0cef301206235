/// The header of a DNS message (RFC 1035, section 4.1.1), and a cursor over its questions and records.
///
/// The message itself stays with the caller and is passed to every call. The counts in the header are only promises:
/// each call that goes beyond the bytes throws.
package struct DNSMessage: Sendable {
    package let identifier: UInt16
    package let flags: UInt16
    package private(set) var questionCount: Int
    /// Answers; the authority and additional sections follow in `otherCount`.
    package private(set) var answerCount: Int
    package private(set) var otherCount: Int
    /// Where the next question or record starts.
    package private(set) var offset = 12

    package init(reading message: Bytes) throws(DecodingError) {
        var bytes = message
        identifier = try bytes.readUInt16()
        flags = try bytes.readUInt16()
        questionCount = Int(try bytes.readUInt16())
        answerCount = Int(try bytes.readUInt16())
        otherCount = Int(try bytes.readUInt16())
        otherCount += Int(try bytes.readUInt16())
    }

    package var isResponse: Bool { flags & 0x8000 != 0 }
    /// The message goes on over TCP (RFC 1035, section 4.2.1).
    package var isTruncated: Bool { flags & 0x0200 != 0 }
    /// Nothing went wrong; the name may have no such record all the same.
    package var isSuccess: Bool { flags & 0x000f == 0 }
    /// 0 query, 1 inverse query, 2 status, 4 notify, 5 update, 6 stateful operations (IANA, "DNS OpCodes").
    package var opcode: UInt16 { flags >> 11 & 15 }

    /// The next question, or nil behind the last one.
    @inline(__always)
    package mutating func nextQuestion(in message: Bytes) throws(DecodingError) -> DNSQuestion? {
        guard questionCount > 0 else { return nil }
        questionCount -= 1
        let name = try HostName(inMessage: message, at: &offset)
        var bytes = message.extracting(droppingFirst: min(offset, message.count))
        let type = DNSType(rawValue: try bytes.readUInt16())
        let dnsClass = try bytes.readUInt16()
        offset += 4
        return DNSQuestion(name: name, type: type, dnsClass: dnsClass)
    }

    /// What the first question asks for, if nobody has read it yet: without a look at its name.
    package func firstType(in message: Bytes) -> DNSType? {
        guard questionCount > 0 else { return nil }
        var position = offset
        guard (try? HostName.skip(inMessage: message, at: &position)) != nil, position + 1 < message.count else {
            return nil
        }
        return DNSType(rawValue: UInt16(message[position]) << 8 | UInt16(message[position + 1]))
    }

    /// The next record of the answer section, or with `answersOnly` false of any section; nil behind the last one.
    /// All questions must have been read before.
    package mutating func nextRecord(in message: Bytes, answersOnly: Bool) throws(DecodingError) -> DNSRecord? {
        if answerCount > 0 {
            answerCount -= 1
        } else if !answersOnly, otherCount > 0 {
            otherCount -= 1
        } else {
            return nil
        }
        let owner = try HostName(inMessage: message, at: &offset)
        var bytes = message.extracting(droppingFirst: min(offset, message.count))
        let type = DNSType(rawValue: try bytes.readUInt16())
        let dnsClass = try bytes.readUInt16()
        let timeToLive = try bytes.readUInt32()
        let length = Int(try bytes.readUInt16())
        var start = offset + 10
        try bytes.keep(first: length)
        offset = start + length
        let data: DNSRecord.Data
        switch type {
        case .a where length == 4: data = .address(IPAddress(v4: try bytes.readUInt32()))
        case .aaaa where length == 16: data = .address(IPAddress(bits: try bytes.readUInt128()))
        case .cname: data = .alias(try HostName(inMessage: message, at: &start))
        case .svcb, .https: data = Self.service(inMessage: message, at: start..<offset)
        default: data = .other
        }
        return DNSRecord(owner: owner, type: type, dnsClass: dnsClass, timeToLive: timeToLive, data: data)
    }

    /// The next address in the answer section, whoever it belongs to; nil behind the last one. Names are not read.
    /// All questions must have been read before.
    package mutating func nextAddress(in message: Bytes) throws(DecodingError) -> IPAddress? {
        while answerCount > 0 {
            answerCount -= 1
            try HostName.skip(inMessage: message, at: &offset)
            var bytes = message.extracting(droppingFirst: min(offset, message.count))
            let type = DNSType(rawValue: try bytes.readUInt16())
            try bytes.skip(6)
            let length = Int(try bytes.readUInt16())
            offset += 10 + length
            if type == .a, length == 4 { return IPAddress(v4: try bytes.readUInt32()) }
            if type == .aaaa, length == 16 { return IPAddress(bits: try bytes.readUInt128()) }
        }
        return nil
    }

    private static func service(inMessage message: Bytes, at range: Range<Int>) -> DNSRecord.Data {
        do throws(DecodingError) {
            return .service(try ServiceBinding(inMessage: message, at: range))
        } catch {
            return .malformedService
        }
    }
}

/// What was asked (RFC 1035, section 4.1.2).
package struct DNSQuestion: Sendable {
    package let name: HostName
    package let type: DNSType
    /// 1 is the Internet; the top bit has a meaning in mDNS only.
    package let dnsClass: UInt16
}

/// One resource record (RFC 1035, section 4.1.3), as far as an egress monitor needs it.
package struct DNSRecord: Sendable {
    package enum Data: Sendable {
        case address(IPAddress)
        case alias(HostName)
        case service(ServiceBinding)
        /// An SVCB or HTTPS record that is to be ignored (RFC 9460, section 2.2).
        case malformedService
        case other
    }

    package let owner: HostName
    package let type: DNSType
    package let dnsClass: UInt16
    /// In seconds.
    package let timeToLive: UInt32
    package let data: Data
}

/// A record type. Source: IANA, "Resource Record (RR) TYPEs".
package struct DNSType: RawRepresentable, Hashable, Sendable {
    package var rawValue: UInt16
    @inline(__always) package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let a = DNSType(rawValue: 1)
    package static let ns = DNSType(rawValue: 2)
    package static let cname = DNSType(rawValue: 5)
    package static let soa = DNSType(rawValue: 6)
    package static let ptr = DNSType(rawValue: 12)
    package static let mx = DNSType(rawValue: 15)
    package static let txt = DNSType(rawValue: 16)
    package static let aaaa = DNSType(rawValue: 28)
    package static let srv = DNSType(rawValue: 33)
    package static let opt = DNSType(rawValue: 41)
    package static let svcb = DNSType(rawValue: 64)
    package static let https = DNSType(rawValue: 65)
    package static let any = DNSType(rawValue: 255)
}

extension DNSType: CustomStringConvertible {
    /// The mnemonic, or `TYPE123` (RFC 3597, section 5).
    package var description: String {
        switch self {
        case .a: "A"
        case .ns: "NS"
        case .cname: "CNAME"
        case .soa: "SOA"
        case .ptr: "PTR"
        case .mx: "MX"
        case .txt: "TXT"
        case .aaaa: "AAAA"
        case .srv: "SRV"
        case .opt: "OPT"
        case .svcb: "SVCB"
        case .https: "HTTPS"
        case .any: "ANY"
        default: "TYPE\(rawValue)"
        }
    }
}
