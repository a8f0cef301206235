"""The first capture that a newcomer looks at."""

import sys

import frames
from case import case, version_of
from network import RESOLVER, RESOLVER6, Network

FIREWALL, LAPTOP, DESK, VCENTER, PANORAMA, CLEAN = (
    "10.20.1.2", "10.20.1.23", "10.20.1.42", "10.20.2.7", "10.20.2.15", "10.20.3.3")

NAMES = {
    # vendors
    "update.fortiguard.net": ["203.0.113.10"],
    "globaldevcollect.fortinet.net": ["203.0.113.11"],
    "ts01-b.cloudsink.net": ["198.51.100.21"],
    "www.crowdstrike.com": ["198.51.100.22", "2001:db8:c5::22"],
    "vcsa.vmware.com": ["198.51.100.31", "2001:db8:31::31"],
    "updates.paloaltonetworks.com": ["203.0.113.41"],
    "br-prd1.us.cdl.paloaltonetworks.com": ["203.0.113.42"],
    "www.checkpoint.com": ["203.0.113.51"],
    "usea1-011.sentinelone.net": ["203.0.113.61"],
    # nobody in particular
    "deb.debian.org": ["192.0.2.101", "2001:db8:deb::1"],
    "security.debian.org": ["192.0.2.102", "2001:db8:deb::2"],
    "pypi.org": ["192.0.2.103"],
    "www.example.com": ["192.0.2.104", "2001:db8:104::1"],
    "mail.example.net": ["192.0.2.105"],
    "www.example.org": ["192.0.2.106", "2001:db8:106::1"],
    "docs.swift.org": ["192.0.2.107"],
    "www.wikipedia.org": ["192.0.2.108", "2001:db8:108::1"],
    "www.gov.cn": ["192.0.2.109"],
    "www.baidu.com": ["192.0.2.110"],
    "mirrors.tuna.tsinghua.edu.cn": ["192.0.2.111", "2001:db8:111::1"],
    # names that a careless match would blame
    "update.fortiguard.net.example.org": ["192.0.2.120"],
    "notvmware.com": ["192.0.2.121"],
}

# The second after 08:50 in Shanghai, who, what, and which name.
DAY = [
    (2, CLEAN, "curl", "deb.debian.org"),
    (3, CLEAN, "curl", "security.debian.org"),
    (9, DESK, "curl", "mail.example.net"),
    (14, FIREWALL, "curl", "update.fortiguard.net"),
    (31, LAPTOP, "curl", "mail.example.net"),
    (33, LAPTOP, "curl", "ts01-b.cloudsink.net"),
    (58, DESK, "chrome", "www.gov.cn"),
    (71, VCENTER, "curl6", "vcsa.vmware.com"),
    (84, PANORAMA, "curl", "updates.paloaltonetworks.com"),
    (92, PANORAMA, "lookup", "br-prd1.us.cdl.paloaltonetworks.com"),
    (120, DESK, "chrome", "www.baidu.com"),
    (133, LAPTOP, "reopen", "ts01-b.cloudsink.net"),
    (150, DESK, "chrome", "www.checkpoint.com"),
    (151, DESK, "chrome", "www.example.com"),
    (164, CLEAN, "curl", "pypi.org"),
    (190, FIREWALL, "curl", "globaldevcollect.fortinet.net"),
    (233, LAPTOP, "reopen", "ts01-b.cloudsink.net"),
    (240, CLEAN, "curl", "update.fortiguard.net.example.org"),
    (252, CLEAN, "curl", "notvmware.com"),
    (281, CLEAN, "lookup", "usea1-011.sentinelone.net"),
    (314, FIREWALL, "curl", "update.fortiguard.net"),
    (333, LAPTOP, "reopen", "ts01-b.cloudsink.net"),
    (341, DESK, "chrome", "www.wikipedia.org"),
    (360, DESK, "chrome", "www.crowdstrike.com"),
    (371, VCENTER, "curl6", "mirrors.tuna.tsinghua.edu.cn"),
    (402, DESK, "chrome", "docs.swift.org"),
    (433, LAPTOP, "reopen", "ts01-b.cloudsink.net"),
    (466, LAPTOP, "chrome", "www.example.org"),
    (581, CLEAN, "lookup", "usea1-011.sentinelone.net"),
]

VENDORS = {
    "update.fortiguard.net": "fortinet/update.fortiguard.net",
    "globaldevcollect.fortinet.net": "fortinet/globaldevcollect.fortinet.net",
    "ts01-b.cloudsink.net": "crowdstrike/ts01-b.cloudsink.net",
    "www.crowdstrike.com": "crowdstrike/*.crowdstrike.com",
    "vcsa.vmware.com": "vmware/vcsa.vmware.com",
    "updates.paloaltonetworks.com": "palo-alto-networks/updates.paloaltonetworks.com",
    "br-prd1.us.cdl.paloaltonetworks.com": "palo-alto-networks/br-prd1.us.cdl.paloaltonetworks.com",
    "www.checkpoint.com": "check-point/*.checkpoint.com",
    "usea1-011.sentinelone.net": "sentinelone/usea1-011.sentinelone.net",
}


@case("gateway-morning", """
    Ten minutes of a small office, seen on the inside interface of its gateway. A firewall (10.20.1.2) fetches Fortinet
    updates and reports to Fortinet; a laptop (10.20.1.23) has the CrowdStrike sensor; a vCenter (fd20::2:7, IPv6 only)
    sends its telemetry; a Panorama (10.20.2.15) fetches updates and looks up its telemetry server without contacting it;
    a person at 10.20.1.42 reads the web sites of Check Point and CrowdStrike, which is not an installed product. On
    10.20.3.3 a removed SentinelOne agent has left a look-up behind, and nothing more; its names that merely look like a
    vendor's are harmless, as is everything else.

    curl and libcurl with Chrome's BoringSSL (the person's browser) in six client namespaces; every server is one nginx.
    The real pauses between the actions, a tenth of a second, were stretched to the minutes of a morning, 2026-03-02
    08:50 in Shanghai; nothing else in the packets was changed.
""")
def gateway_morning(c):
    seen, marks = set(), []
    with Network(c, clients=[FIREWALL, LAPTOP, DESK, VCENTER, PANORAMA, CLEAN], names=NAMES,
                 filter="tcp or udp or arp") as network:
        network.resolv_conf(VCENTER, RESOLVER6)
        for second, client, action, name in DAY:
            marks.append((network.moment(), second))
            family = "v6" if action == "curl6" else "v4"
            host = network.address(client, family)
            resolver = RESOLVER6 if family == "v6" else RESOLVER
            server = next(a for a in NAMES[name] if (":" in a) == (family == "v6"))
            if action == "lookup":
                network.lookup(client, name)
            elif action == "chrome":
                chrome(network, client, name)
            elif action == "reopen":
                network.run(client, "curl", "-sk", "-o", "/dev/null", "--resolve", f"{name}:443:{server}", f"https://{name}/")
                c.tls(name, client, server)
            else:
                network.curl(client, name, family=family, resolver=resolver)
            for method, peer, port in (("dns", resolver, 53), ("tls", server, 443)):
                if name not in VENDORS or (host, name, method) in seen or (action, method) == ("lookup", "tls"):
                    continue
                seen.add((host, name, method))
                c.alert("opened", "info" if method == "dns" else "notice", VENDORS[name],
                        name, host, peer, port)
    frames.retime(c.capture, marks)
    c.made_with("curl " + version_of("curl", "--version"),
                "curl_cffi " + version_of(sys.executable, "-c", "import curl_cffi; print(curl_cffi.__version__)"))


def chrome(network, client, name):
    """Chrome's TLS stack looks the name up for IPv4 and opens it."""
    network.run(client, sys.executable, "-c", f"""
from curl_cffi import CurlOpt, requests
requests.get("https://{name}/", impersonate="chrome", verify=False, curl_options={{CurlOpt.IPRESOLVE: 1}})
""")
    network.tell_lookup(client, name, "v4")
    network.case.tls(name, client, next(a for a in NAMES[name] if ":" not in a))
