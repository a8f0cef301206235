"""One morning's look-up and connection behind every link layer and encapsulation.

The frames are real, from one capture of a client that looks a vendor's name up and opens it over IPv4, and over IPv6;
each case rewrites their headers and leaves the rest alone.
"""

import functools
import gzip
import pathlib
import struct
import subprocess
import tempfile
import zlib

from scapy.layers.inet import IP, TCP, UDP, IPOption_NOP, IPOption_Router_Alert, IPOption_Timestamp
from scapy.layers.inet6 import IPv6, IPv6ExtHdrDestOpt, IPv6ExtHdrHopByHop, PadN, RouterAlert
from scapy.layers.l2 import Ether
from scapy.packet import Raw

import frames
from case import case, version_of
from network import RESOLVER, RESOLVER6, Network

CLIENT, SERVER = "10.20.1.11", "203.0.113.10"
CLIENT6, SERVER6 = "fd20::1:11", "2001:db8:10::10"
UPDATE, FORTINET = "update.fortiguard.net", "fortinet/update.fortiguard.net"
NAMES = {UPDATE: [SERVER], "www.example.com": ["192.0.2.104", SERVER6]}


class Scene:
    """Stands in for a case where only the frames are wanted."""

    def __init__(self, folder):
        self.capture, self.rows = folder / "capture.pcap", []
        self.versions = []

    def made_with(self, *versions):
        self.versions += [v for v in versions if v not in self.versions]

    def dns(self, *arguments, **options):
        self.rows.append(("dns", arguments, options))

    def tls(self, *arguments, **options):
        self.rows.append(("tls", arguments, options))


@functools.cache
def scene():
    """(time, frame) of the real capture, what was told, and by which programs."""
    with tempfile.TemporaryDirectory() as folder:
        stage = Scene(pathlib.Path(folder))
        with Network(stage, names=NAMES) as network:
            act(network)
        curl(stage)
        return frames.read_raw(stage.capture), stage.rows, stage.versions


def act(network):
    network.curl(CLIENT, UPDATE)
    network.resolv_conf(CLIENT, RESOLVER6)
    network.curl(CLIENT, "www.example.com", family="v6", resolver=RESOLVER6)


def curl(c):
    c.made_with("curl " + version_of("curl", "--version"), "OpenSSL " + version_of("openssl", "version"))


def expect(c, v4=True, v6=True):
    _, rows, versions = scene()
    for method, arguments, options in rows:
        if v6 if ":" in arguments[1] else v4:
            getattr(c, method)(*arguments, **options)
    if v4:
        c.alert("opened", "info", FORTINET, UPDATE, CLIENT, RESOLVER, 53)
        c.alert("opened", "notice", FORTINET, UPDATE, CLIENT, SERVER, 443)
    else:
        c.no_alerts()
    c.made_with(*versions)


def rewritten(c, change, v4=True, v6=True, **options):
    """Each frame of the scene as `change` makes it; None leaves it out."""
    expect(c, v4, v6)
    changed = [(time, change(frame)) for time, frame in scene()[0]]
    frames.write_raw(c.capture, [(time, frame) for time, frame in changed if frame is not None], **options)


def is_v4(frame):
    return frame[12:14] == b"\x08\x00"


def tagged(*tags):
    return lambda frame: frame[:12] + b"".join(struct.pack("!HH", *tag) for tag in tags) + frame[12:]


@case("tagged-by-1q", "802.1Q: VLAN 20, priority 3.")
def one_tag(c):
    rewritten(c, tagged((0x8100, 3 << 13 | 20)))


@case("tagged-by-1ad-and-1q", "802.1ad with a customer's 802.1Q inside (QinQ): VLAN 30 around VLAN 20.")
def two_tags(c):
    rewritten(c, tagged((0x88A8, 30), (0x8100, 20)))


@case("tagged-three-times", "Three tags, the first with the old EtherType 0x9100 of QinQ.")
def three_tags(c):
    rewritten(c, tagged((0x9100, 40), (0x88A8, 30), (0x8100, 20)))


@case("linux-cooked-v1", "`tcpdump -i any -y LINUX_SLL` on the client.")
def cooked_v1(c):
    cooked(c, ["-i", "any", "-y", "LINUX_SLL"], CLIENT)


@case("linux-cooked-v2", "`tcpdump -i any` on the client: Linux cooked capture version 2, with the interface in each header.")
def cooked_v2(c):
    cooked(c, ["-i", "any", "-y", "LINUX_SLL2"], CLIENT)


@case("one-packet-on-three-interfaces-counts-once", "`tcpdump -i any` on the gateway: each packet is seen on the client's bridge port, on the bridge and on the outside. A query counts once.")
def three_interfaces(c):
    cooked(c, ["-i", "any", "-y", "LINUX_SLL2"], None)
    c.tshark_differs("it counts each copy of a query.", ("dns", UPDATE, 3), ("tls-sni", UPDATE, 1),
                     ("dns", "www.example.com", 6), ("tls-sni", "www.example.com", 1))


def cooked(c, options, seen_by):
    with Network(c, names=NAMES, tcpdump=options, seen_by=seen_by) as network:
        act(network)
    c.rows.clear()
    curl(c)
    expect(c)


@case("raw-ip", "No link layer: IPv4 and IPv6 packets tell themselves apart (link type RAW, 101), as on a tunnel interface.")
def raw(c):
    rewritten(c, lambda f: f[14:], link=101)


@case("bsd-loopback", "BSD loopback (link type NULL, 0): the address family in the byte order of the machine that captured; AF_INET6 is 24, 28 or 30, as its system has it.")
def bsd_loopback(c):
    families = iter([24, 28, 30] * 200)
    rewritten(c, lambda f: struct.pack("<I", 2 if is_v4(f) else next(families)) + f[14:], link=0)


@case("openbsd-loopback", "OpenBSD loopback (link type LOOP, 108): the address family in network byte order.")
def openbsd_loopback(c):
    rewritten(c, lambda f: struct.pack("!I", 2 if is_v4(f) else 24) + f[14:], link=108)


# ------------------------------------------------------------------------------------------- links and tunnels

OUTER, OUTER6 = ("192.0.2.1", "192.0.2.2"), ("2001:db8:ffff::1", "2001:db8:ffff::2")


def between(number, payload, outer=OUTER):
    """An Ethernet frame around an IP packet of that protocol between the ends of a tunnel."""
    if ":" in outer[0]:
        packet = IPv6(src=outer[0], dst=outer[1], nh=number, hlim=64) / Raw(payload)
    else:
        packet = IP(src=outer[0], dst=outer[1], proto=number, id=0, flags="DF") / Raw(payload)
    return bytes(Ether(src=frames.CLIENT_MAC, dst=frames.GATEWAY_MAC) / packet)


def in_udp(port, payload, outer=OUTER, source=50000):
    return between(17, struct.pack("!HHHH", source, port, len(payload) + 8, 0) + payload, outer)


def number_of(frame, v4, v6):
    return v4 if is_v4(frame) else v6


def tunnelled(c, change, **options):
    rewritten(c, change, **options)
    c.made_with(frames.scapy_version())


def in_network(c, number):
    for row in c.rows.values():
        row["tunnel"] = {"client": OUTER[0], "server": OUTER[1], "vni": number}
    for alert in c.alerts or ():
        alert |= {"seaward.tunnel.source_ip": OUTER[0], "seaward.tunnel.vni": number}


def ppp(frame):
    return struct.pack("!H", number_of(frame, 0x0021, 0x0057)) + frame[14:]


def ethernet_type(frame):
    return frame[12:14]


@case("pppoe-under-two-tags", "A PPPoE session (RFC 2516) under 802.1ad and 802.1Q, as on a provider's access line.")
def pppoe(c):
    def change(frame):
        inner = ppp(frame)
        return frame[:12] + struct.pack("!HHHH", 0x88A8, 30, 0x8100, 20) + struct.pack("!HBBHH", 0x8864, 0x11, 0, 7, len(inner)) + inner

    rewritten(c, change)


@case("ppp-with-and-without-address-and-control", "PPP (link type 9): every other frame without address and control, and with its protocol in one byte.")
def ppp_link(c):
    short = iter([True, False] * 400)
    rewritten(c, lambda f: ppp(f)[1:] if next(short) else b"\xff\x03" + ppp(f), link=9)


@case("cisco-hdlc", "Cisco HDLC on a serial line (link type 104).")
def chdlc(c):
    rewritten(c, lambda f: b"\x0f\0" + f[12:], link=104)


@case("frame-relay", "Frame Relay (link type 107) with the identifiers of RFC 2427.")
def frame_relay(c):
    rewritten(c, lambda f: b"\x18\x41\x03" + bytes([number_of(f, 0xCC, 0x8E)]) + f[14:], link=107)


@case("wlan-with-radiotap", "IEEE 802.11 with radiotap (link type 127): data with quality of service on its way to the access point, with LLC and SNAP in front of IP.")
def radiotap(c):
    def change(frame):
        header = b"\0\0\x09\0\x02\0\0\0\0"
        return header + b"\x88\x01\0\0" + frame[:6] + frame[6:12] + frame[:6] + b"\x10\0\0\0" + b"\xaa\xaa\x03\0\0\0" + frame[12:]

    rewritten(c, change, link=127)


@case("mpls-stack-of-three-labels", "Three labels in front of IP, which only the packet's first bits tell.")
def mpls(c):
    labels = b"".join(struct.pack("!I", (100 + n) << 12 | (n == 2) << 8 | 64) for n in range(3))
    rewritten(c, lambda f: f[:12] + b"\x88\x47" + labels + f[14:])


@case("gre-with-key-and-sequence", "GRE (RFC 2890) with checksum, key and sequence number, over IPv4 and over IPv6.")
def gre(c):
    outers = iter([OUTER, OUTER6] * 400)
    tunnelled(c, lambda f: between(47, b"\xb0\0" + ethernet_type(f) + bytes(12) + f[14:], next(outers)))


@case("erspan-type-two", "A switch mirrors to a remote sensor: ERSPAN type II inside GRE.")
def erspan(c):
    tunnelled(c, lambda f: between(47, b"\x10\0\x88\xbe\0\0\0\x01" + b"\x10\x14\0\x01\0\0\0\0" + f))


@case("vxlan-in-vxlan", "VXLAN in VXLAN: two overlays, one upon the other.")
def vxlan(c):
    def wrap(frame):
        return in_udp(4789, b"\x08\0\0\0\0\0\x2a\0" + frame)

    tunnelled(c, lambda f: wrap(wrap(f)))
    in_network(c, 42)


@case("geneve-with-options", "GENEVE with an option of eight bytes, around Ethernet.")
def geneve(c):
    tunnelled(c, lambda f: in_udp(6081, b"\x02\0\x65\x58\0\0\x2a\0" + b"\x01\x02\x80\x01\0\0\0\x07" + f))
    in_network(c, 42)


@case("ip-in-ip-of-both-versions", "4in4, 4in6, 6in4 and 6in6.")
def ip_in_ip(c):
    outers = iter([OUTER, OUTER6] * 400)
    tunnelled(c, lambda f: between(number_of(f, 4, 41), f[14:], next(outers)))


@case("gtp-u-with-an-extension", "The user plane of a mobile network: GTP-U with the extension header of a 5G session.")
def gtp(c):
    def change(frame):
        packet = frame[14:]
        return in_udp(2152, struct.pack("!BBHI", 0x34, 0xFF, len(packet) + 8, 77) + b"\0\0\0\x85" + b"\x01\x10\x09\0" + packet, source=2152)

    tunnelled(c, change)


@case("l2tp-with-ppp", "L2TP version 2 (RFC 2661) with PPP inside, as a VPN without IPsec or a provider's wholesale line sends it.")
def l2tp(c):
    def change(frame):
        inner = b"\xff\x03" + ppp(frame)
        return in_udp(1701, struct.pack("!HHHH", 0x4002, len(inner) + 8, 5, 6) + inner, source=1701)

    tunnelled(c, change)


def fragments(frame, size, reverse=False):
    """The frame in fragments of that many bytes."""
    packet = Ether(frame)
    if IPv6 in packet:
        body = bytes(packet[IPv6].payload)
        kind, head = packet[IPv6].nh, lambda data, start, more: bytes(
            Ether(src=packet.src, dst=packet.dst)
            / IPv6(src=packet[IPv6].src, dst=packet[IPv6].dst, nh=44)
            / Raw(struct.pack("!BBHI", kind, 0, start | more, zlib.crc32(body)) + data))
    else:
        body = bytes(packet[IP].payload)[:packet[IP].len - 20]
        kind, head = packet[IP].proto, lambda data, start, more: bytes(
            Ether(src=packet.src, dst=packet.dst)
            / IP(src=packet[IP].src, dst=packet[IP].dst, proto=kind, id=zlib.crc32(body) & 0xFFFF, frag=start // 8, flags=more)
            / Raw(data))
    pieces = [head(body[start:start + size], start, int(start + size < len(body))) for start in range(0, len(body), size)]
    return pieces[::-1] if reverse else pieces


def cut_into_fragments(c, size, reverse):
    expect(c)
    times = []
    for time, frame in scene()[0]:
        times += [(time + number / 10**6, piece) for number, piece in enumerate(fragments(frame, size, reverse))]
    frames.write_raw(c.capture, times, nanoseconds=True)
    c.made_with(frames.scapy_version())


@case("ip-fragments-of-forty-bytes", "Every packet of IPv4 and IPv6 in fragments of 40 bytes.")
def small_fragments(c):
    cut_into_fragments(c, 40, False)


@case("ip-fragments-last-one-first", "Fragments of 64 bytes; the last of each datagram comes first.")
def late_fragments(c):
    cut_into_fragments(c, 64, True)


@case("packed-with-gzip", "A capture that gzip packed, whatever it is called.")
def gzipped(c):
    rewritten(c, lambda f: f)
    c.capture.write_bytes(gzip.compress(c.capture.read_bytes(), mtime=0))


@case("packed-with-zstd", "A capture that zstd packed, whatever it is called.")
def zstandard(c):
    rewritten(c, lambda f: f)
    packed = subprocess.run(["zstd", "-qc", str(c.capture)], check=True, capture_output=True).stdout
    c.capture.write_bytes(packed)
    c.made_with("zstd " + version_of("zstd", "--version"))


@case("pcapng-with-several-link-types", "Ethernet and raw IP in one pcapng, with clocks of microseconds and nanoseconds, as `tshark -i eth0 -i tun0` writes it (mergecap). libpcap does not read such a file.")
def several_links(c):
    plain, raw = c.folder / "plain.pcap", c.folder / "raw.pcap"
    expect(c)
    frames.write_raw(plain, [(t, f) for t, f in scene()[0] if is_v4(f)])
    frames.write_raw(raw, [(t, f[14:]) for t, f in scene()[0] if not is_v4(f)], link=101, nanoseconds=True)
    subprocess.run(["mergecap", "-F", "pcapng", "-w", str(c.capture.with_suffix(".pcapng")), str(plain), str(raw)],
                   check=True, capture_output=True)
    plain.unlink()
    raw.unlink()
    c.made_with("mergecap of Wireshark")


@case("ipv4-options", "IPv4 with options: a router alert, a timestamp and no-operations in front of UDP and TCP.")
def ipv4_options(c):
    def change(frame):
        if not is_v4(frame):
            return None
        packet = Ether(frame)
        packet[IP].options = [IPOption_Router_Alert(), IPOption_Timestamp(flg=0, timestamp=0), IPOption_NOP(), IPOption_NOP()]
        for field in ("ihl", "len", "chksum"):
            delattr(packet[IP], field)
        return bytes(packet)

    rewritten(c, change, v6=False)
    c.made_with(frames.scapy_version())


@case("ipv6-extension-headers-before-tcp", "IPv6 with a hop-by-hop header (router alert) and destination options in front of UDP and TCP.")
def ipv6_options(c):
    def change(frame):
        if is_v4(frame):
            return None
        packet = Ether(frame)
        inner = packet[IPv6].payload
        outer = packet[IPv6].copy()
        outer.remove_payload()
        del outer.plen, outer.nh
        extended = outer / IPv6ExtHdrHopByHop(options=[RouterAlert()]) / IPv6ExtHdrDestOpt(options=[PadN(optdata=b"\0" * 12)]) / inner
        return bytes(Ether(src=packet.src, dst=packet.dst) / extended)

    rewritten(c, change, v4=False)
    c.made_with(frames.scapy_version())


@case("padding-behind-short-packets", "Frames padded to Ethernet's 60 bytes with bytes that are not zero. The hello comes in pieces of five bytes and fewer, which the padding follows: it is no part of the stream.")
def padding(c):
    timeline = frames.Timeline()
    message = frames.hello(UPDATE)
    start = message.index(UPDATE.encode())
    flow = frames.Flow(timeline).open()
    flow.data(0, message[:start])
    for position in range(start, start + 25, 5):
        flow.data(position, message[position:position + 5])
    flow.data(start + 25, message[start + 25:])
    flow.close(len(message))
    frames.write_raw(c.capture, [(time, frame + b"padding!"[: max(0, 60 - len(frame))]) for time, frame in timeline.frames])
    c.tls(UPDATE, CLIENT, SERVER)
    c.alert("opened", "notice", FORTINET, UPDATE, CLIENT, SERVER, 443)
    c.made_with(frames.openssl_of_python() + " (the hello)", frames.scapy_version())


@case("ip-length-of-zero", "Segmentation offload: the sending host captures packets whose IP total length is still 0. The packet is as long as the frame.")
def zero_length(c):
    rewritten(c, lambda f: f[:16] + b"\0\0" + f[18:] if is_v4(f) and f[23] == 6 and len(f) > 200 else f)


@case("wrong-checksums", "Checksum offload: every checksum of IP, TCP and UDP is wrong, as on the sending gateway itself.")
def checksums(c):
    def change(frame):
        packet = Ether(frame)
        if IP in packet:
            packet[IP].chksum ^= 0x5555
        layer = packet[TCP] if TCP in packet else packet[UDP]
        layer.chksum ^= 0x5555
        return bytes(packet)

    rewritten(c, change)
    c.made_with(frames.scapy_version())


@case("pcap-in-big-endian", "The file of a machine with the other byte order.")
def big_endian(c):
    rewritten(c, lambda f: f, order=">")


@case("pcap-with-nanoseconds", "The magic number that says: nanoseconds (`tcpdump --time-stamp-precision=nano`).")
def nanoseconds(c):
    rewritten(c, lambda f: f, nanoseconds=True)


@case("pcapng-with-nanoseconds", "pcapng with an interface description that sets a resolution of nanoseconds (editcap).")
def pcapng(c):
    rewritten(c, lambda f: f, nanoseconds=True)
    target = c.capture.with_suffix(".pcapng")
    subprocess.run(["editcap", "-F", "pcapng", str(c.capture), str(target)], check=True, capture_output=True)
    c.capture.unlink()
    c.made_with("editcap of Wireshark")


@case("a-file-cut-in-the-middle-of-a-packet", "A capture whose last packet was not written to its end. What it holds counts, and the reader says that it was cut.")
def cut_file(c):
    rewritten(c, lambda f: f, cut=30)
