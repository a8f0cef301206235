import Foundation

/// The domains below which anybody can register a name (https://publicsuffix.org), such as `com`, `co.uk`, `github.io`.
package struct PublicSuffixList: Sendable {
    /// Where the Debian package `publicsuffix` puts it.
    package static let systemPath = "/usr/share/publicsuffix/public_suffix_list.dat"

    package enum Kind: Sendable {
        /// Of a registry: `com`, `co.uk`.
        case registry
        /// Of a company that gives names below it to customers: `github.io`, `azurewebsites.net`.
        case company
    }

    private var rules: [String: Kind] = [:]
    /// `*.ck`: every name directly below is one.
    private var wildcards: [String: Kind] = [:]
    /// `!www.ck`: but not this one.
    private var exceptions: Set<String> = []

    /// - Returns: nil where there is no such file, or nothing in it is a rule.
    package init?(path: String = Self.systemPath) {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        self.init(text: String(decoding: data, as: UTF8.self))
        if rules.isEmpty { return nil }
    }

    /// Reads the list's own format: a rule a line, comments behind `//`, two parts between marks in comments.
    package init(text: String) {
        var kind = Kind.registry
        for line in text.split(whereSeparator: \.isNewline) {
            if line.hasPrefix("//") {
                if line.contains("===BEGIN PRIVATE DOMAINS===") { kind = .company }
                continue
            }
            guard let rule = line.split(whereSeparator: \.isWhitespace).first else { continue }
            // Names in other scripts stand there as they are; packs hold their xn-- form, which is never one here.
            if rule.hasPrefix("!") {
                exceptions.insert(String(rule.dropFirst()))
            } else if rule.hasPrefix("*.") {
                wildcards[String(rule.dropFirst(2))] = kind
            } else {
                rules[String(rule)] = kind
            }
        }
    }

    /// Whether this very domain is a public suffix, and whose.
    package func kind(of domain: String) -> Kind? {
        if exceptions.contains(domain) { return nil }
        if let kind = rules[domain] { return kind }
        guard let dot = domain.firstIndex(of: ".") else { return nil }
        return wildcards[String(domain[domain.index(after: dot)...])]
    }
}
