"""Who the hosts of the inside are."""

import time

from case import case, version_of
from network import Network

PLAIN, SERVER, SERVER6 = "www.example.com", "192.0.2.104", "2001:db8:104::1"
GATEWAY_MAC = "00:16:3e:14:00:01"

# What udhcpc hands its lease to.
TAKE = """#!/bin/sh
case "$1" in
    deconfig) ip addr flush dev eth0 scope global ;;
    bound | renew) ip addr replace "$ip/$mask" dev eth0; ip route replace default via 10.20.0.1 ;;
esac
"""


@case("dhcp-names-a-host-over-two-leases", """
    A laptop that calls itself Reception-PC gets 10.20.5.10 from a DHCP server, opens a site, gives the lease back, gets
    10.20.5.20 and opens the site again: two addresses, one host, known by its card and by the name of its leases.
""")
def leases(c):
    client, mac = "10.20.1.11", "00:16:3e:14:01:0b"
    with Network(c, clients=[client], names={PLAIN: [SERVER]}, filter="tcp or udp or arp",
                 macs={client: mac, "inside": GATEWAY_MAC}) as network:
        script = network.scratch / "take-lease"
        script.write_text(TAKE)
        script.chmod(0o755)
        network.run(client, "ip", "addr", "flush", "dev", "eth0", "scope", "global")
        for address in ("10.20.5.10", "10.20.5.20"):
            server = network.start(network.gateway, "dnsmasq", "-k", "-C", "/dev/null", "--port=0", "--user=root", "--pid-file=",
                                   "--interface=inside", "--bind-interfaces", f"--dhcp-range={address},{address},255.255.0.0,1h",
                                   f"--dhcp-leasefile={network.scratch}/leases-{address}", "--dhcp-authoritative", "--no-ping",
                                   "--log-facility=-")
            network.wait(lambda: ":67 " in network._listening(network.gateway), "the DHCP server")
            udhcpc = network.start(network.space(client), "busybox", "udhcpc", "-f", "-R", "-i", "eth0", "-s", script,
                                   "-x", "hostname:Reception-PC", log="udhcpc")
            network.wait(lambda: address in network.run(client, "ip", "addr").stdout.decode(), "the lease")
            network.run(client, "curl", "-sk", "-o", "/dev/null", "-4", f"https://{PLAIN}/")
            c.dns(PLAIN, address, "192.0.2.53", 1, [SERVER])
            c.tls(PLAIN, address, SERVER)
            time.sleep(0.5)
            for child in (udhcpc, server):
                child.terminate()
                child.wait(10)
            c.host(address, mac, names=[{"name": "reception-pc", "source": "dhcp"}], name="reception-pc", maker="Xensource, Inc.",
                   sources=["dhcp", "arp"])
    c.host("10.20.0.1", GATEWAY_MAC, names=[], maker="Xensource, Inc.", sources=["arp"])
    c.hosts.insert(1, c.hosts.pop())
    c.no_alerts()
    c.made_with("udhcpc of busybox " + version_of("busybox"), "curl " + version_of("curl", "--version"))


@case("arp-and-neighbours-name-a-device", """
    A host with a hardware address of Fortinet's opens a site that is nobody's in particular, over IPv4 and over IPv6. ARP and
    neighbour discovery tell at which addresses the device is: it is a sighting for each of them, and no contact. The gateway
    that passes its packets on, and answers for itself, has a card of another maker.
""")
def device(c):
    client, mac = "10.20.1.2", "00:09:0f:12:34:56"
    with Network(c, clients=[client], names={PLAIN: [SERVER, SERVER6]}, filter="tcp or udp or arp or icmp6",
                 macs={client: mac, "inside": GATEWAY_MAC}) as network:
        network.curl(client, PLAIN)
        network.curl(client, PLAIN, family="v6")
        # The kernel makes sure that a neighbour is still there some seconds after it was heard of.
        time.sleep(8)
    for address, card, maker in (("10.20.1.2", mac, "Fortinet, Inc."), ("10.20.0.1", GATEWAY_MAC, "Xensource, Inc.")):
        c.host(address, card, names=[], maker=maker, sources=["arp"])
    for address, card, maker in (("fd20::1:2", mac, "Fortinet, Inc."), ("fd20::1", GATEWAY_MAC, "Xensource, Inc."),
                                 ("fe80::216:3eff:fe14:1", GATEWAY_MAC, "Xensource, Inc.")):
        c.host(address, card, names=[], maker=maker, sources=["nd"])
    # One host and one finding, whatever its addresses.
    c.device("fortinet/00:09:0f", "10.20.1.2", mac)
    c.made_with("curl " + version_of("curl", "--version"))
