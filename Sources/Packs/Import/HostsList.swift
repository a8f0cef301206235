import Decoding

/// A hosts file (hosts(5)): an address, then names. The address is where blocked names are sent; it is not taken over.
struct HostsList: ImportFormat {
    /// Names of the own machine that stand in front of most lists.
    private static let own: Set<Substring> = [
        "localhost", "localhost.localdomain", "local", "broadcasthost", "ip6-localhost", "ip6-loopback",
        "ip6-localnet", "ip6-mcastprefix", "ip6-allnodes", "ip6-allrouters", "ip6-allhosts", "0.0.0.0",
    ]

    func read(_ text: String, into list: inout ImportList) {
        for (number, line) in lines(of: text) { read(line, number, &list) }
    }

    /// Reads one line.
    func read(_ line: Substring, _ number: Int, _ list: inout ImportList) {
        let words = line.prefix { $0 != "#" }.words
        guard let first = words.first else { return }
        guard IPAddress(first.prefix { $0 != "%" }) != nil else {
            return list.reject(number, "the line does not begin with an address", hint: "is it a list of domains?")
        }
        if words.count == 1 { list.reject(number, "an address without a name") }
        for name in words.dropFirst() {
            if Self.own.contains(name) {
                list.reject(number, "\(quoted(name)) is a name of the own machine")
            } else {
                list.add(name: name, isSuffix: false, line: number)
            }
        }
    }
}
