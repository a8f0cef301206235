/// DNS messages, written as RFC 1035, section 4 draws them.
package enum DNSBytes {
    /// `www.example.com`, without compression; an empty text is the root.
    package static func name(_ text: String) -> [UInt8] {
        text.split(separator: ".").flatMap { [UInt8($0.utf8.count)] + $0.utf8 } + [0]
    }

    package static func labels(_ labels: [[UInt8]]) -> [UInt8] { labels.flatMap { [UInt8($0.count)] + $0 } + [0] }

    package static func pointer(_ offset: Int) -> [UInt8] { u16(0xc000 | offset) }

    package static func header(
        flags: Int = 0x0100, questions: Int = 1, answers: Int = 0, authorities: Int = 0, additional: Int = 0
    ) -> [UInt8] {
        u16(0x1234) + u16(flags) + u16(questions) + u16(answers) + u16(authorities) + u16(additional)
    }

    package static func question(_ name: [UInt8], type: Int = 1, class number: Int = 1) -> [UInt8] {
        name + u16(type) + u16(number)
    }

    package static func record(
        _ owner: [UInt8], type: Int, class number: Int = 1, ttl: UInt32 = 300, _ data: [UInt8]
    ) -> [UInt8] {
        owner + u16(type) + u16(number) + u32(ttl) + u16(data.count) + data
    }

    /// The data of an SVCB or HTTPS record (RFC 9460, section 2.2).
    package static func service(
        _ priority: Int, _ target: String, _ parameters: [(key: Int, value: [UInt8])]
    ) -> [UInt8] {
        u16(priority) + name(target) + parameters.flatMap { u16($0.key) + u16($0.value.count) + $0.value }
    }

    package static func query(_ text: String, type: Int = 1) -> [UInt8] { header() + question(name(text), type: type) }

    /// An answer that repeats the question and points back at its name, as resolvers write it.
    package static func answer(_ text: String, address: [UInt8]) -> [UInt8] {
        header(flags: 0x8180, answers: 1) + question(name(text)) + record(pointer(12), type: 1, address)
    }
}
