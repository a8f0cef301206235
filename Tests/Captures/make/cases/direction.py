"""Who talks to whom: whose look-up it is, and what is nobody's contact."""

import frames
from case import case, version_of
from frames import Flow, Timeline, datagram, hello, scapy_version
from network import RESOLVER, Network

UPDATE, FORTINET = "update.fortiguard.net", "fortinet/update.fortiguard.net"
SERVER = "203.0.113.10"


@case("an-inside-resolver-forwards", """
    A client asks the resolver at 10.20.0.53, another dnsmasq inside; that one asks 192.0.2.53 outside. `names` shows both,
    but the client is the one that looked the vendor up: the resolver's own query is no alert. Seen on the gateway's bridge,
    which carries the packets of both.
""")
def forwarder(c):
    client, resolver = "10.20.1.11", "10.20.0.53"
    with Network(c, clients=[client, resolver], names={UPDATE: [SERVER]}) as network:
        network.start_dnsmasq(network.space(resolver), [f"--server={RESOLVER}"], address=resolver)
        network.resolv_conf(client, resolver)
        network.run(client, "getent", "ahostsv4", UPDATE)
        c.dns(UPDATE, client, resolver, 1, [SERVER])
        c.dns(UPDATE, resolver, RESOLVER, 1, [SERVER])
        network.run(client, "curl", "-sk", "-o", "/dev/null", "--resolve", f"{UPDATE}:443:{SERVER}", f"https://{UPDATE}/")
        c.tls(UPDATE, client, SERVER)
    c.alert("opened", "info", FORTINET, UPDATE, client, resolver, 53)
    c.alert("opened", "notice", FORTINET, UPDATE, client, SERVER, 443)
    c.made_with("getent of glibc " + version_of("getent", "--version", pattern=r"[0-9]+\.[0-9]+(?=\n)"),
                "curl " + version_of("curl", "--version"))


@case("home-to-home-is-not-outbound", "A mirror of the vendor's updates stands inside, at 10.20.9.9, and a host fetches from it by the vendor's name, over IPv4 and over IPv6 with unique local addresses: nothing leaves.")
def home(c):
    timeline = Timeline()
    for client, server, port in (("10.20.1.11", "10.20.9.9", 40001), ("fd20::1:11", "fd20::9:9", 40002)):
        message = hello(UPDATE)
        Flow(timeline, client=client, server=server, sport=port).open().data(0, message).close(len(message))
        c.tls(UPDATE, client, server)
    timeline.write(c.capture)
    c.no_alerts()
    c.made_with(frames.openssl_of_python() + " (the hello)", scapy_version())


@case("inbound-connections-name-a-vendor", "From outside somebody opens our server at 10.20.0.80 and names a vendor, as scanners do, and another asks our name server for a vendor's name. Neither is a host of ours that talks to a vendor.")
def inbound(c):
    timeline = Timeline()
    message = hello(UPDATE)
    Flow(timeline, client="198.51.100.200", server="10.20.0.80").open().data(0, message).close(len(message))
    c.tls(UPDATE, "198.51.100.200", "10.20.0.80")
    query = bytes.fromhex("420001000001000000000000") + b"\x06update\x0afortiguard\x03net\x00\x00\x01\x00\x01"
    datagram(timeline, "198.51.100.201", "10.20.0.53", 40001, 53, query)
    c.dns(UPDATE, "198.51.100.201", "10.20.0.53", 1)
    timeline.write(c.capture)
    c.no_alerts()
    c.made_with(frames.openssl_of_python() + " (the hello)", scapy_version())


@case("multicast-and-local-names", "Multicast DNS over IPv4 and IPv6, LLMNR and a NetBIOS name, all of which hold a vendor's name: names of the local link, which nobody outside hears. `names` does not show them.")
def multicast(c):
    timeline = Timeline()
    question = b"\x06update\x0afortiguard\x03net\x00\x00\x01\x00\x01"
    header = bytes.fromhex("000000000001000000000000")
    datagram(timeline, "10.20.1.11", "224.0.0.251", 5353, 5353, header + question)
    datagram(timeline, "fd20::1:11", "ff02::fb", 5353, 5353, header + question)
    datagram(timeline, "10.20.1.11", "224.0.0.252", 40001, 5355, header + question)
    netbios = "".join(chr(65 + (b >> 4)) + chr(65 + (b & 15)) for b in b"FORTIGUARD     \x00").encode()
    datagram(timeline, "10.20.1.11", "10.20.255.255", 137, 137,
             bytes.fromhex("430001100001000000000000") + b"\x20" + netbios + b"\x00\x00\x20\x00\x01")
    timeline.write(c.capture)
    c.no_alerts()
    c.coverage(named={}, without_name={"local": 4}, sequence_gaps=0, copies=0)
    c.made_with(scapy_version())
