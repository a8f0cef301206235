import Ledger
import Monitoring

// What was selected.
extension Phrase {
    static func selectedVendors(_ list: String) -> Phrase { Phrase(en: "vendors: \(list)", zh: "厂商：\(list)") }
    static func selectedClients(_ list: String) -> Phrase { Phrase(en: "hosts: \(list)", zh: "主机：\(list)") }
    static func selectedCountries(_ list: String) -> Phrase {
        Phrase(en: "countries or territories: \(list)", zh: "国家/地区：\(list)")
    }
    static func selectedSeverity(_ severity: Severity) -> Phrase {
        Phrase(en: "severity: \(word(severity).en) or worse", zh: "严重程度：\(word(severity).zh)及以上")
    }
}

extension Selection {
    /// Whether it leaves findings out for another reason than their day.
    var isPartial: Bool { !vendors.isEmpty || !clients.isEmpty || !countries.isEmpty || severity > .info }
}
