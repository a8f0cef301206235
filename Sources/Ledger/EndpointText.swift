import Decoding
import Monitoring

/// How the subject of an endpoint is kept: a word for its kind, and a text from which it can be made again.
extension Endpoint.Subject {
    var word: String {
        switch self {
        case .exact: "exact"
        case .suffix: "suffix"
        case .network: "network"
        case .certificate: "certificate"
        case .userAgent: "user-agent"
        case .mac: "mac"
        }
    }

    var text: String {
        switch self {
        case .exact(let name), .suffix(let name): "\(name)"
        case .network(let prefix): "\(prefix)"
        case .certificate(let pattern):
            Lines.joined(
                pattern.conditions.map { "\($0.party.rawValue) \($0.attribute.rawValue)=\($0.pattern)" })
        case .userAgent(let pattern): "\(pattern)"
        case .mac(let prefix): "\(prefix)"
        }
    }

    init?(word: String, text: String) {
        switch word {
        case "exact": self = .exact(HostName(text))
        case "suffix": self = .suffix(HostName(text))
        case "network":
            guard let prefix = AddressPrefix(text) else { return nil }
            self = .network(prefix)
        case "certificate":
            let conditions = Lines.split(text).compactMap(CertificatePattern.Condition.init)
            guard !conditions.isEmpty else { return nil }
            self = .certificate(CertificatePattern(conditions))
        case "user-agent":
            guard let pattern = TextPattern(text) else { return nil }
            self = .userAgent(pattern)
        case "mac":
            guard let prefix = MACPrefix(text) else { return nil }
            self = .mac(prefix)
        default: return nil
        }
    }
}

extension CertificatePattern.Condition {
    /// Reads `subject CN=FG*`.
    fileprivate init?(_ line: String) {
        guard let blank = line.firstIndex(of: " "), let equals = line[blank...].firstIndex(of: "="),
            let party = CertificatePattern.Party(rawValue: String(line[..<blank])),
            let attribute = CertificatePattern.Attribute(rawValue: String(line[line.index(after: blank)..<equals])),
            let pattern = TextPattern(String(line[line.index(after: equals)...]))
        else { return nil }
        self.init(party: party, attribute: attribute, pattern: pattern)
    }
}
