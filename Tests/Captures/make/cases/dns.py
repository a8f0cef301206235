"""DNS as resolvers of the world speak it, and as they do not."""

import random

import dns.message
import dns.name
import dns.rrset
import dns.version

import frames
from case import case, version_of
from frames import Flow, Timeline, datagram, scapy_version
from network import RESOLVER, RESOLVER6, Network, client6

CLIENT, SERVER = "10.20.1.11", "203.0.113.10"
UPDATE, FORTINET = "update.fortiguard.net", "fortinet/update.fortiguard.net"
NAMES = {UPDATE: [SERVER], "www.example.com": ["192.0.2.104", "2001:db8:104::1"]}


def libc():
    return "getent of glibc " + version_of("getent", "--version", pattern=r"[0-9]+\.[0-9]+(?=\n)")


def looked_up(c, server=RESOLVER, port=53, client=CLIENT):
    c.alert("opened", "info", FORTINET, UPDATE, client, server, port)


def wire(name, kind="A", identity=0x1000, **options):
    message = dns.message.make_query(name, kind, **options)
    message.id = identity
    return message


def answer(query, *records):
    """The response with records such as `www.example.com. 60 IN A 192.0.2.1`."""
    response = dns.message.make_response(query)
    for record in records:
        name, ttl, _, kind, *data = record.split()
        response.answer.append(dns.rrset.from_text(name, int(ttl), "IN", kind, " ".join(data)))
    return response


def exchange(timeline, query, response, client=CLIENT, server=RESOLVER, sport=40001, port=53):
    """One datagram each way; either may be bytes or missing."""
    for message, source, destination, ports in ((query, client, server, (sport, port)), (response, server, client, (port, sport))):
        if message is not None:
            data = message if isinstance(message, bytes) else message.to_wire()
            datagram(timeline, source, destination, *ports, data)


def dnspython():
    return "dnspython " + dns.version.version


@case("dns-a-and-aaaa", "glibc asks for A and AAAA in one go, over IPv4 and over IPv6. Two queries each, and the addresses of both answers.")
def a_and_aaaa(c):
    clients = [CLIENT, "10.20.2.7"]
    with Network(c, clients=clients, names=NAMES) as network:
        network.lookup(CLIENT, "www.example.com")
        network.lookup(CLIENT, UPDATE)
        network.resolv_conf("10.20.2.7", RESOLVER6)
        network.lookup("10.20.2.7", "www.example.com", resolver=RESOLVER6)
    looked_up(c)
    c.made_with(libc())


@case("dns-cname-chain", """
    A name with two aliases on the way to its addresses: the addresses belong to the name that was asked. A vendor's name
    at the end of the chain of an innocent one was never asked for, and a vendor's name that is asked for leads to a shared
    delivery network.
""")
def cname_chain(c):
    names = {"edge.cdn.example.net": ["192.0.2.140", "2001:db8:140::1"]}
    aliases = {"www.example.com": "www.example.com.cdn.example.net", "www.example.com.cdn.example.net": "edge.cdn.example.net",
               UPDATE: "edge.cdn.example.net"}
    with Network(c, names=names, aliases=aliases) as network:
        network.lookup(CLIENT, "www.example.com")
        network.lookup(CLIENT, UPDATE)
    looked_up(c)
    c.made_with(libc())


@case("dns-mixed-case", "A client that plays dice with the case of letters (0x20) asks three times with other letters: one name, in lower case, three queries.")
def mixed_case(c):
    timeline = Timeline()
    for number, name in enumerate(("UpDaTe.fOrTiGuArD.nEt.", "update.FORTIGUARD.net.", "uPDATE.fortiguard.NET.")):
        query = wire(name, identity=0x2000 + number)
        exchange(timeline, query, answer(query, f"{name} 60 IN A {SERVER}"), sport=40001 + number)
    timeline.write(c.capture)
    c.dns(UPDATE, CLIENT, RESOLVER, 3, [SERVER])
    looked_up(c)
    c.made_with(dnspython(), scapy_version())


@case("dns-compressed-names", "Answers with pointers to pointers: an alias that shares its end with the question, and the address record's owner that points into the alias.")
def compressed(c):
    timeline = Timeline()
    question = b"\x03www\x07example\x03com\x00"  # at 12; example.com at 16, com at 24
    header = bytes.fromhex("300081800001000200000000")
    alias = b"\xc0\x0c\x00\x05\x00\x01\x00\x00\x00\x3c\x00\x07\x04edge\xc0\x10"  # edge.example.com; its data is at 45
    address = b"\xc0\x2d\x00\x01\x00\x01\x00\x00\x00\x3c\x00\x04" + bytes([192, 0, 2, 141])
    message = header + question + b"\x00\x01\x00\x01" + alias + address
    assert str(dns.message.from_wire(message).answer[1].name) == "edge.example.com."
    exchange(timeline, wire("www.example.com", identity=0x3000), message)
    timeline.write(c.capture)
    c.dns("www.example.com", CLIENT, RESOLVER, 1, ["192.0.2.141"])
    c.made_with(dnspython(), scapy_version())


@case("dns-pointers-that-loop", "Three answers whose first record's owner is a pointer to itself, one of two that point at each other, or one beyond the message. The queries count; no address is taken from such an answer.")
def loops(c):
    timeline = Timeline()
    question = b"\x03www\x07example\x03com\x00\x00\x01\x00\x01"  # 12 to 32
    tail = b"\x00\x01\x00\x01\x00\x00\x00\x3c\x00\x04" + bytes([192, 0, 2, 142])
    for number, owner in enumerate((b"\xc0\x21", b"\xc0\x23\xc0\x21", b"\xff\xff")):
        message = bytes([0x31, number]) + bytes.fromhex("81800001000100000000") + question + owner + tail
        exchange(timeline, wire("www.example.com", identity=0x3100 + number), message, sport=40001 + number)
    timeline.write(c.capture)
    c.dns("www.example.com", CLIENT, RESOLVER, 3)
    c.made_with(dnspython(), scapy_version())


@case("dns-names-with-odd-bytes", """
    Names that no host has: a control byte, a space, bytes above 127 (an unencoded 飞塔), a backslash and a quotation mark.
    Output escapes everything but printable ASCII, and the backslash, as `\\DDD` in decimal (RFC 1035, section 5.1).
""")
def odd_bytes(c):
    timeline = Timeline()
    labels = {b"one\x01byte": "one\\001byte", b"a space": "a\\032space", "飞塔".encode(): "\\233\\163\\158\\229\\161\\148",
              b"back\\slash": "back\\092slash", b"quo\"te": "quo\"te", b"_sip": "_sip"}
    for number, (label, shown) in enumerate(labels.items()):
        name = dns.name.Name([label, b"example", b"com", b""])
        exchange(timeline, wire(name, identity=0x3200 + number), None, sport=40001 + number)
        c.dns(f"{shown}.example.com", CLIENT, RESOLVER, 1)
    timeline.write(c.capture)
    c.tshark_differs("it escapes in another way.", *[("dns", f"{shown}.example.com", 1) for shown in (
        "one\\001byte", "a space", "飞塔", "back\\slash", 'quo"te', "_sip")])
    c.made_with(dnspython(), scapy_version())


@case("dns-query-for-the-root", "A resolver primes itself: the query for the name servers of the root names nobody.")
def root(c):
    timeline = Timeline()
    query = wire(".", "NS", identity=0x3300)
    exchange(timeline, query, answer(query, ". 60 IN NS a.root-servers.net."))
    timeline.write(c.capture)
    c.no_alerts()
    c.made_with(dnspython(), scapy_version())


@case("dns-response-without-its-query", "The sensor sees only what comes back: a response counts for the host that it goes to where its query was not seen.")
def one_way(c):
    with Network(c, names=NAMES, filter="udp src port 53") as network:
        network.lookup(CLIENT, UPDATE)
    looked_up(c)
    c.made_with(libc())


@case("dns-on-odd-ports", "dnsmasq answers on port 8053, and another one on port 5353 at an ordinary address, which is not multicast DNS.")
def odd_ports(c):
    with Network(c, names=NAMES, dns_port=8053) as network:
        network.start_dnsmasq(network.server, network.records(), 5353)
        for port in (8053, 5353):
            network.python(CLIENT, f"""
import dns.message, dns.query
dns.query.udp(dns.message.make_query("{UPDATE}", "A"), "{RESOLVER}", port={port}, timeout=3)""")
            c.dns(UPDATE, CLIENT, RESOLVER, 1, [SERVER], port=port)
    looked_up(c, port=8053)
    c.decode_as = ["udp.port==8053,dns", "udp.port==5353,dns"]
    c.made_with(dnspython())


@case("not-dns-on-port-53", """
    What is not DNS, though it goes to port 53: an enciphered rating query as an appliance sends it (random bytes), a text,
    two bytes, nothing at all, and a TLS connection that evades a filter. Only the last holds a name.
""")
def not_dns(c):
    timeline = Timeline()
    noise = random.Random(53)
    for number, data in enumerate((noise.randbytes(180), noise.randbytes(64), b"GET / HTTP/1.1\r\nHost: www.example.com\r\n\r\n", b"\x00\x01", b"")):
        datagram(timeline, CLIENT, "203.0.113.12", 40001 + number, 53, data)
    message = frames.hello(UPDATE)
    Flow(timeline, dport=53).open().data(0, message).close(len(message))
    timeline.write(c.capture)
    c.tls(UPDATE, CLIENT, SERVER, port=53)
    c.alert("opened", "notice", FORTINET, UPDATE, CLIENT, SERVER, 53)
    c.decode_as = ["tcp.port==53,tls", "udp.port==53,data"]
    c.made_with(scapy_version(), frames.openssl_of_python())


@case("dns-with-edns-options", "Queries with EDNS: a client subnet, a cookie, padding to 128 bytes, and a bufsize; and dnsmasq's answers.")
def edns(c):
    with Network(c, names=NAMES) as network:
        network.python(CLIENT, f"""
import dns.edns, dns.message, dns.query
options = [dns.edns.ECSOption("10.20.0.0", 16), dns.edns.GenericOption(dns.edns.COOKIE, bytes(range(8)))]
query = dns.message.make_query("{UPDATE}", "A", use_edns=0, payload=1232, options=options, pad=128, want_dnssec=True)
dns.query.udp(query, "{RESOLVER}", timeout=3)""")
        c.dns(UPDATE, CLIENT, RESOLVER, 1, [SERVER])
    looked_up(c)
    c.made_with(dnspython())


@case("dns-with-several-questions", "One query with three questions, which no resolver answers. Each name was looked up.")
def several_questions(c):
    timeline = Timeline()
    names = ["www.example.com", UPDATE, "mail.example.net"]
    message = bytes.fromhex("340001000003000000000000")
    for name in names:
        message += dns.name.from_text(name).to_wire() + b"\x00\x01\x00\x01"
    exchange(timeline, message, None)
    timeline.write(c.capture)
    for name in names:
        c.dns(name, CLIENT, RESOLVER, 1)
    looked_up(c)
    c.made_with(dnspython(), scapy_version())


@case("dns-truncated-then-over-tcp", "An answer of 40 addresses does not fit into a datagram: truncated over UDP, then the whole over TCP (dnspython against dnsmasq).")
def truncated(c):
    many = [f"198.51.100.{n}" for n in range(1, 41)]
    with Network(c, dnsmasq=[f"--host-record=many.example.com,{a}" for a in many]) as network:
        network.python(CLIENT, f"""
import dns.message, dns.query
dns.query.udp_with_fallback(dns.message.make_query("many.example.com", "A", use_edns=False), "{RESOLVER}", timeout=3)""")
    c.dns("many.example.com", CLIENT, RESOLVER, 1, None)  # as many as dnsmasq finds room for
    c.dns("many.example.com", CLIENT, RESOLVER, 1, many, transport="tcp")
    c.made_with(dnspython())


@case("dns-over-tcp-in-pieces", "DNS over TCP: a length prefix in a segment of its own, one split into its two bytes, a message cut in its name, and three messages in one segment.")
def tcp_pieces(c):
    timeline = Timeline()

    def framed(name, number):
        data = wire(name, identity=0x3500 + number).to_wire()
        return len(data).to_bytes(2, "big") + data

    one, two, three = (framed(f"{word}.example.com", n) for n, word in enumerate(("prefix", "half-a-prefix", "name")))
    batch = b"".join(framed(f"{word}.example.net", 10 + n) for n, word in enumerate(("first", "second", "third")))
    for port, pieces in enumerate(([one[:2], one[2:]], [two[:1], two[1:2], two[2:]], [three[:20], three[20:]], [batch])):
        flow = Flow(timeline, server=RESOLVER, dport=53, sport=40001 + port).open()
        position = 0
        for piece in pieces:
            flow.data(position, piece)
            position += len(piece)
        flow.close(position)
    timeline.write(c.capture)
    for name in ("prefix.example.com", "half-a-prefix.example.com", "name.example.com", "first.example.net", "second.example.net", "third.example.net"):
        c.dns(name, CLIENT, RESOLVER, 1, transport="tcp")
    c.made_with(dnspython(), scapy_version())


@case("dns-names-that-do-not-exist", "The answers NXDOMAIN, and no address of a type: the look-up of a vendor's name is a fact all the same.")
def nxdomain(c):
    with Network(c, names={"www.example.com": ["192.0.2.104"]}) as network:
        network.lookup(CLIENT, UPDATE, "v4")
        network.python(CLIENT, """
import socket
try: socket.getaddrinfo("www.example.com", 443, socket.AF_INET6)
except socket.gaierror: pass""")
        network.tell_lookup(CLIENT, "www.example.com", "v6")
    looked_up(c)
    c.made_with(libc())
