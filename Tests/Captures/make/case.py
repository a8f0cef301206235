"""A case: what was told to happen, the capture that shows it, and tshark's word on the same capture."""

import json
import pathlib
import re
import shutil
import subprocess

import oracle

CASES = []


class Disagreement(Exception):
    pass


def case(slug, text):
    """Registers the function below as a case. `text` becomes its README."""

    def register(function):
        CASES.append(Case(slug, text, function))
        return function

    return register


class Case:
    def __init__(self, slug, text, function):
        self.slug, self.text, self.function = slug, text, function
        self.rows, self.alerts, self.account, self.hosts = {}, None, None, None
        self.note, self.decode_as, self.versions = None, [], []

    # What the clients were told to do, in the order in which it happens.

    def dns(self, name, client, server, count=1, addresses=(), port=53, transport="udp"):
        row = self._row("dns", name, client, server, port, transport)
        row["count"] += count
        if addresses is None:  # the server's choice: tshark says
            row["addresses"] = None
            return
        row.setdefault("addresses", [])
        row["addresses"] += [a for a in addresses if a not in row["addresses"]]

    def tls(self, name, client, server, count=1, port=443):
        self._row("tls-sni", name, client, server, port, "tcp")["count"] += count

    def certificate(self, name, client, server, count=1, port=443, transport="tcp"):
        """A name of the server's certificate: its common name, or a host that it holds for."""
        self._row("certificate", name, client, server, port, transport)["count"] += count

    def http(self, name, client, server, count=1, port=80):
        self._row("http-host", name, client, server, port, "tcp")["count"] += count

    def connect(self, name, client, server, count=1, port=3128):
        self._row("connect", name, client, server, port, "tcp")["count"] += count

    def socks(self, name, client, server, count=1, port=1080):
        self._row("socks", name, client, server, port, "tcp")["count"] += count

    def quic(self, name, client, server, count=1, port=443, version="0x1"):
        row = self._row("quic-sni", name, client, server, port, "udp")
        row["count"] += count
        row["version"] = version

    def dtls(self, name, client, server, count=1, port=4433, version="1.2"):
        row = self._row("dtls-sni", name, client, server, port, "udp")
        row["count"] += count
        row["version"] = version

    def resolved(self, name, client, server, count=1, port=443, transport="tcp"):
        """A flow without a name to an address that the client had looked up: tshark knows no such thing."""
        self._row("resolved", name, client, server, port, transport)["count"] += count

    def tell(self, **fields):
        """More of the row that was told last."""
        list(self.rows.values())[-1].update(fields)

    def _row(self, method, name, client, server, port, transport):
        key = (method, name, client, server, port, transport)
        fields = ("method", "name", "client", "server", "port", "transport")
        return self.rows.setdefault(key, dict(zip(fields, key)) | {"count": 0})

    def alert(self, action, severity, rule, domain, client, server, port):
        """`domain` None: nothing but the address tells whose it is. What opens after a look-up of the same escalates."""
        self.no_alerts()
        same = [a for a in self.alerts if a["source.ip"] == client and a["rule.id"] == rule]
        if action == "opened" and severity != "info" and any(a["seaward.severity"] == "info" for a in same):
            action = "escalated"
        # A look-up goes to a resolver: the name that it asks for is not the resolver's.
        named = "dns.question.name" if severity == "info" else "destination.domain"
        self.alerts.append({
            "source.ip": client, "destination.ip": server, "destination.port": port, **({named: domain} if domain else {}),
            "rule.id": rule, "seaward.severity": severity, "event.action": action,
        })

    def no_alerts(self):
        """The complete list of expected alerts is empty, or begins."""
        if self.alerts is None:
            self.alerts = []

    def coverage(self, **account):
        """What the account of `names --coverage` must say under these keys. tshark counts the flows."""
        self.account = account

    def device(self, rule, client, mac):
        """An alert that the client is a vendor's device."""
        self.no_alerts()
        self.alerts.append({
            "source.ip": client, "source.mac": mac.upper().replace(":", "-"), "rule.id": rule,
            "seaward.severity": "info", "event.action": "opened",
        })

    def host(self, address, mac, **fields):
        """What `seaward hosts` must say of an address and a hardware address. tshark sees the same pairs."""
        self.hosts = (self.hosts or []) + [{"address": address, "mac": mac, "id": f"mac:{mac}"} | fields]

    def tshark_differs(self, note, *shows):
        """Says why, and what tshark has to show instead: (method, name, count) of each row."""
        self.note, self.tshark_shows = note, list(shows)

    def made_with(self, *versions):
        self.versions += [v for v in versions if v not in self.versions]

    # Making it.

    def make(self, root):
        """In a folder beside, which takes the old one's place when all went well."""
        final, self.folder = root / self.slug, root / ".making"
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        self.capture = self.folder / "capture.pcap"
        self.function(self)
        if not self.capture.exists():
            self.capture = self.folder / "capture.pcapng"
        self._compare()
        self._write()
        shutil.rmtree(final, ignore_errors=True)
        self.capture = final / self.capture.name
        self.folder.rename(final)

    def _count_flows(self):
        if self.account is None:
            return
        flows, one_way = oracle.flows(self.capture)
        for key, shown in {"flows": flows, "one_way_flows": one_way}.items():
            if self.account.setdefault(key, shown) != shown:
                raise Disagreement(f"{key}: told {self.account[key]}, tshark {shown}")

    def _compare_hosts(self):
        if self.hosts is None:
            return
        told, shown = {(row["address"], row["mac"]) for row in self.hosts}, oracle.hosts(self.capture)
        if told != shown:
            raise Disagreement(f"hosts told:\n{sorted(told)}\ntshark:\n{sorted(shown)}")

    def _compare(self):
        self._count_flows()
        self._compare_hosts()
        said = oracle.names(self.capture, self.decode_as)
        for key, row in self.rows.items():
            if row.get("addresses", ()) is None and key in said:
                row["addresses"] = said[key]["addresses"]
        order = list(said)
        rows = {key: row for key, row in self.rows.items() if row["method"] != "resolved"}
        told = list(rows)

        def comparable(rows):
            return {k: (r["count"], sorted(r.get("addresses", []))) for k, r in rows.items()}

        if self.note:
            shown = [(row["method"], row["name"], row["count"]) for row in said.values()]
            if shown != self.tshark_shows:
                raise Disagreement("tshark was to show:\n" + lines(self.tshark_shows) + "but shows:\n" + lines(shown))
            if order == told and comparable(said) == comparable(rows):
                raise Disagreement("tshark agrees, though the case says that it does not")
            return
        if order != told or comparable(said) != comparable(rows):
            raise Disagreement("told:\n" + lines(rows.values()) + "tshark:\n" + lines(said.values()))
        for row, other in zip(rows.values(), said.values()):
            if "addresses" in row:
                row["addresses"] = other["addresses"]  # in the order of the capture

    def _write(self):
        text = f"# {title(self.slug)}\n\n{wrapped(self.text)}\n"
        text += f"\nMade by `scripts/captures` with {', '.join(self.versions + [oracle.version()])}.\n"
        if self.note:
            text += f"\n{wrapped('tshark shows something else: ' + self.note)}\n"
        else:
            text += "tshark shows the same names.\n"
        (self.folder / "README.md").write_text(text)
        (self.folder / "expected.jsonl").write_text(lines(self.rows.values()))
        if self.account is not None:
            (self.folder / "coverage.json").write_text(json.dumps(self.account, indent=2) + "\n")
        if self.hosts is not None:
            (self.folder / "hosts.jsonl").write_text(lines(self.hosts))
        if self.alerts is not None:
            (self.folder / "alerts.jsonl").write_text(lines(self.alerts))


SPELLINGS = {word.lower(): word for word in (
    "STARTTLS HTTP HTTPS ECH GREASE SOCKS IRC TLS DTLS QUIC DNS SYN SNI ISN IP IPv4 IPv6 TCP UDP EDNS CNAME AAAA ARP ID BSD pcap pcapng mDNS DHCP OpenSSL GnuTLS NSS Mbed Chrome "
    "BoringSSL GRE VXLAN GENEVE PPPoE PPP MPLS ERSPAN L2TP HDLC WLAN GTP-U").split()} | {"1q": "802.1Q", "1ad": "802.1ad"}


def title(slug):
    text = " ".join(SPELLINGS.get(word, word) for word in slug.split("-"))
    text = re.sub(r"([0-9]) ([0-9])", r"\1.\2", text)
    return text[0].upper() + text[1:]


def lines(rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


def wrapped(text, width=118):
    """Paragraphs of one length; what they say stands in the case as one string."""
    import textwrap

    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "\n\n".join(textwrap.fill(" ".join(p.split()), width, break_on_hyphens=False) for p in paragraphs)


def version_of(*command, pattern=r"[0-9]+\.[0-9][0-9A-Za-z.+~-]*"):
    out = subprocess.run(command, capture_output=True, text=True, errors="replace")
    return re.search(pattern, out.stdout + out.stderr).group(0).rstrip(".,")
