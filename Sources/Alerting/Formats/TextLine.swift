import Decoding
import Monitoring

/// An alert as one line that a person reads in a terminal: when and how bad, who and whom, and why we say so.
package func textLine(for alert: Alert) -> String {
    let sighting = alert.sighting
    let endpoint = alert.endpoint
    let client = padded(alert.finding.host.label, 15)
    let verb = sighting.act == .presence ? "is a device of" : padded(alert.verb, 9)
    let vendor = padded(endpoint.vendor.name, 19)
    let category = padded(endpoint.category.rawValue, 13)
    var line =
        "\(alert.time.text(fraction: 0)) \(padded(alert.severity.rawValue, 8)) \(client) \(verb) \(vendor) \(category) "
    line += sighting.method == .address ? "\(endpoint.subject) " : "\(sighting.target) "
    switch sighting.act {
    case .contact: line += "at \(sighting.server.text(port: sighting.serverPort))"
    case .lookUp: line += "asking \(sighting.server.text(port: sighting.serverPort))"
    case .presence: line.removeLast()
    }
    if case .code(let country) = alert.finding.key.destination { line += " in \(country)" }
    let sent = alert.finding.tally
    if sent.bytesOut > 0 { line += ", \(sent.bytesOut) bytes out, \(sent.bytesIn) in" }
    if alert.action == .active { line += ", \(alert.news.sightings) times since the last alert" }
    line += " [\(sighting.method.rawValue)"
    if let product = endpoint.product { line += "; \(product)" }
    return line + "; confidence \(alert.confidence.rawValue); \(endpoint.sources[0])]"
}

private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(width - text.count, 0))
}
