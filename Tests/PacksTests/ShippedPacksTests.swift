import Decoding
import Monitoring
import Packs
import Testing

/// What ships with the program keeps the rules of Rules/README.md.
@Suite struct ShippedPacksTests {
    private let set = PackSet.load(paths: [shippedRules])

    @Test func `every shipped pack loads without a problem`() {
        #expect(set.problems == [])
        #expect(set.packs.count == 16)
    }

    @Test func `the counts are those that were shipped`() {
        let names = Dictionary(uniqueKeysWithValues: set.packs.map { ($0.vendor.id, $0.nameCount) })
        let networks = set.packs.map { ($0.vendor.id, $0.networkCount) }.filter { $0.1 > 0 }
        #expect(
            names == [
                "cato-networks": 59, "check-point": 135, "claroty": 10, "crowdstrike": 95, "cyberark": 72,
                "fortinet": 114,
                "imperva": 26, "mandiant": 15, "mcafee": 117, "orca-security": 18, "palo-alto-networks": 213,
                "rapid7": 79,
                "recorded-future": 16, "sentinelone": 99, "vmware": 149, "wiz": 33,
            ])
        #expect(
            Dictionary(uniqueKeysWithValues: networks) == [
                "cato-networks": 15, "check-point": 8, "crowdstrike": 501, "fortinet": 32, "imperva": 12,
                "palo-alto-networks": 188, "rapid7": 8, "vmware": 24,
            ])
        #expect(set.packs.reduce(0) { $0 + $1.nameCount } == 1_250)
        #expect(set.packs.reduce(0) { $0 + $1.networkCount } == 788)
    }

    @Test func `entries are sorted`() {
        for pack in set.packs {
            for (left, right) in zip(pack.endpoints, pack.endpoints.dropFirst()) {
                #expect(isOrdered(left.subject, right.subject), "\(pack.file): \(right.subject) after \(left.subject)")
            }
        }
    }

    @Test func `no suffix claims a domain that others share`() {
        let shared: Set<String> = [
            "amazonaws.com", "cloudfront.net", "awsglobalaccelerator.com", "azure.com", "azurecr.io", "azureedge.net",
            "azurefd.net", "azurewebsites.net", "windows.net", "trafficmanager.net", "cloudapp.net", "googleapis.com",
            "googleusercontent.com", "cloudfunctions.net", "appspot.com", "run.app", "web.app", "github.io",
            "github.com",
            "githubusercontent.com", "akamai.net", "akamaiedge.net", "akamaihd.net", "edgekey.net", "edgesuite.net",
            "fastly.net", "cloudflare.net", "cloudflare.com", "pages.dev", "workers.dev", "herokuapp.com", "okta.com",
            "okta-emea.com", "zendesk.com", "salesforce.com", "force.com", "jetstack.io", "pendo.io", "pool.ntp.org",
            "co.uk", "com.cn", "com.au", "co.jp",
        ]
        for endpoint in set.endpoints {
            guard case .suffix(let name) = endpoint.subject else { continue }
            let text = "\(name)"
            let isAWS = text.hasSuffix(".amazonaws.com")
            #expect(!shared.contains(text) && !isAWS, "\(endpoint.id)")
        }
    }

    /// A web search names no document: such an entry is a hint, and says so.
    @Test func `what only a code search knows has low confidence`() {
        for endpoint in set.endpoints where endpoint.sources.allSatisfy({ $0.hasPrefix("https://github.com/search?") })
        {
            #expect(endpoint.confidence == .low, "\(endpoint.id)")
        }
    }

    /// Names by their labels from the registrable end, exact before suffix; names before networks; networks by number.
    private func isOrdered(_ left: Endpoint.Subject, _ right: Endpoint.Subject) -> Bool {
        switch (left, right) {
        case (.network(let first), .network(let second)):
            (first.address, first.length) < (second.address, second.length)
        case (.network, _): false
        case (_, .network): true
        default: key(left).lexicographicallyPrecedes(key(right))
        }
    }

    private func key(_ subject: Endpoint.Subject) -> [String] {
        switch subject {
        case .exact(let name): "\(name)".split(separator: ".").reversed().map(String.init) + [""]
        case .suffix(let name): "\(name)".split(separator: ".").reversed().map(String.init) + ["", ""]
        case .network: []
        }
    }
}
