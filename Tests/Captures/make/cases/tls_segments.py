"""The hello in pieces: over segments and records, early, late, twice, and with other bytes."""

import itertools

import frames
from case import case, version_of
from frames import Flow, Timeline, hello, openssl_of_python, records, scapy_version
from network import Network

CLIENT, SERVER = "10.20.1.11", "203.0.113.10"
UPDATE, FORTINET = "update.fortiguard.net", "fortinet/update.fortiguard.net"


class Bench:
    """Flows in one capture, each with a client port of its own."""

    def __init__(self, c):
        self.c, self.timeline, self.ports = c, Timeline(), itertools.count(40001)
        c.made_with(openssl_of_python() + " (the hello)", scapy_version())

    def flow(self, **options):
        return Flow(self.timeline, sport=next(self.ports), **options)

    def done(self, *names, **options):
        for name in names:
            self.c.tls(name, CLIENT, SERVER)
        self.timeline.write(self.c.capture, **options)


def cut(message, *positions):
    """(position, bytes) of each piece between the cuts."""
    edges = [0, *positions, len(message)]
    return [(a, message[a:b]) for a, b in zip(edges, edges[1:])]


def thirds_through(message, name):
    """Three pieces; the first cut lies in the middle of the name."""
    middle = message.index(name.encode()) + len(name) // 2
    return cut(message, middle, (middle + len(message)) // 2)


@case("hello-over-three-segments-in-every-order",
      "Six flows. A hello is cut into three segments, the first cut in the middle of its name, and the segments arrive in each of the six orders; the name says in which.")
def every_order(c):
    bench, names = Bench(c), []
    for order in itertools.permutations((1, 2, 3)):
        name = f"order-{''.join(map(str, order))}.example.com"
        message = hello(name)
        pieces = thirds_through(message, name)
        flow = bench.flow().open()
        for number in order:
            flow.data(*pieces[number - 1])
        flow.close(len(message))
        names.append(name)
    bench.done(*names)


@case("hello-over-four-segments-with-duplicates",
      "Four segments, out of order, and each of three of them twice: counting the bytes that arrived would call the hello whole before it is, or never.")
def duplicates(c):
    bench = Bench(c)
    message = hello(UPDATE)
    middle = message.index(UPDATE.encode()) + 10
    pieces = cut(message, 40, middle, middle + 60)
    flow = bench.flow().open()
    for number in (3, 3, 0, 0, 3, 2, 2, 0, 1):
        flow.data(*pieces[number])
    flow.close(len(message))
    c.alert("opened", "notice", FORTINET, UPDATE, CLIENT, SERVER, 443)
    bench.done(UPDATE)


@case("hello-in-overlapping-segments", "Segments that overlap by a part, one that lies wholly inside another, and one that covers all that came before; the bytes agree.")
def overlapping(c):
    bench, names = Bench(c), []
    for label, spans in {
        "by-a-part": [(0, 150), (100, 200), (180, None)],
        "inside-another": [(0, 50), (60, 300), (100, 150), (40, 70), (290, None)],
        "covers-all": [(20, 60), (100, 140), (0, None)],
        "from-the-end": [(150, None), (90, 160), (0, 100)],
    }.items():
        name = f"{label}.example.com"
        message = hello(name)
        flow = bench.flow().open()
        for start, end in spans:
            flow.data(start, message[start:end])
        flow.close(len(message))
        names.append(name)
    bench.done(*names)


@case("hello-retransmitted-with-another-cut", "The second of two segments is lost on the way to the sensor, and the client sends everything again in three segments with other borders.")
def another_cut(c):
    bench = Bench(c)
    message = hello(UPDATE)
    flow = bench.flow().open()
    flow.data(0, message[:130])
    for piece in cut(message, 60, 200):
        flow.data(*piece)
    flow.close(len(message))
    c.alert("opened", "notice", FORTINET, UPDATE, CLIENT, SERVER, 443)
    bench.done(UPDATE)


@case("hello-overlap-with-other-bytes-keeps-the-first-copy", """
    Two flows in which overlapping segments hold different names. In the first, the whole front with `first-copy.example.com`
    arrives, and then a segment that overlaps the name with `other-copy.example.com`. In the second, the rear with the name
    `first-copy.example.org` arrives before the front, and the front overlaps it with `other-copy.example.org`. The copy that
    arrived first counts, in both.
""")
def conflict(c):
    bench = Bench(c)
    for domain, front_first in (("com", True), ("org", False)):
        name, other = f"first-copy.example.{domain}", f"other-copy.example.{domain}"
        message = hello(name)
        forged = message.replace(name.encode(), other.encode())
        start = message.index(name.encode())
        end = start + len(name)
        flow = bench.flow().open()
        if front_first:
            flow.data(0, message[:end]).data(start - 5, forged[start - 5:])
        else:
            flow.data(start, message[start:]).data(0, forged[:end])
        flow.close(len(message))
    c.tshark_differs("in the second flow it shows the copy that arrived last. What is expected follows from the rule above.",
                     ("tls-sni", "first-copy.example.com", 1), ("tls-sni", "other-copy.example.org", 1))
    bench.done("first-copy.example.com", "first-copy.example.org")


@case("hello-over-tiny-records", "Three flows. The handshake message of a hello is cut into TLS records: two with the border in the name, records of five bytes each, and records of seventeen bytes in segments of a hundred that arrive in reverse.")
def tiny_records(c):
    bench, names = Bench(c), []
    for label in ("two-records", "five-bytes-each", "reversed"):
        name = f"{label}.example.com"
        whole = hello(name)
        sizes = {"two-records": [whole.index(name.encode()) - 5 + 4], "five-bytes-each": [5] * 200, "reversed": [17] * 100}[label]
        message = records(whole, *sizes)
        pieces = cut(message, *range(100, len(message), 100))
        flow = bench.flow().open()
        for piece in reversed(pieces) if label == "reversed" else pieces:
            flow.data(*piece)
        flow.close(len(message))
        names.append(name)
    bench.done(*names)


@case("hello-and-nothing-after-it", "A one-way mirror: the client's segments only, and the capture ends with the hello.")
def nothing_after(c):
    bench = Bench(c)
    flow = bench.flow()
    flow.from_client("S")
    flow.from_client("A", 0)
    flow.data(0, hello(UPDATE))
    c.alert("opened", "notice", FORTINET, UPDATE, CLIENT, SERVER, 443)
    bench.done(UPDATE)


@case("hello-after-a-syn-with-a-new-isn", "A SYN without an answer, then a SYN from the same port with another initial sequence number; the hello counts from the second, in two segments.")
def new_isn(c):
    bench = Bench(c)
    flow = bench.flow(isn=5000)
    flow.from_client("S")
    flow.isn = 4_000_000_000
    message = hello(UPDATE)
    flow.open().data(150, message[150:]).data(0, message[:150]).close(len(message))
    c.alert("opened", "notice", FORTINET, UPDATE, CLIENT, SERVER, 443)
    bench.done(UPDATE)


@case("two-connections-from-the-same-port", "The same addresses and ports four times, each time with a new initial sequence number and another name: after an orderly end, after a reset, and after nothing at all.")
def port_reuse(c):
    bench = Bench(c)
    names = [f"connection-{word}.example.com" for word in ("one", "two", "three", "four")]
    flow = bench.flow()
    for number, name in enumerate(names):
        flow.isn, flow.server_isn = 1000 + number * 1_000_000_000, 9000 + number * 700_000
        message = hello(name)
        flow.open().data(0, message[:100]).data(100, message[100:])
        if number == 0:
            flow.close(len(message))
        elif number == 1:
            flow.from_client("RA", len(message))
    bench.done(*names)


@case("hello-across-the-end-of-the-sequence-numbers", "The sequence numbers wrap around to 0 in the middle of the hello, once with the segments in order and once reversed.")
def wrap(c):
    bench, names = Bench(c), []
    for label in ("in-order", "reversed"):
        name = f"wrapped-{label}.example.com"
        message = hello(name)
        flow = bench.flow(isn=2**32 - 101).open()
        pieces = cut(message, 60, 140)
        for piece in reversed(pieces) if label == "reversed" else pieces:
            flow.data(*piece)
        flow.close(len(message))
        names.append(name)
    bench.done(*names)


@case("keep-alive-bytes-around-the-hello", "Keep-alive probes with one byte of garbage at the sequence number before the next: before the hello, and between its two segments, where the byte disagrees with one that has arrived.")
def keep_alive(c):
    bench = Bench(c)
    message = hello(UPDATE)
    border = message.index(UPDATE.encode()) + 8
    flow = bench.flow().open()
    flow.from_client("A", -1, b"\x00")
    flow.from_server("A", 0)
    flow.data(0, message[:border])
    flow.from_server("A", border)
    flow.from_client("A", border - 1, b"\x00")
    flow.from_server("A", border)
    flow.data(border, message[border:])
    flow.close(len(message))
    c.alert("opened", "notice", FORTINET, UPDATE, CLIENT, SERVER, 443)
    bench.done(UPDATE)


@case("a-capture-that-begins-in-mid-stream", "The sensor starts between the handshake of TCP and the hello: no SYN is seen. In a second flow it starts in the middle of the hello, and the name is lost.")
def mid_stream(c):
    bench = Bench(c)
    message = hello(UPDATE)
    bench.flow().data(0, message).close(len(message))
    late = hello("never-seen.example.com")
    border = late.index(b"never-seen") + 4
    bench.flow().data(border, late[border:]).close(len(late))
    c.alert("opened", "notice", FORTINET, UPDATE, CLIENT, SERVER, 443)
    # The server's acknowledgements go on from one number before its FIN: the client has got what nobody saw.
    c.coverage(named={"tls-sni": 1}, without_name={"started-before-capture": 1}, sequence_gaps=2, copies=0)
    bench.done(UPDATE)


@case("every-frame-doubled-by-a-mirror-port", "A mirror port of both directions of a switch delivers each frame twice, 20 microseconds apart: a DNS look-up and a connection count once.")
def doubled(c):
    with Network(c, names={UPDATE: [SERVER]}) as network:
        network.curl(CLIENT, UPDATE)
    pairs = [(t + delay, frame) for t, frame in frames.read_raw(c.capture) for delay in (0, 20e-6)]
    frames.write_raw(c.capture, pairs)
    c.alert("opened", "info", FORTINET, UPDATE, CLIENT, "192.0.2.53", 53)
    c.alert("opened", "notice", FORTINET, UPDATE, CLIENT, SERVER, 443)
    c.coverage(named={"dns": 1, "tls-sni": 1}, without_name={}, sequence_gaps=0, copies=len(pairs) // 2)
    c.tshark_differs("it counts the query twice.", ("dns", UPDATE, 2), ("tls-sni", UPDATE, 1))


def snapped(c, snap):
    with Network(c, tcpdump=["-s", str(snap)]) as network:
        network.run(CLIENT, "openssl", "s_client", "-tls1_3", "-connect", f"{SERVER}:443", "-servername", UPDATE, input=b"")
    c.made_with("OpenSSL " + version_of("openssl", "version"))
    return any(UPDATE.encode() in frame for _, frame in frames.read_raw(c.capture))


@case("a-snap-length-of-96-cuts-the-name-off", "`tcpdump -s 96`: the hello's name lies behind the part that was kept. Nothing is known, and nothing is made up.")
def snap96(c):
    assert not snapped(c, 96)
    c.no_alerts()
    c.coverage(named={}, without_name={"cut-by-snap-length": 1}, sequence_gaps=0, copies=0)


@case("a-snap-length-of-220-keeps-the-name", "`tcpdump -s 220`: the end of the hello is cut off, the name, whole and in front of the cut, is not.")
def snap220(c):
    assert snapped(c, 220)
    c.tls(UPDATE, CLIENT, SERVER)
    c.alert("opened", "notice", FORTINET, UPDATE, CLIENT, SERVER, 443)
    c.tshark_differs("it reads no record of which a part is missing. The name stands in the frame as text.")


def with_extensions(message, change):
    """The hello of one record with its extensions, (type, bytes) each, as `change` returns them; any size."""
    body = message[5:]
    start = 4 + 2 + 32
    start += 1 + body[start]
    start += 2 + int.from_bytes(body[start:start + 2], "big")
    start += 1 + body[start]
    extensions, position = [], start + 2
    while position < len(body):
        kind, size = (int.from_bytes(body[position + n:position + n + 2], "big") for n in (0, 2))
        extensions.append((kind, body[position + 4:position + 4 + size]))
        position += 4 + size
    block = b"".join(k.to_bytes(2, "big") + len(d).to_bytes(2, "big") + d for k, d in change(extensions))
    content = body[4:start] + len(block).to_bytes(2, "big") + block
    whole = message[:3] + b"\0\0" + body[:1] + len(content).to_bytes(3, "big") + content
    return records(whole, *[2**14] * 4)


def server_name(name, kind=0):
    return bytes([kind]) + len(name).to_bytes(2, "big") + name


@case("hello-of-thirty-kilobytes", "A hello over two records and twenty-odd segments, which arrive in reverse, with the name in its last extension: more than many readers allow for.")
def large(c):
    bench = Bench(c)
    message = with_extensions(hello(UPDATE), lambda all: [e for e in all if e[0]] + [(0xFE55, bytes(30_000))] + [e for e in all if not e[0]])
    flow = bench.flow().open()
    for position, data in reversed(cut(message, *range(1400, len(message), 1400))):
        flow.data(position, data)
    flow.close(len(message))
    c.alert("opened", "notice", FORTINET, UPDATE, CLIENT, SERVER, 443)
    bench.done(UPDATE)


@case("hello-with-odd-extensions", """
    Hellos that are unusual, not wrong: an unknown extension and a GREASE value in front; a list of server names whose first
    entry is of another type; a list of groups with an odd length; a name with a trailing dot; and an empty list of server
    names, which names nobody.
""")
def odd_extensions(c):
    bench, names = Bench(c), []

    def replaced(kind, data):
        return lambda all: [(k, data if k == kind else d) for k, d in all]

    def listed(*entries):
        block = b"".join(entries)
        return len(block).to_bytes(2, "big") + block

    changes = {
        "unknown-in-front": lambda all: [(0x3A3A, b""), (0xFE55, b"\x07" * 9), *all],
        "another-type-first": replaced(0, listed(server_name(b"\x01\x02\x03", 7), server_name(b"another-type-first.example.com"))),
        "odd-length": replaced(10, b"\x00\x05\x00\x1d\x00\x17\x00"),
        "trailing-dot": replaced(0, listed(server_name(b"trailing-dot.example.com."))),
    }
    for label, change in changes.items():
        message = with_extensions(hello(f"{label}.example.com"), change)
        bench.flow().open().data(0, message).close(len(message))
        names.append(f"{label}.example.com")
    message = with_extensions(hello("nobody.example.com"), replaced(0, listed()))
    bench.flow().open().data(0, message).close(len(message))
    c.tshark_differs("it takes the entry of another type for a name, and keeps the trailing dot.",
                     *[("tls-sni", name, 1) for name in (names[0], r"\x1\x2\x3", names[2], names[3] + ".")])
    bench.done(*names)
