"""Frames that no program would send: built with scapy, or real ones rewritten."""

import ssl
import struct

import scapy
from scapy.layers.inet import IP, TCP, UDP
from scapy.layers.inet6 import IPv6
from scapy.layers.l2 import Ether
from scapy.packet import Raw
from scapy.utils import RawPcapReader, rdpcap

START = 1772412600  # 2026-03-02 00:50:00 UTC, 08:50 in Shanghai
ETHERNET = 1
CLIENT_MAC, GATEWAY_MAC = "02:00:0a:14:01:0b", "02:00:0a:14:00:01"


def scapy_version():
    return "scapy " + scapy.__version__


def hello(name, alpn=("h2", "http/1.1")):
    """A ClientHello in one TLS record, made by the OpenSSL of this Python."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_alpn_protocols(list(alpn))
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    try:
        context.wrap_bio(incoming, outgoing, server_hostname=name).do_handshake()
    except ssl.SSLWantReadError:
        return outgoing.read()


def openssl_of_python():
    return "OpenSSL " + ssl.OPENSSL_VERSION.split()[1]


def records(message, *sizes):
    """The handshake message of one record, cut into records: as many bytes in each as `sizes` says, the rest in the last."""
    head, body = message[:3], message[5:]
    pieces, start = [], 0
    for size in [*sizes, len(body)]:
        if start < len(body):
            pieces.append(body[start:start + size])
            start += size
    return b"".join(head + struct.pack("!H", len(piece)) + piece for piece in pieces)


class Timeline:
    """Frames, one millisecond apart."""

    def __init__(self):
        self.frames = []

    def add(self, packet):
        self.frames.append((START + len(self.frames) / 1000, bytes(packet)))

    def pause(self, milliseconds=50):
        """Nothing of its own: flows are told apart by their ports."""

    def write(self, path, **options):
        write_raw(path, self.frames, **options)


class Flow:
    """One TCP connection; positions count from the first byte that the client sends."""

    def __init__(self, timeline, client="10.20.1.11", server="203.0.113.10", sport=40000, dport=443, isn=1000, server_isn=9000):
        self.timeline, self.isn, self.server_isn = timeline, isn, server_isn
        self.client, self.server, self.sport, self.dport = client, server, sport, dport

    def network(self, source, destination):
        return IPv6(src=source, dst=destination) if ":" in source else IP(src=source, dst=destination)

    def from_client(self, flags, position=None, data=b"", acknowledged=0, **fields):
        sequence = (self.isn if position is None else self.isn + 1 + position) % 2**32
        acknowledge = 0 if flags == "S" else (self.server_isn + 1 + acknowledged) % 2**32
        self.timeline.add(
            Ether(src=CLIENT_MAC, dst=GATEWAY_MAC) / self.network(self.client, self.server)
            / TCP(sport=self.sport, dport=self.dport, flags=flags, seq=sequence, ack=acknowledge, **fields) / Raw(data))

    def from_server(self, flags, acknowledged=0, data=b"", position=None):
        sequence = (self.server_isn if position is None else self.server_isn + 1 + position) % 2**32
        self.timeline.add(
            Ether(src=GATEWAY_MAC, dst=CLIENT_MAC) / self.network(self.server, self.client)
            / TCP(sport=self.dport, dport=self.sport, flags=flags, seq=sequence,
                  ack=(self.isn + 1 + acknowledged) % 2**32) / Raw(data))

    def open(self):
        self.from_client("S")
        self.from_server("SA")
        self.from_client("A", 0)
        return self

    def data(self, position, data):
        self.from_client("PA", position, data)
        return self

    def close(self, sent=0):
        self.from_server("A", sent)
        self.from_client("FA", sent)
        self.from_server("FA", sent + 1, position=0)
        self.from_client("A", sent + 1, acknowledged=1)
        return self


def datagram(timeline, source, destination, sport, dport, data):
    internet = IPv6(src=source, dst=destination) if ":" in source else IP(src=source, dst=destination)
    timeline.add(Ether(src=CLIENT_MAC, dst=GATEWAY_MAC) / internet / UDP(sport=sport, dport=dport) / Raw(data))


def read(path):
    return list(rdpcap(str(path)))


def payload(packet, to_port):
    """What a frame carries towards a TCP port; Ethernet padding is not part of it."""
    if TCP not in packet or packet[TCP].dport != to_port:
        return b""
    internet = packet[IP] if IP in packet else packet[IPv6]
    size = (internet.len - internet.ihl * 4 if IP in packet else internet.plen) - packet[TCP].dataofs * 4
    return bytes(packet[TCP].payload)[:size]


def write(path, packets):
    write_raw(path, [(float(packet.time), bytes(packet)) for packet in packets])


def retime(path, marks):
    """Moves the frames behind each (moment, second) of `marks` to that second after `START`."""

    def moved(time):
        moment, second = max((mark for mark in marks if mark[0] <= time), default=marks[0])
        return START + second + time - moment

    write_raw(path, [(moved(time), frame) for time, frame in read_raw(path)])


def read_raw(path):
    """(time, bytes) of each frame of a capture."""
    return [(meta.sec + meta.usec / 1e6, data) for data, meta in RawPcapReader(str(path))]


def write_raw(path, frames, link=ETHERNET, order="<", nanoseconds=False, snap=262144, cut=None):
    """A classic pcap file: byte order, resolution and link type as asked. `cut` drops that many bytes at its end."""
    unit = 10**9 if nanoseconds else 10**6
    data = struct.pack(order + "IHHiIII", 0xA1B23C4D if nanoseconds else 0xA1B2C3D4, 2, 4, 0, 0, snap, link)
    for time, frame in frames:
        ticks = round(time * unit)
        kept = frame[:snap]
        data += struct.pack(order + "IIII", ticks // unit, ticks % unit, len(kept), len(frame)) + kept
    path.write_bytes(data[:-cut] if cut else data)
