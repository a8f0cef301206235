#!/usr/bin/env python3
"""Compares the names that Seaward shows with what other programs found in a corpus of real captures.

Usage: check.py BINARY CORPUS

Every expected name must be shown and none invented. What Seaward cannot find yet stands in unsupported.jsonl with the
reason; an entry that is found after all, or that the corpus does not know, is an error: the list only ever shrinks.
Hostile captures of the corpus must neither crash the program nor hang it nor make it grow.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

from program import run

UNSUPPORTED = Path(__file__).with_name("unsupported.jsonl")
METHODS = ("dns", "tls-sni")
ADDRESSES = "dns-addresses"  # a name's addresses, as "name address"


def read_lines(path):
    return [json.loads(line) for line in path.read_text().splitlines() if line.strip()]


def expected_facts(expected):
    dns = expected["dns"]
    return {
        "dns": {name.lower() for name in dns["queries"]} - {""},
        "tls-sni": {name.lower() for name in expected["tls_sni"]},
        ADDRESSES: set(expected_addresses(dns)),
    }


def expected_addresses(dns):
    """Addresses whose owner is the question, or is reached from it by aliases."""
    targets, addresses = defaultdict(set), defaultdict(set)
    for owner, target in dns["cnames"]:
        targets[owner.lower()].add(target.lower())
    for owner, address in dns["answers"]:
        addresses[owner.lower()].add(address)
    for question in {name.lower() for name in dns["queries"]}:
        reached, waiting = set(), {question}
        while waiting:
            name = waiting.pop()
            reached.add(name)
            waiting |= targets[name] - reached
        for name in reached:
            yield from (f"{question} {address}" for address in addresses[name])


def shown_facts(output):
    facts = defaultdict(set)
    for line in output.splitlines():
        record = json.loads(line)
        facts[record["method"]].add(record["name"])
        for address in record.get("addresses", []):
            facts[ADDRESSES].add(f"{record['name']} {address}")
    return facts


def read_unsupported(expectations):
    """The facts that are excused, by file and method; and what is wrong with the list itself."""
    excused, complaints = defaultdict(set), []
    for entry in read_lines(UNSUPPORTED):
        file, method, names = entry["file"], entry["method"], entry["names"]
        known = expectations.get(file, {}).get(method, set())
        facts = known if names == "all" else {
            fact for fact in known if fact in names or method == ADDRESSES and fact.split()[0] in names}
        if not facts or names != "all" and set(names) - facts - {fact.split()[0] for fact in facts}:
            complaints.append(f"{UNSUPPORTED.name}: {file}: {method}: lists what the corpus does not expect")
        excused[file, method] |= facts
    return excused, complaints


def compare(expected, shown, excused):
    """`excused` is a function of the method."""
    for method in sorted(set(shown) - set(METHODS) - {ADDRESSES}):
        yield f"{method}: this check does not know the method"
    missing_names = expected["dns"] - shown["dns"]
    for method in (*METHODS, ADDRESSES):
        for fact in sorted(expected[method] - shown[method] - excused(method)):
            if method != ADDRESSES or fact.split()[0] not in missing_names:  # missed already, as a name
                yield f"{method}: missing: {fact}"
        for fact in sorted(shown[method] - expected[method]):
            yield f"{method}: invented: {fact}"
        for fact in sorted(shown[method] & excused(method)):
            yield f"{method}: found after all, take it off {UNSUPPORTED.name}: {fact}"


def check_capture(binary, path, expected, excused):
    names = run(binary, "names", "--format", "json", str(path))
    replay = run(binary, "replay", "--format", "json", str(path))
    yield from names.complaints()
    yield from replay.complaints()
    yield from compare(expected, shown_facts(names.output), excused)


def check_hostile(binary, path):
    for arguments in (("names", "--format", "json"), ("replay", "--format", "json")):
        yield from run(binary, *arguments, str(path)).complaints()


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: check.py BINARY CORPUS")
    binary, corpus = sys.argv[1], Path(sys.argv[2])
    expectations = {
        line["file"]: expected_facts(line["expected"]) for line in read_lines(corpus / "EXPECTED.jsonl")}
    hostile = [line["file"] for line in read_lines(corpus / "malformed" / "INDEX.jsonl")]
    excused, complaints = read_unsupported(expectations)

    for file, expected in expectations.items():
        found = check_capture(binary, corpus / file, expected, lambda method: excused[file, method])
        complaints += [f"{file}: {complaint}" for complaint in found]
    for file in hostile:
        complaints += [f"malformed/{file}: {complaint}" for complaint in check_hostile(binary, corpus / "malformed" / file)]

    print(*complaints, sep="\n", end="\n" if complaints else "")
    totals = ", ".join(
        f"{sum(len(expected[method] - excused[file, method]) for file, expected in expectations.items())} of "
        f"{sum(len(expected[method]) for expected in expectations.values())} {method}"
        for method in (*METHODS, ADDRESSES))
    print(f"conformance: {len(expectations)} captures, {len(hostile)} hostile ones; required: {totals}; "
          f"{len(complaints)} complaints")
    sys.exit(1 if complaints else 0)


if __name__ == "__main__":
    main()
