"""Look-ups that nobody on the way can read."""

from case import case, version_of
from network import Network

BY_NAME, BY_ADDRESS, BY_PORT = "10.20.1.11", "10.20.1.12", "10.20.1.13"
GOOGLE = "192.0.2.54"  # where dns.google leads to here
QUAD9 = "9.9.9.9"
NOBODY = "198.51.100.53"
SITE = "203.0.113.10"

UNBOUND = """
server:
    interface: {google}@853
    interface: {google}@443
    interface: {quad9}@853
    interface: {nobody}@853
    tls-service-key: {key}.key
    tls-service-pem: {key}.crt
    access-control: 0.0.0.0/0 allow
    do-daemonize: no
    use-syslog: no
    chroot: ""
    username: ""
    directory: "{scratch}"
    pidfile: ""
    module-config: "iterator"
    local-zone: "." static
    local-data: "update.fortiguard.net. A {site}"
remote-control:
    control-enable: no
"""


@case("look-ups-in-tls-and-https",
      """Three clients ask for a vendor's name where nobody on the way can read it, and no `dns` record shows it. 10.20.1.11
      asks dns.google, a known resolver, by `kdig +tls` with the server's name in the hello, and by curl's DNS over HTTPS;
      curl then opens the vendor's server. 10.20.1.12 asks 9.9.9.9, a known resolver's address, by `dig +tls`, which names
      nobody, twice; and once by `dig` in the clear on port 53, which is no secret. 10.20.1.13 asks an address that nobody
      knows, by `dig +tls`: port 853 tells. It also tries that port at 203.0.113.99, where nobody listens: that is no
      look-up.

      The resolver is unbound. 9.9.9.9 is an address of the namespace: nothing leaves the machine.""")
def encrypted_dns(c):
    names = {"dns.google": [GOOGLE], "update.fortiguard.net": [SITE]}
    with Network(c, clients=(BY_NAME, BY_ADDRESS, BY_PORT), names=names, tls_ports=(8443,)) as network:
        network._ip("-n", network.gateway, "route", "add", f"{QUAD9}/32", "via", "100.64.0.2")
        for address in (QUAD9, GOOGLE, NOBODY):
            network._ip("-n", network.server, "addr", "add", f"{address}/32", "dev", "lo")
        (network.scratch / "unbound.conf").write_text(UNBOUND.format(
            google=GOOGLE, quad9=QUAD9, nobody=NOBODY, site=SITE, scratch=network.scratch, key=network.scratch / "server"))
        network.start(network.server, "unbound", "-c", network.scratch / "unbound.conf", log="unbound")
        network.wait(lambda: network._listening().count(":853 ") >= 3, "unbound")

        ask = ["update.fortiguard.net", "A"]
        answer = network.run(BY_NAME, "kdig", "+short", "+tls", "+tls-sni=dns.google", f"@{GOOGLE}", *ask).stdout
        assert answer.decode().split() == [SITE], answer
        c.tls("dns.google", BY_NAME, GOOGLE, port=853)

        # curl asks for the resolver in the clear, and for the site in DNS over HTTPS: A and AAAA on one connection.
        network.run(BY_NAME, "curl", "-sk", "-4", "-o", "/dev/null", "--doh-insecure",
                    "--doh-url", "https://dns.google/dns-query", "https://update.fortiguard.net:8443/")
        network.tell_lookup(BY_NAME, "dns.google")
        c.tls("dns.google", BY_NAME, GOOGLE)
        c.tls("update.fortiguard.net", BY_NAME, SITE, port=8443)

        for _ in range(2):
            answer = network.run(BY_ADDRESS, "dig", "+short", "+tls", f"@{QUAD9}", *ask).stdout
            assert answer.decode().split() == [SITE], answer
        network.run(BY_ADDRESS, "dig", "+short", f"@{QUAD9}", "dns.google", "A")
        c.dns("dns.google", BY_ADDRESS, QUAD9, addresses=[GOOGLE])
        answer = network.run(BY_PORT, "dig", "+short", "+tls", f"@{NOBODY}", *ask).stdout
        assert answer.decode().split() == [SITE], answer
        network.run(BY_PORT, "dig", "+tls", "+tries=1", "+time=1", "@203.0.113.99", *ask, check=False)

    def hidden(client, server, port, operator, by, flows):
        row = {"client": client, "server": server, "port": port, "transport": "tcp", "kind": "resolver", "by": by,
               "flows": flows}
        return row | ({"operator": operator} if operator else {})

    c.coverage(
        encrypted_dns_flows=5, relay_flows=0, encrypted_dns_flows_not_listed=0,
        without_name={"encrypted-dns": 3, "no-data": 1},
        encrypted_dns=[
            hidden(BY_NAME, GOOGLE, 443, "Google", "name", 1),
            hidden(BY_NAME, GOOGLE, 853, "Google", "name", 1),
            hidden(BY_ADDRESS, QUAD9, 853, "Quad9", "address", 2),
            hidden(BY_PORT, NOBODY, 853, None, "port", 1),
        ])
    c.alert("opened", "notice", "fortinet/update.fortiguard.net", "update.fortiguard.net", BY_NAME, SITE, 8443)
    c.made_with("unbound " + version_of("unbound", "-V"), "kdig " + version_of("kdig", "--version"),
                "dig " + version_of("dig", "-v"), "curl " + version_of("curl", "--version"))
