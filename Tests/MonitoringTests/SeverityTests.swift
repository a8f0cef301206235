import Monitoring
import Testing

/// The table of product.md, "Severity", row by row.
@Suite struct SeverityTests {
    static let takers: Set<Monitoring.Category> = [.telemetry, .sampleUpload, .logUpload, .support, .remoteAccess]

    static func severity(
        contact: Bool = true, _ place: Severity.Place, _ category: Monitoring.Category, data: Bool = false,
        bytes: UInt64 = 0, shared: Bool = false
    ) -> Severity {
        Severity(
            Severity.Circumstances(
                isContact: contact, place: place, category: category, sentApplicationData: data, bytesSent: bytes,
                isSharedAddressOnly: shared))
    }

    @Test(arguments: Monitoring.Category.allCases, [Severity.Place.home, .overseas, .unknown])
    func `a name that was only looked up is info`(category: Monitoring.Category, place: Severity.Place) {
        #expect(Self.severity(contact: false, place, category, data: true, bytes: 1 << 30) == .info)
    }

    @Test(arguments: Monitoring.Category.allCases, [Severity.Place.home, .unknown])
    func `a contact at home or at an unknown place is notice`(category: Monitoring.Category, place: Severity.Place) {
        #expect(Self.severity(place, category, data: true, bytes: 1 << 30) == .notice)
    }

    @Test(arguments: [false, true])
    func `a portal overseas is notice whatever was sent`(data: Bool) {
        #expect(Self.severity(.overseas, .portal, data: data, bytes: 1 << 30) == .notice)
    }

    @Test(arguments: Monitoring.Category.allCases.filter { $0 != .portal })
    func `a contact overseas is warning and with data to a taker critical`(category: Monitoring.Category) {
        #expect(Self.severity(.overseas, category) == .warning)
        #expect(
            Self.severity(.overseas, category, data: true) == (Self.takers.contains(category) ? .critical : .warning))
    }

    @Test(arguments: Monitoring.Category.allCases.filter { $0 != .portal })
    func `one byte above 1 MiB in 24 hours is critical`(category: Monitoring.Category) {
        #expect(Self.severity(.overseas, category, bytes: 1_048_576) == .warning)
        #expect(Self.severity(.overseas, category, bytes: 1_048_577) == .critical)
    }

    @Test(arguments: Monitoring.Category.allCases)
    func `a shared address alone never rises above notice`(category: Monitoring.Category) {
        #expect(Self.severity(.overseas, category, data: true, bytes: 1 << 30, shared: true) == .notice)
    }

    @Test func `syslog levels and order are those of the table`() {
        #expect(Severity.allCases.map(\.syslogLevel) == [6, 5, 4, 2])
        #expect(Severity.allCases.sorted() == [.info, .notice, .warning, .critical])
        #expect(Severity.allCases.map(\.rawValue) == ["info", "notice", "warning", "critical"])
    }
}
