package import Decoding

/// What an organisation has agreed to: sightings that it describes are recorded, and raise no alert.
package struct Exception: Sendable {
    /// Inside hosts that it is for; nil: all.
    package let client: AddressPrefix?
    /// A pack's identifier; nil: every vendor.
    package let vendor: String?
    /// As the pack names it; nil: every product.
    package let product: String?
    /// This name and every name below it; nil: every name, and what has none.
    package let domain: HostName?
    package let reason: String
    package let approvedBy: String?
    /// The first moment at which it holds no more, and the day before it as written; nil: it has no end.
    package let until: (end: Timestamp, day: String)?

    package init(
        client: AddressPrefix?, vendor: String?, product: String?, domain: HostName?, reason: String,
        approvedBy: String?, until: (end: Timestamp, day: String)?
    ) {
        self.client = client
        self.vendor = vendor
        self.product = product
        self.domain = domain
        self.reason = reason
        self.approvedBy = approvedBy
        self.until = until
    }

    package func isExpired(at time: Timestamp) -> Bool { until.map { time >= $0.end } ?? false }

    /// Whether all that it asks for holds. Its end is judged by the time of the packet: a capture of last year is seen
    /// as it would have been seen then.
    package func holds(for sighting: borrowing Sighting) -> Bool {
        guard let endpoint = sighting.endpoint, !isExpired(at: sighting.time) else { return false }
        if let client, !client.contains(sighting.client) { return false }
        if let vendor, vendor != endpoint.vendor.id { return false }
        if let product, product != endpoint.product { return false }
        if let domain, !sighting.name.isAtOrBelow(domain) { return false }
        return true
    }
}

/// All exceptions, in the order of the file.
package struct ExceptionList: Sendable {
    /// Each matched sighting is held against all of them.
    package static let limit = 10_000

    package let exceptions: [Exception]

    package init(_ exceptions: [Exception] = []) { self.exceptions = exceptions }

    /// The first that holds.
    package func exception(for sighting: borrowing Sighting) -> Exception? {
        for exception in exceptions where exception.holds(for: sighting) { return exception }
        return nil
    }
}

extension HostName {
    /// By whole labels.
    fileprivate func isAtOrBelow(_ domain: HostName) -> Bool {
        let start = Int(count) - Int(domain.count)
        guard !isTruncated, start == 0 || start > 0 && self[start - 1] == UInt8(ascii: ".") else { return false }
        for index in 0..<Int(domain.count) where self[start + index] != domain[index] { return false }
        return true
    }
}
