"""One morning's look-up and connection behind every link layer and encapsulation.

The frames are real, from one capture of a client that looks a vendor's name up and opens it over IPv4, and over IPv6;
each case rewrites their headers and leaves the rest alone.
"""

import functools
import pathlib
import struct
import subprocess
import tempfile

from scapy.layers.inet import IP, TCP, UDP, IPOption_NOP, IPOption_Router_Alert, IPOption_Timestamp
from scapy.layers.inet6 import IPv6, IPv6ExtHdrDestOpt, IPv6ExtHdrHopByHop, PadN, RouterAlert
from scapy.layers.l2 import Ether

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
