import Decoding

/// A response policy zone as a master file (RFC 1035, section 5). Names that the zone blocks or diverts are taken over,
/// and networks of the trigger `rpz-ip`; what it lets pass, and its other triggers, are not.
struct PolicyZoneList: ImportFormat {
    func read(_ text: String, into list: inout ImportList) {
        var zone = Zone()
        var depth = 0
        for (index, bytes) in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .enumerated()
        {
            let line = Substring(bytes)
            let tokens = Self.tokens(line)
            let isContinued = depth > 0
            // A record may go over several lines in parentheses; only the SOA does, of which nothing is wanted.
            for token in tokens {
                if token == "(" { depth += 1 }
                if token == ")" { depth = max(0, depth - 1) }
            }
            if tokens.isEmpty || isContinued { continue }
            let hasOwner = line.utf8.first != 0x20 && line.utf8.first != 0x09
            zone.record(tokens, hasOwner: hasOwner, line: index + 1, &list)
        }
        zone.finish(&list)
    }

    /// The words of a line; parentheses stand alone, a comment is gone, quoted text is one word.
    private static func tokens(_ line: Substring) -> [Substring] {
        var tokens: [Substring] = []
        var start: Substring.Index?
        var isQuoted = false
        func close(_ end: Substring.Index) {
            if let first = start { tokens.append(line[first..<end]) }
            start = nil
        }
        for index in line.utf8.indices {
            let byte = line.utf8[index]
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            guard !isQuoted else {
                start = start ?? index
                continue
            }
            switch byte {
            case UInt8(ascii: ";"):
                close(index)
                return tokens
            case 0x20, 0x09, 0x0d: close(index)
            case UInt8(ascii: "("), UInt8(ascii: ")"):
                close(index)
                tokens.append(line[index...index])
            default: start = start ?? index
            }
        }
        close(line.endIndex)
        return tokens
    }
}

/// The zone as it is read.
private struct Zone {
    /// With a dot in front and at the end; nil while names are relative to a zone that the file does not name.
    private var origin: String?
    private var owner = ""
    /// Names with `*.` in front by their rest, and bare names, each with the line of the first.
    private var wild: [String: Int] = [:]
    private var bare: [String: Int] = [:]

    mutating func record(_ tokens: [Substring], hasOwner: Bool, line: Int, _ list: inout ImportList) {
        var rest = tokens[...]
        if let directive = tokens.first, directive.hasPrefix("$") {
            switch directive.uppercased() {
            case "$ORIGIN": origin = tokens.dropFirst().first.map { $0 == "." ? "." : "." + $0.lowercased() }
            case "$TTL": break
            default: list.reject(line, "the directive \(quoted(directive))")
            }
            return
        }
        if hasOwner, let first = rest.popFirst() { owner = first.lowercased() }
        // A lifetime and a class may stand before the type, in either order.
        while let word = rest.first, word.first?.isNumber == true || ["IN", "CH", "HS"].contains(word.uppercased()) {
            rest = rest.dropFirst()
        }
        guard let type = rest.popFirst()?.uppercased() else { return list.reject(line, "a record without a type") }
        switch type {
        case "SOA":
            // The owner of the SOA record is the zone: names below it are written in full from here on.
            if origin == nil, owner.hasSuffix("."), owner != "." { origin = "." + owner }
        case "NS": break
        case "CNAME": policy(target: rest.first.map { $0.lowercased() } ?? "", line, &list)
        case "A", "AAAA", "TXT": trigger(line, &list)
        default: list.reject(line, "a record of type \(quoted(type))")
        }
    }

    /// The draft's section 3: what is to become of the trigger.
    private mutating func policy(target: String, _ line: Int, _ list: inout ImportList) {
        switch target {
        case "rpz-passthru.": list.reject(line, "\(quoted(owner)) is let pass")
        case "rpz-tcp-only.": list.reject(line, "\(quoted(owner)) is asked again over TCP, not blocked")
        case "": list.reject(line, "a CNAME without a target")
        // An old form of letting pass: the name itself, as an absolute name.
        case relative(owner) + ".": list.reject(line, "\(quoted(owner)) is let pass")
        default: trigger(line, &list)
        }
    }

    private mutating func trigger(_ line: Int, _ list: inout ImportList) {
        let name = relative(owner)
        if name == "@" || name.isEmpty { return list.reject(line, "a record of the zone itself") }
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        switch labels.last {
        case "rpz-ip": network(labels.dropLast(), line, &list)
        case "rpz-client-ip", "rpz-nsdname", "rpz-nsip":
            list.reject(line, "\(quoted(name)): a trigger of the kind \(labels[labels.count - 1])")
        default:
            if name.hasPrefix("*.") {
                wild[String(name.dropFirst(2))] = min(wild[String(name.dropFirst(2))] ?? line, line)
            } else {
                bare[name] = min(bare[name] ?? line, line)
            }
        }
    }

    /// Without the zone's own name behind it.
    private func relative(_ owner: String) -> String {
        guard owner.hasSuffix(".") else { return owner }
        if let origin, owner.hasSuffix(origin) { return String(owner.dropLast(origin.count)) }
        return String(owner.dropLast())
    }

    /// `24.0.113.0.203` is 203.0.113.0/24; `32.zz.db8.2001` is 2001:db8::/32.
    private func network(_ labels: ArraySlice<Substring>, _ line: Int, _ list: inout ImportList) {
        guard labels.count >= 2, let length = labels.first else {
            return list.reject(line, "\(quoted(owner)) is no range of addresses")
        }
        let parts = labels.dropFirst().reversed()
        var address: String
        if parts.count == 4, parts.allSatisfy({ UInt8($0) != nil }), (UInt8(length) ?? 33) <= 32 {
            address = parts.joined(separator: ".")
        } else {
            address = parts.map { $0 == "zz" ? "" : String($0) }.joined(separator: ":")
            if address.hasPrefix(":") { address = ":" + address }
            if address.hasSuffix(":") { address += ":" }
        }
        list.add(network: "\(address)/\(length)", line: line)
    }

    /// `*.name` is a suffix; it makes the bare name beside it one as well.
    func finish(_ list: inout ImportList) {
        let names =
            wild.map { (line: $0.value, name: $0.key, isSuffix: true) }
            + bare.filter { wild[$0.key] == nil }.map { (line: $0.value, name: $0.key, isSuffix: false) }
        for (line, name, isSuffix) in names.sorted(by: { ($0.line, $0.name) < ($1.line, $1.name) }) {
            list.add(name: name, isSuffix: isSuffix, line: line)
        }
    }
}
