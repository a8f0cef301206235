/// SOCKS 4 and 4A: what a client sends before its own data.
///
/// Sources: "SOCKS: A protocol for TCP proxy across firewalls" (Ying-Da Lee) and its extension 4A. A request is the
/// version, a command, a port, an address and a user's name that a zero byte ends; 4A adds the target's name, ended
/// likewise, where the address is 0.0.0.x.
enum SOCKS4 {
    private static let version: UInt8 = 4
    private static let fixedLength = 8
    /// Of the user's name and of the target's: what a name of DNS can have.
    private static let textLimit = 255

    static func decide(_ stream: Bytes) -> StreamDecoder.Decision {
        if stream.count > 1, stream[1] != 1 && stream[1] != 2 { return .unknown }
        guard stream.count >= fixedLength else { return .needs(fixedLength + 1) }
        let port = Int(stream[2]) << 8 | Int(stream[3])
        // An address of a network that nobody can reach, or of another protocol that begins alike.
        let isReachable = stream[4] < 224 && (stream[4] != 0 || stream[5] == 0 && stream[6] == 0 && stream[7] != 0)
        return port > 0 && isReachable ? .speaks(.socks4) : .unknown
    }

    static func step(over stream: Bytes) -> StreamStep {
        guard stream.count > fixedLength else { return .needs(fixedLength + 1) }
        switch text(in: stream, from: fixedLength) {
        case .needs(let count): return .needs(count)
        case .none: return .over
        case .ends(let userEnd):
            var passage = Passage(length: userEnd + 1, next: .undecided)
            guard stream[4] == 0 else { return .passes(passage) }
            switch text(in: stream, from: userEnd + 1) {
            case .needs(let count): return .needs(count)
            case .none: return .over
            case .ends(let nameEnd):
                let name = userEnd + 1..<nameEnd
                guard stream.isHostName(name) else { return .over }
                passage.length = nameEnd + 1
                passage.socks = Passage.Target(name: name, port: UInt16(stream[2]) << 8 | UInt16(stream[3]))
                return .passes(passage)
            }
        }
    }

    private enum Text { case needs(Int), ends(Int), none }

    /// Where a text ends that a zero byte ends.
    private static func text(in stream: Bytes, from start: Int) -> Text {
        for index in start..<max(min(stream.count, start + textLimit + 1), start) {
            if stream[index] == 0 { return .ends(index) }
            guard stream[index] >= 0x20 else { return .none }
        }
        return stream.count > start + textLimit ? .none : .needs(stream.count + 1)
    }
}
