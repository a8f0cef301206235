import Decoding

/// Rules of Adblock and AdGuard, as far as they block whole host names: `||name^` and all below it, `|name^` and a bare
/// `name` alone. Lines of hosts files, which such lists may hold, are read as well.
struct AdblockList: ImportFormat {
    /// Modifiers that change nothing about which names are blocked.
    private static let harmless: Set<Substring> = ["important", "all", "document", "doc"]

    func read(_ text: String, into list: inout ImportList) {
        for (number, line) in lines(of: text) {
            // A title line such as [Adblock Plus 2.0] is as much a comment as the marks are.
            if line.hasPrefix("!") || line.hasPrefix("[") { continue }
            if let kind = Self.cosmetic(line) {
                list.reject(number, kind)
            } else if line.hasPrefix("#") {
                continue
            } else if line.hasPrefix("@@") {
                list.reject(number, "an exception")
            } else if line.hasPrefix("/"), line.dropFirst().contains("/") {
                list.reject(number, "a regular expression or a path")
            } else {
                rule(line, number, &list)
            }
        }
    }

    private func rule(_ line: Substring, _ number: Int, _ list: inout ImportList) {
        let words = line.words
        if words.count > 1 {
            return HostsList().read(line, number, &list)
        }
        let parts = line.split(separator: "$", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count > 1 {
            let modifiers = parts[1].split(separator: ",")
            if let modifier = modifiers.first(where: { !Self.harmless.contains($0) }) {
                return list.reject(number, "the modifier \(quoted(modifier)) narrows the rule")
            }
        }
        var pattern = parts[0]
        let isSuffix = pattern.hasPrefix("||")
        let isExact = !isSuffix && pattern.hasPrefix("|")
        pattern = pattern.dropFirst(isSuffix ? 2 : isExact ? 1 : 0)
        // ^ is a mark that separates the name from what follows; nothing may follow here.
        let hasEnd = pattern.hasSuffix("^") || pattern.hasSuffix("^|")
        if hasEnd { pattern = pattern.hasSuffix("|") ? pattern.dropLast(2) : pattern.dropLast() }
        if pattern.hasPrefix("*.") {
            pattern = pattern.dropFirst(2)
            return add(pattern, isSuffix: true, number, &list)
        }
        if (isSuffix || isExact) != hasEnd, !pattern.contains("/") {
            return list.reject(number, "a part of a name: the rule has no \(hasEnd ? "beginning" : "end")")
        }
        add(pattern, isSuffix: isSuffix, number, &list)
    }

    private func add(_ pattern: Substring, isSuffix: Bool, _ number: Int, _ list: inout ImportList) {
        if pattern.contains("*") {
            list.reject(number, "a wildcard in the middle")
        } else if pattern.contains("/") {
            list.reject(number, "a path: \(quoted(pattern))")
        } else if AddressPrefix(pattern) != nil {
            list.reject(number, "an address, and no name")
        } else {
            list.add(name: pattern, isSuffix: isSuffix, line: number)
        }
    }

    /// Rules that hide parts of pages, and those that change them; nil where the line is none.
    private static func cosmetic(_ line: Substring) -> String? {
        let marks = ["##", "#@#", "#?#", "#$#", "#%#", "#@?#", "#@$#", "#@%#", "$$"]
        // `## text` at the beginning of a line is a comment of a hosts file.
        guard let mark = marks.first(where: { line.contains($0) }), !line.hasPrefix("## "), !line.hasPrefix("###")
        else {
            return nil
        }
        return "a cosmetic rule (\(mark))"
    }
}
