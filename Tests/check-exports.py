#!/usr/bin/env python3
"""Reads what `seaward rules export` wrote in every format, each by the rules of its document and not by ours, and asks all
of them the same: which names and addresses does this file hold for? The JSON export says what the answer should be.

    Tests/check-exports.py FOLDER       with a file for each format; those named FORMAT.small are checked as well
"""
import csv
import ipaddress
import json
import pathlib
import re
import sys

FORMATS = "rpz dnsmasq unbound hosts adguard nftables ipset suricata zeek-intel squid haproxy csv json".split()


def lines(path, comment):
    """Lines without comments and blank ones."""
    for line in path.read_text().splitlines():
        if line.strip() and not line.lstrip().startswith(comment):
            yield line


class Names:
    """Names alone, and names with everything below them."""

    def __init__(self):
        self.exact, self.suffix = set(), set()

    def holds(self, name):
        labels = name.split(".")
        return name in self.exact or any(".".join(labels[i:]) in self.suffix for i in range(len(labels)))


def adguard(path):
    names = Names()
    for line in lines(path, "!"):
        rule = re.fullmatch(r"(\|\|?)([a-z0-9_.-]+)\^", line)
        assert rule, line
        (names.suffix if rule[1] == "||" else names.exact).add(rule[2])
    return names.holds


def dnsmasq(path):
    names = Names()
    for line in lines(path, "#"):
        rule = re.fullmatch(r"address=/([a-z0-9_.-]+)/", line)
        assert rule, line
        names.suffix.add(rule[1])
    return names.holds


def hosts(path):
    names, families = Names(), {}
    for line in lines(path, "#"):
        address, name = line.split()
        assert ipaddress.ip_address(address).is_unspecified, line
        families.setdefault(name, []).append(address)
        names.exact.add(name)
    assert all(sorted(each) == ["0.0.0.0", "::"] for each in families.values())
    return names.holds


def squid(path):
    names = Names()
    for line in lines(path, "#"):
        assert re.fullmatch(r"\.?[a-z0-9_-]+(\.[a-z0-9_-]+)+", line), line
        (names.suffix if line.startswith(".") else names.exact).add(line.lstrip("."))
    return names.holds


def haproxy(path):
    patterns = [re.compile(line.split(None, 1)[0]) for line in lines(path, "#")]
    return lambda name: any(pattern.search(name) for pattern in patterns)


def unbound(path):
    zones = {}
    for line in lines(path, "#"):
        zone = re.fullmatch(r'local-zone: "([^"]+)\." (always_nxdomain|transparent)', line)
        if zone:
            assert zone[1] not in zones, f"{zone[1]} twice"
            zones[zone[1]] = zone[2]
        else:
            assert line == "server:" or re.fullmatch(r"local-data: '[^']+ TXT \"[^\"]+\"'", line), line

    def holds(name):
        labels = name.split(".")
        # The nearest zone alone answers.
        for i in range(len(labels)):
            kind = zones.get(".".join(labels[i:]))
            if kind:
                return kind == "always_nxdomain" or i == 0
        return False

    return holds


def policy_zone(path):
    owners, nodes, networks = set(), set(), []
    for line in list(lines(path, ";"))[3:]:
        owner, kind, target = line.split()
        assert (kind, target) == ("CNAME", "."), line
        assert owner not in owners, f"{owner} twice"
        if owner.endswith(".rpz-ip"):
            length, *labels = owner.removesuffix(".rpz-ip").split(".")
            if len(labels) == 4 and "zz" not in labels:
                address = ".".join(reversed(labels))
            else:
                address = ":".join(reversed(["" if label == "zz" else label for label in labels]))
                address = re.sub(r"^:(?!:)", "::", re.sub(r"(?<!:):$", "::", address))
            networks.append(ipaddress.ip_network(f"{address}/{length}"))
            continue
        owners.add(owner)
        labels = owner.split(".")
        nodes.update(".".join(labels[i:]) for i in range(len(labels)))

    def holds(name):
        # RFC 4592: the wildcard directly below the closest encloser answers, and no other.
        if name in nodes:
            return name in owners
        labels = name.split(".")
        for i in range(1, len(labels)):
            if ".".join(labels[i:]) in nodes:
                return "*." + ".".join(labels[i:]) in owners
        return False

    return holds, networks


def zeek(path):
    names, networks = Names(), []
    head, *rows = [line.split("\t") for line in lines(path, "# ")]
    assert head == ["#fields", "indicator", "indicator_type", "meta.source", "meta.desc", "meta.url"], head
    for row in rows:
        assert len(row) == 5 and all(row), row
        if row[1] == "Intel::DOMAIN":
            names.exact.add(row[0])
        else:
            assert row[1] == "Intel::SUBNET", row
            networks.append(ipaddress.ip_network(row[0]))
    return names.holds, networks


def suricata(path):
    names, networks, numbers = {}, [], set()
    for line in lines(path, "#"):
        rule = re.fullmatch(r"alert (dns|tls|quic|http|ip) any any -> (\S+) any \((.*;)\)", line)
        assert rule, line
        options = rule[3]
        number = int(re.search(r"sid:(\d+);", options)[1])
        assert number not in numbers and 1_000_000_000 <= number <= 2_073_741_823, line
        numbers.add(number)
        if rule[1] == "ip":
            networks.append(ipaddress.ip_network(rule[2]))
            continue
        suffix = re.search(r'dotprefix; content:"\.([^"]+)"; endswith;', options)
        exact = re.search(r' content:"([^".][^"]*)"; startswith; endswith;', options)
        assert bool(suffix) != bool(exact), line
        kind = names.setdefault(rule[1], Names())
        (kind.suffix.add(suffix[1]) if suffix else kind.exact.add(exact[1]))
    assert len({(frozenset(each.exact), frozenset(each.suffix)) for each in names.values()}) <= 1
    return names["dns"].holds if names else Names().holds, networks


def nftables(path):
    return [ipaddress.ip_network(line.rstrip(",")) for line in lines(path, "#") if line.endswith(",")]


def ipset(path):
    words = [line.split() for line in lines(path, "#")]
    return [ipaddress.ip_network(each[2]) for each in words if each[0] == "add"]


def ranges(networks):
    return [list(ipaddress.collapse_addresses(n for n in networks if n.version == v)) for v in (4, 6)]


def check(folder, ending):
    def path(name):
        return folder / (name + ending)

    entries = json.loads(path("json").read_text())["entries"]
    assert entries
    truth, networks = Names(), []
    for entry in entries:
        if entry["match"] == "network":
            networks.append(ipaddress.ip_network(entry["endpoint"]))
        else:
            getattr(truth, entry["match"]).add(entry["endpoint"])
    bare = truth.exact | truth.suffix
    probes = set()
    for name in bare:
        parent = name.split(".", 1)[1]
        probes |= {name, "x." + name, "x.y." + name, "x" + name, parent, "x." + parent, name + ".example"}

    answers = {name: reader(path(name)) for name, reader in [
        ("adguard", adguard), ("squid", squid), ("haproxy", haproxy), ("unbound", unbound)]}
    answers["rpz"], in_zone = policy_zone(path("rpz"))
    answers["suricata"], in_rules = suricata(path("suricata"))
    for format, holds in answers.items():
        wrong = [probe for probe in sorted(probes) if holds(probe) != truth.holds(probe)]
        assert not wrong, f"{format} disagrees on {wrong[:5]}"
    wide = dnsmasq(path("dnsmasq"))
    below = Names()
    below.suffix = bare
    assert all(wide(probe) == below.holds(probe) for probe in probes), "dnsmasq"
    in_intel, intel_networks = zeek(path("zeek-intel"))
    for format, holds in [("hosts", hosts(path("hosts"))), ("zeek-intel", in_intel)]:
        assert all(holds(probe) == (probe in bare) for probe in probes), format
    for format, found in [("rpz", in_zone), ("suricata", in_rules), ("zeek-intel", intel_networks),
                          ("nftables", nftables(path("nftables"))), ("ipset", ipset(path("ipset")))]:
        assert ranges(found) == ranges(networks), format

    with open(path("csv"), newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    assert [(r["vendor"], r["endpoint"], r["match"]) for r in rows] == \
        [(e["vendor"], e["endpoint"], e["match"]) for e in entries]
    for row, entry in zip(rows, entries):
        assert row["sources"].split() == entry["sources"], row
        assert not any(cell and cell[0] in "=+-@\t\r" for cell in row.values()), row
    for format in FORMATS:
        text = path(format).read_text()
        assert all(source in text for entry in entries for source in entry["sources"]
                   if format in ("csv", "json", "suricata", "zeek-intel")), f"{format}: a source is missing"
    return len(probes), len(networks)


folder = pathlib.Path(sys.argv[1])
for ending in ["", ".small"]:
    names, networks = check(folder, ending)
    print(f"check-exports: {names} names and {networks} networks asked in every format{' of the small pack' if ending else ''}")
