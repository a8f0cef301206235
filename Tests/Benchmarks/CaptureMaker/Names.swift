/// Names that published vendor documents list, so that the packs' rules have something to find.
let vendorNames = [
    "vpn.catonetworks.net", "steering.catonetworks.com", "c-me.catonetworks.net",
    "updates.checkpoint.com", "cws.checkpoint.com", "te.checkpoint.com",
    "api.claroty.com", "api.medigate.io",
    "ts01-b.cloudsink.net", "lfodown01-b.cloudsink.net", "lfoup01-b.cloudsink.net", "ts01-lanner-lion.cloudsink.net",
    "console.privilegecloud.cyberark.cloud", "pod0.idaptive.app",
    "update.fortiguard.net", "service.fortiguard.net", "globalupdate.fortinet.net",
    "my.imperva.com", "api.imperva.com", "logs1.incapsula.com",
    "api.intelligence.mandiant.com", "advantage.mandiant.com",
    "sadownload.mcafee.com", "analytics.apis.mcafee.com", "threat.api.mcafee.com",
    "api.orcasecurity.io", "app.eu.orcasecurity.io",
    "updates.paloaltonetworks.com", "wildfire.paloaltonetworks.com", "licensing.paloaltonetworks.com",
    "us.endpoint.ingress.rapid7.com", "eu.endpoint.ingress.rapid7.com", "us.storage.endpoint.ingress.rapid7.com",
    "api.recordedfuture.com", "private.tria.ge",
    "usea1-007.sentinelone.net", "euce1-100.sentinelone.net",
    "dl.broadcom.com", "vcsa.vmware.com", "scapi.telemetry.broadcom.com",
    "auth.app.wiz.io", "api.us1.app.wiz.io",
]

private let consonants = ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "ch", "st", "tr", "sh"]
private let vowels = ["a", "e", "i", "o", "u", "ai", "ou"]
private let hosts = ["www", "api", "cdn", "static", "img", "mail", "login", "update", "assets", "m", "edge", "push"]
private let suffixes = ["com", "com", "com", "net", "cn", "com.cn", "org", "io", "co.uk", "de", "cloud"]

/// A pronounceable word that nobody uses on purpose.
func word(syllables: Int, random: inout RandomSource) -> String {
    var word = ""
    for _ in 0..<syllables { word += random.element(of: consonants) + random.element(of: vowels) }
    return word
}

/// A name as hosts visit them: two to five labels, with numbers and hexadecimal labels here and there.
func harmlessName(random: inout RandomSource) -> String {
    var labels = [word(syllables: random.number(in: 2...5), random: &random), random.element(of: suffixes)]
    if random.happens(0.9) {
        let number = random.happens(0.3) ? "\(random.number(in: 1...99))" : ""
        labels.insert(random.element(of: hosts) + number, at: 0)
    }
    if random.happens(0.3) { labels.insert(word(syllables: 2, random: &random), at: 1) }
    if random.happens(0.15) { labels.insert("d" + String(random.next(), radix: 16), at: 0) }
    return labels.joined(separator: ".")
}
