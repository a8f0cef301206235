import Decoding
import Monitoring

/// An alert as one line that a person reads in a terminal.
package func textLine(for alert: Alert) -> String {
    let sighting = alert.sighting
    let endpoint = alert.endpoint
    let target = sighting.isContact ? "at \(address(sighting.server)):\(sighting.serverPort)" : "asking \(address(sighting.server))"
    let severity = alert.severity.rawValue
    let padding = String(repeating: " ", count: max(8 - severity.utf8.count, 1))
    return "\(sighting.time.text(fraction: 0))  \(severity)\(padding)\(alert.reason)"
        + " (\(sighting.method.rawValue), \(target), confidence \(endpoint.confidence.rawValue))"
        + " source: \(endpoint.sources[0])"
}

/// As it stands before a port: IPv6 in brackets.
private func address(_ address: IPAddress) -> String { address.isIPv4 ? "\(address)" : "[\(address)]" }
