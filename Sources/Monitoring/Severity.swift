/// How bad a finding is. The raw value is the word in output.
package enum Severity: String, CaseIterable, Comparable, Sendable {
    case info, notice, warning, critical

    /// The numerical severity of RFC 5424, section 6.2.1: smaller is worse.
    package var syslogLevel: Int {
        switch self {
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .critical: 2
        }
    }

    package static func < (left: Severity, right: Severity) -> Bool { left.syslogLevel > right.syslogLevel }

    /// What was seen of a contact, as far as it matters for its severity.
    package struct Circumstances: Sendable {
        /// A connection was tried or made; else the name was only looked up.
        package var isContact: Bool
        package var place: Place
        package var category: Category
        /// Behind the handshake: a handshake alone is not a transmission.
        package var sentApplicationData: Bool
        /// By the client in 24 hours.
        package var bytesSent: UInt64
        /// Nothing but an address on a cloud or CDN that many tenants share.
        package var isSharedAddressOnly: Bool

        package init(
            isContact: Bool, place: Place = .unknown, category: Category, sentApplicationData: Bool = false,
            bytesSent: UInt64 = 0, isSharedAddressOnly: Bool = false
        ) {
            self.isContact = isContact
            self.place = place
            self.category = category
            self.sentApplicationData = sentApplicationData
            self.bytesSent = bytesSent
            self.isSharedAddressOnly = isSharedAddressOnly
        }
    }

    /// Where the other end is, seen from the home country.
    package enum Place: Sendable { case home, overseas, unknown }

    /// More than this sent overseas in 24 hours is critical whatever the endpoint is for, in bytes.
    package static let bytesThreshold: UInt64 = 1 << 20

    /// The table of severities; the only place that decides.
    package init(_ seen: Circumstances, bytesThreshold: UInt64 = Self.bytesThreshold) {
        if !seen.isContact {
            self = .info
        } else if seen.place != .overseas || seen.category == .portal || seen.isSharedAddressOnly {
            self = .notice
        } else if seen.bytesSent > bytesThreshold || seen.category.takesData && seen.sentApplicationData {
            self = .critical
        } else {
            self = .warning
        }
    }
}

extension Category {
    /// The client gives something away by using it.
    fileprivate var takesData: Bool {
        switch self {
        case .telemetry, .sampleUpload, .logUpload, .support, .remoteAccess: true
        case .update, .licensing, .management, .threatIntel, .identity, .portal: false
        }
    }
}
