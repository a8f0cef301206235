/// The two messages of a lookup (RFC 1035, section 4), with an OPT record (RFC 6891) as resolvers send it today.
struct DNSMessage {
    enum RecordType: UInt16 {
        case a = 1
        case cname = 5
        case aaaa = 28
    }

    let identifier: UInt16
    let type: RecordType
    let site: Site

    var query: [UInt8] {
        header(flags: 0x0100, answers: 0) + question + optRecord
    }

    /// The alias first, where the site has one, then every address of the type that was asked for.
    var response: [UInt8] {
        let addresses = site.addresses.filter { $0.isIPv6 == (type == .aaaa) }
        var records: [UInt8] = []
        var owner: UInt16 = 12  // the question's name
        if let alias = site.alias {
            let target = Self.encode(alias)
            records += answer(owner: owner, type: .cname, timeToLive: 600, data: target)
            owner = UInt16(12 + question.count + records.count - target.count)
        }
        for address in addresses {
            var data: [UInt8] = []
            if address.isIPv6 {
                data.append(bigEndian: address.value)
            } else {
                data.append(bigEndian: UInt32(truncatingIfNeeded: address.value))
            }
            records += answer(owner: owner, type: type, timeToLive: 60, data: data)
        }
        let answers = addresses.count + (site.alias == nil ? 0 : 1)
        return header(flags: 0x8180, answers: UInt16(answers)) + question + records + optRecord
    }

    private func header(flags: UInt16, answers: UInt16) -> [UInt8] {
        var bytes: [UInt8] = []
        for field in [identifier, flags, 1, answers, 0, 1] { bytes.append(bigEndian: field) }
        return bytes
    }

    private var question: [UInt8] {
        var bytes = Self.encode(site.name)
        bytes.append(bigEndian: type.rawValue)
        bytes.append(bigEndian: 1 as UInt16)
        return bytes
    }

    /// The root's name, type 41, a datagram size of 1232, no flags, no data.
    private var optRecord: [UInt8] { [0, 0, 41, 0x04, 0xd0, 0, 0, 0, 0, 0, 0] }

    /// `owner` is the offset of the name in the message: names are compressed as servers compress them.
    private func answer(owner: UInt16, type: RecordType, timeToLive: UInt32, data: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(bigEndian: 0xc000 | owner)
        bytes.append(bigEndian: type.rawValue)
        bytes.append(bigEndian: 1 as UInt16)
        bytes.append(bigEndian: timeToLive)
        bytes.append(bigEndian: UInt16(data.count))
        return bytes + data
    }

    private static func encode(_ name: String) -> [UInt8] {
        name.split(separator: ".").flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) } + [0]
    }
}
