"""What tshark sees in a capture, in the shape of expected.jsonl. It shares no code with Seaward."""

import functools
import re
import subprocess
import xml.etree.ElementTree as xml


SERVER_NAMES = ("tls.handshake.extensions_server_name", "dtls.handshake.extensions_server_name")
CERTIFICATES = ("tls.handshake.certificate", "dtls.handshake.certificate")


@functools.cache
def version():
    out = subprocess.run(["tshark", "--version"], capture_output=True, text=True).stdout
    return "tshark " + re.search(r"[0-9]+\.[0-9.]+[0-9]", out).group(0)


def names(capture, decode_as=()):
    """Rows by key, in the order of their first packet."""
    command = ["tshark", "-n", "-r", str(capture), "-T", "pdml", "-o", "tcp.reassemble_out_of_order:TRUE", "-Y", "dns or mdns or tls or dtls or quic or http or socks"]
    for rule in decode_as:
        command += ["-d", rule]
    text = subprocess.run(command, capture_output=True).stdout  # of a damaged file: what it holds
    # tshark writes control bytes of names as they are, which XML forbids.
    text = re.sub(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", b"?", text)
    rows, asked, named, asked_proxy = {}, set(), set(), set()
    for packet in xml.fromstring(text).iter("packet"):
        source = destination = transport = None
        for layer in packet.findall("proto"):
            kind = layer.get("name")
            if kind in ("ip", "ipv6"):
                source, destination = show(layer, kind + ".src"), show(layer, kind + ".dst")
            elif kind in ("tcp", "udp"):
                transport = kind
                ports = int(show(layer, kind + ".srcport")), int(show(layer, kind + ".dstport"))
                stream = show(layer, kind + ".stream")
            elif kind == "dns":
                message(layer, (source, ports[0]), (destination, ports[1]), transport, stream, rows, asked)
            elif kind in ("tls", "dtls", "quic"):
                for hello in layer.iter("field"):
                    name = hello.get("show")
                    if hello.get("name") not in SERVER_NAMES or (transport, stream) in named:
                        continue
                    # A flow is named once, also where the client had to send a second hello.
                    named.add((transport, stream))
                    row(rows, kind + "-sni", name, source, destination, ports[1], transport)["count"] += 1
                for name in certificate(layer):
                    row(rows, "certificate", name, destination, source, ports[0], transport)["count"] += 1
            elif kind == "http" and show(layer, "http.request.method"):
                target = show(layer, "http.request.uri")
                if show(layer, "http.request.method") == "CONNECT":
                    row(rows, "connect", host(target), source, destination, ports[1], transport)["count"] += 1
                elif target.startswith("http://"):
                    target = target.split("/")[2]
                    row(rows, "http-host", host(target), source, destination, ports[1], transport)["count"] += 1
                    continue
                if show(layer, "http.host"):
                    name = host(show(layer, "http.host"))
                    row(rows, "http-host", name, source, destination, ports[1], transport)["count"] += 1
            elif kind == "socks" and stream not in asked_proxy:
                name = show(layer, "socks.remote_name") or show(layer, "socks.v4a_dns_name")
                if name:
                    asked_proxy.add(stream)  # the proxy's answers repeat what was asked
                    row(rows, "socks", name, source, destination, ports[1], transport)["count"] += 1
    return rows


def flows(capture):
    """Conversations of TCP and UDP, and those in which one side alone speaks."""
    out = subprocess.run(["tshark", "-n", "-r", str(capture), "-T", "fields", "-E", "occurrence=f", "-e", "tcp.stream", "-e", "udp.stream",
                          "-e", "ip.src", "-e", "ipv6.src"], capture_output=True, text=True).stdout
    speakers = {}
    for tcp, udp, *sources in (line.split("\t") for line in out.splitlines()):
        if tcp or udp:
            speakers.setdefault((tcp, udp), set()).add(tuple(sources))
    return len(speakers), sum(len(sources) == 1 for sources in speakers.values())


def hosts(capture):
    """The inside addresses and hardware addresses that ARP, neighbour discovery and answers of DHCP put together."""

    def rows(shown, *fields):
        command = ["tshark", "-n", "-r", str(capture), "-Y", shown, "-T", "fields", "-E", "occurrence=f"]
        for field in fields:
            command += ["-e", field]
        out = subprocess.run(command, capture_output=True, text=True).stdout
        return [tuple(line.split("\t")) for line in out.splitlines()]

    pairs = rows("arp and not arp.src.proto_ipv4 == 0.0.0.0", "arp.src.proto_ipv4", "arp.src.hw_mac")
    pairs += rows("dhcp.option.dhcp == 5", "dhcp.ip.your", "dhcp.hw.mac_addr")
    pairs += rows("icmpv6.type == 136 and icmpv6.opt.linkaddr", "icmpv6.nd.na.target_address", "icmpv6.opt.linkaddr")
    pairs += rows("icmpv6.type in {133, 134, 135} and icmpv6.opt.linkaddr and not ipv6.src == ::", "ipv6.src", "icmpv6.opt.linkaddr")
    return set(pairs)


def certificate(layer):
    """The common name and the hosts of the server's own certificate, the first of its chain."""
    first = next((f for f in layer.iter("field") if f.get("name") in CERTIFICATES), None)
    if first is None:
        return []
    names, is_common = [], False
    for field in first.iter("field"):
        kind, value = field.get("name"), field.get("show")
        if kind == "x509af.issuer":
            names = []  # it stands before the subject
        elif kind == "x509af.subject":
            names = []
        elif kind == "x509if.oid":
            is_common = value == "2.5.4.3"
        elif is_common and kind.startswith("x509sat.") and kind.endswith("String") and kind != "x509sat.DirectoryString":
            names.append(value)
        elif kind == "x509ce.dNSName":
            names.append(value)
    return list(dict.fromkeys(name.lower().replace(" ", "\\032") for name in names))


def host(authority):
    return authority.rsplit(":", 1)[0].lower() if re.search(r":[0-9]+$", authority) else authority.lower()


def message(layer, source, destination, transport, stream, rows, asked):
    identity = (show(layer, "dns.id"), stream)
    is_response = show(layer, "dns.flags.response") in ("1", "True")
    client, server = (destination, source) if is_response else (source, destination)
    for question in layer.iter("field"):
        if question.get("name") != "dns.qry.name":
            continue
        name = question.get("show")
        if name == "<Root>":
            continue
        made = row(rows, "dns", name.lower(), client[0], server[0], server[1], transport)
        made.setdefault("addresses", [])
        if not is_response or (identity, name.lower()) not in asked:
            made["count"] += 1
        asked.add((identity, name.lower()))
        if is_response:
            made["addresses"] += [a for a in addresses(layer, name.lower()) if a not in made["addresses"]]


def addresses(layer, name):
    """The addresses of a name in the answers, by way of its aliases."""
    records = []
    for section in layer.iter("field"):
        if section.get("show") != "Answers":
            continue
        for record in section.findall("field"):
            owner = show(record, "dns.resp.name")
            for kind in ("dns.a", "dns.aaaa", "dns.cname"):
                if show(record, kind) is not None:
                    records.append((owner.lower(), kind, show(record, kind)))
    owners, found = {name}, []
    for _ in records:
        owners |= {value.lower() for owner, kind, value in records if kind == "dns.cname" and owner in owners}
    return [value for owner, kind, value in records if kind != "dns.cname" and owner in owners]


def row(rows, *key):
    fields = ("method", "name", "client", "server", "port", "transport")
    return rows.setdefault(key, dict(zip(fields, key)) | {"count": 0})


def show(element, name):
    for field in element.iter("field"):
        if field.get("name") == name:
            return field.get("show")
    return None
