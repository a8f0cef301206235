import Decoding
import Monitoring
import Packs
import TestSupport
import Testing

/// What ships with the program keeps the rules of Rules/README.md.
@Suite struct ShippedPacksTests {
    private let set = PackSet.load(paths: [shippedRules])

    @Test func `every shipped pack loads without a problem`() {
        #expect(set.problems == [])
        #expect(set.packs.count == 16)
    }

    @Test func `the counts are those that were shipped`() {
        let names = Dictionary(uniqueKeysWithValues: set.packs.map { ($0.vendor.id, $0.count(.name)) })
        let networks = set.packs.map { ($0.vendor.id, $0.count(.network)) }.filter { $0.1 > 0 }
        #expect(
            names == [
                "cato-networks": 59, "check-point": 135, "claroty": 10, "crowdstrike": 95, "cyberark": 72,
                "fortinet": 114,
                "imperva": 26, "mandiant": 15, "mcafee": 116, "orca-security": 18, "palo-alto-networks": 213,
                "rapid7": 79,
                "recorded-future": 16, "sentinelone": 99, "vmware": 148, "wiz": 33,
            ])
        #expect(
            Dictionary(uniqueKeysWithValues: networks) == [
                "cato-networks": 15, "check-point": 8, "crowdstrike": 501, "fortinet": 32, "imperva": 12,
                "palo-alto-networks": 188, "rapid7": 8, "vmware": 24,
            ])
        #expect(set.packs.reduce(0) { $0 + $1.count(.name) } == 1_248)
        #expect(set.packs.reduce(0) { $0 + $1.count(.network) } == 788)
        #expect(set.packs.reduce(0) { $0 + $1.count(.certificate) } == 35)
        #expect(set.packs.reduce(0) { $0 + $1.count(.userAgent) } == 3)
        #expect(set.packs.reduce(0) { $0 + $1.count(.mac) } == 61)
        #expect(set.endpoints.count { $0.isShared } == 81)
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

    /// The certificate of a vendor's product, as the source quotes it, is known by the entry for it.
    @Test(arguments: [
        ("CN=FG100ETK1800118,O=Fortinet,OU=FortiGate", "", "fortinet/fortigate-factory"),
        ("CN=FortiGate,O=Fortinet,OU=FortiGate", "", "fortinet/fortigate-vm-factory"),
        ("CN=FG100D3G13803999,O=Fortinet Ltd.", "", "fortinet/fortigate-factory-old"),
        ("CN=a.example", "CN=FG101FTKAABBCC01,O=Fortinet,OU=Certificate Authority", "fortinet/inspection-ca"),
        ("CN=a.example", "CN=fortinet-subca2001,O=Fortinet,OU=Certificate Authority", "fortinet/factory-issuer-subca"),
        ("CN=noc-feye-ex2,O=FireEye\\, Inc.,OU=Network Security Management", "", "mandiant/fireeye-appliance"),
        (
            "CN=d9fc2294968367a3a8ad1acd4c816c78444e6ea4d69869b40cc9751951fd3693,O=Palo Alto Networks", "",
            "palo-alto-networks/panos-default"
        ),
        ("CN=horizon.foo.bar,O=VMware\\, Inc.,OU=VMware Horizon View default certificate", "", "vmware/horizon"),
        ("CN=esx", "CN=CA,O=vcenter-1.vrack.vsphere.local,OU=VMware Engineering", "vmware/vmca"),
        ("CN=VS1 VPN Certificate,O=MyDomain_Server.checkpoint.com.s6t98x", "", "check-point/gateway-vpn"),
        ("CN=www.example.com,O=Example", "CN=Signer", nil),
        ("CN=www.fortinet.com,O=Fortinet\\, Inc.", "O=DigiCert Inc", nil),
    ])
    func `certificates of products are known`(_ example: (subject: String, issuer: String, id: String?)) throws {
        let bytes = CertificateBytes.certificate(
            subject: attributes(example.subject), issuer: attributes(example.issuer))
        let certificate = try Certificate(reading: bytes.span)
        #expect(EndpointTable(set.endpoints).marks.endpoint(for: certificate, in: bytes.span)?.id == example.id)
    }

    /// `CN=a,O=b\\, c` as the makers in TestSupport take it.
    private func attributes(_ text: String) -> [(type: UInt8, text: String)] {
        let types: [Substring: UInt8] = ["CN": 3, "O": 10, "OU": 11]
        return text.replacing("\\,", with: "\u{1}").split(separator: ",").compactMap { part in
            let pair = part.split(separator: "=", maxSplits: 1)
            return types[pair[0]].map { ($0, String(pair[1].replacing("\u{1}", with: ","))) }
        }
    }

    /// Names by their labels from the registrable end, exact before suffix; names before networks; networks by number.
    private func isOrdered(_ left: Endpoint.Subject, _ right: Endpoint.Subject) -> Bool {
        switch (left, right) {
        case (.network(let first), .network(let second)):
            (first.address, first.length) < (second.address, second.length)
        case (.certificate, .certificate), (.userAgent, .userAgent): true
        case (.mac(let first), .mac(let second)): first.bits < second.bits
        case _ where left.kind != right.kind: rank(left.kind) < rank(right.kind)
        default: key(left).lexicographicallyPrecedes(key(right))
        }
    }

    private func rank(_ kind: Endpoint.Subject.Kind) -> Int { Endpoint.Subject.Kind.allCases.firstIndex(of: kind) ?? 0 }

    private func key(_ subject: Endpoint.Subject) -> [String] {
        switch subject {
        case .exact(let name): "\(name)".split(separator: ".").reversed().map(String.init) + [""]
        case .suffix(let name): "\(name)".split(separator: ".").reversed().map(String.init) + ["", ""]
        case .network, .certificate, .userAgent, .mac: []
        }
    }
}
