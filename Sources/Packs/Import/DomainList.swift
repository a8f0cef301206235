import Decoding

/// One domain a line. `*.name` and `.name` are suffixes; a bare name is that name and no other.
struct DomainList: ImportFormat {
    func read(_ text: String, into list: inout ImportList) {
        for (number, line) in lines(of: text) {
            let content = line.prefix { $0 != "#" && $0 != ";" }.trimmed
            guard !content.isEmpty else { continue }
            guard content.words.count == 1 else {
                list.reject(number, "more than one word", hint: "is it a hosts file or a table?")
                continue
            }
            if content.hasPrefix("*.") {
                list.add(name: content.dropFirst(2), isSuffix: true, line: number)
            } else if content.hasPrefix(".") {
                list.add(name: content.dropFirst(), isSuffix: true, line: number)
            } else if AddressPrefix(content) != nil {
                list.reject(number, "an address, and no name")
            } else {
                list.add(name: content, isSuffix: false, line: number)
            }
        }
    }
}
