#!/usr/bin/env python3
"""Compares the names that Seaward shows with what other programs found in a corpus of real captures.

Usage: check.py BINARY CORPUS

Every expected name must be shown and none invented. Where the corpus is wrong, exceptions.md proves it.
Hostile captures of the corpus must neither crash the program nor hang it nor make it grow.
"""

import json
import re
import sys
from collections import defaultdict
from pathlib import Path

from program import run

EXCEPTIONS = Path(__file__).with_name("exceptions.md")
RULES = Path(__file__).parents[2] / "Rules"
# What is expected beside the names of each method:
ADDRESSES = "dns-addresses"  # answers, as "owner address"
HELLOS = "client-hellos"     # what a ClientHello tells besides its name, as "carrier/name what"
READING = "reading"          # that the file is read to its end, and every command ends well

# The corpus writes the versions of Google QUIC that carry TLS as numbers, and those that do not as words.
VERSIONS = {"0x51303530": "Q050", "0x54303530": "T050", "0x54303531": "T051"}


def read_lines(path):
    return [json.loads(line) for line in path.read_text().splitlines() if line.strip()]


def expected_facts(expected):
    dns = expected["dns"]
    return {
        "dns": {name.lower() for name in dns["queries"]} - {""},
        "tls-sni": {name.lower() for name in expected["tls_sni"]},
        "quic-sni": {f"{name.lower()} {VERSIONS.get(version, version)}" for version, name in expected["quic"]},
        "dtls-sni": {name.lower() for name in expected["dtls_sni"]},
        HELLOS: {fact for hello in expected["client_hellos"] for fact in hello_facts(
            hello["over"], hello["sni"], [hello["ja3"]], [hello["ja4"]], hello["alpn"], hello["ech"])},
        "http-host": {host_of(name) for name in expected["http_hosts"]},
        "connect": {host_of(name) for name in expected["connect"]},
        "socks": {name.lower() for name in expected["socks_names"]},
        "certificate": {name for name, is_host in certificate_names(expected) if is_host},
        ADDRESSES: {f"{owner} {address}" for owner, address, _ in expected_answers(dns)},
        READING: {"to the end"},
    }


def hello_facts(over, name, ja3, ja4, alpn, ech):
    facts = [f"ja3 {value}" for value in ja3] + [f"ja4 {value}" for value in ja4]
    # Seaward escapes odd bytes in decimal, keeps 127 bytes of the list, and shows what any hello for the name offered.
    alpn = [re.sub(r"\\x(..)", lambda match: f"\\{int(match[1], 16):03}", protocol) for protocol in alpn]
    facts += [f"alpn {protocol}" for protocol in alpn if len(protocol) < 62] + (["ech"] if ech else [])
    return {f"{over}/{(name or '').lower()} {fact}" for fact in facts}


def host_of(authority):
    """Without the port, and an IPv6 address without its brackets."""
    return re.sub(r":\d*$", "", authority).strip("[]").removesuffix(".").lower()


def certificate_names(expected):
    """Each name of every certificate, and whether it must be shown.

    Of a chain only the server's own is looked at, but the corpus does not tell which one that is. A certificate that
    holds for no host and whose common name is none is a signer's, or a client's: it need not be shown.
    """
    for certificate in expected["certificates"]:
        names = [name for name in [certificate["cn"], *certificate["san"]] if name]
        is_host = bool(certificate["san"]) or re.fullmatch(r"[\w*-]+(\.[\w-]+)+", certificate["cn"] or "")
        for name in names:
            yield name.lower().removesuffix("."), bool(is_host)


def expected_answers(dns):
    """Each answer with the questions that lead to its owner, be it the question itself or one of its aliases.

    The corpus does not tell which message held an answer, so a question that leads there need not have got it: one
    of them must show it, and a question that does not lead there must not.
    """
    targets, questions = defaultdict(set), defaultdict(set)
    for owner, target in dns["cnames"]:
        targets[owner.lower()].add(target.lower())
    for question in {name.lower() for name in dns["queries"]}:
        waiting = {question}
        while waiting:
            name = waiting.pop()
            questions[name].add(question)
            waiting |= {target for target in targets[name] if question not in questions[target]}
    for owner, address in dns["answers"]:
        if questions[owner.lower()]:
            yield owner.lower(), address, questions[owner.lower()]


def shown_facts(output, dns):
    names, pairs = defaultdict(set), set()
    for line in output.splitlines():
        record = json.loads(line)
        # The corpus has no mark for a dot inside a label, and drops one at the end.
        method, name = record["method"], record.get("name", "").removesuffix(".").replace("\\032", " ")
        if method == "resolved":
            names[method].add(f"{name} {record['server']}")
        elif name:
            names[method].add(f"{name} {record['version']}" if method == "quic-sni" else name)
        if method.endswith("-sni") and "ja3" in record:
            names[HELLOS] |= hello_facts(
                method.removesuffix("-sni"), name, record["ja3"], record["ja4"], record["alpn"],
                # Any of these words means that the extension was there: the corpus does not tell GREASE from true ones.
                record.get("ech") in ("present", "real", "grease"))
        pairs |= {(name, address) for address in record.get("addresses", [])}
    answers = list(expected_answers(dns))
    explained = {(question, address) for _, address, questions in answers for question in questions}
    names[ADDRESSES] = {
        f"{owner} {address}" for owner, address, questions in answers
        if any((question, address) in pairs for question in questions)
    } | {f"{name} {address}" for name, address in pairs - explained}
    return names


def read_exceptions():
    """What corrects the corpus: in each section of the file a proof, then fenced lines of JSON."""
    for section in EXCEPTIONS.read_text().split("\n## ")[1:]:
        title, _, text = section.partition("\n")
        proof, fence, lines = text.partition("```json\n")
        if not fence or len(proof.split()) < 10:
            sys.exit(f"{EXCEPTIONS.name}: {title}: a proof and a block of JSON are needed")
        yield from map(json.loads, lines.partition("```")[0].splitlines())


def correct(facts):
    """Applies the exceptions, and says which of them change nothing."""
    for entry in read_exceptions():
        known = facts.get(entry["file"], {}).get(entry["method"])
        wrong, right = entry.get("instead_of"), entry.get("fact")
        if known is None or wrong and wrong not in known or right in known or not (wrong or right):
            yield f"{EXCEPTIONS.name}: changes nothing: {entry}"
            continue
        known -= {wrong}
        known |= {right} - {None}


def compare(expected, shown):
    for method in sorted(set(shown) - set(expected)):
        yield f"{method}: this check does not know the method"
    for method in expected:
        for fact in sorted(expected[method] - shown[method]):
            yield f"{method}: missing: {fact}"
        for fact in sorted(shown[method] - expected[method]):
            yield f"{method}: invented: {fact}"


def run_both(binary, path):
    """The runs of `names` and `replay`."""
    return (run(binary, "names", "--format", "json", "--unnamed", str(path)),
            run(binary, "replay", "--format", "json", "--rules", str(RULES), str(path)))


def check_capture(binary, path, expected, facts):
    runs = run_both(binary, path)
    for each in runs:
        yield from each.complaints()
    shown = shown_facts(runs[0].output, expected["dns"])
    answers = {f"{question} {address}" for _, address, questions in expected_answers(expected["dns"])
               for question in questions}
    for fact in sorted(shown.pop("resolved", set()) - answers):
        yield f"resolved: nobody was told so: {fact}"
    shown["certificate"] -= {name for name, is_host in certificate_names(expected) if not is_host}
    if all(each.code == 0 for each in runs):
        shown[READING] = {"to the end"}
    yield from compare(facts, shown)


def check_hostile(binary, path):
    for each in run_both(binary, path):
        yield from each.complaints()


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: check.py BINARY CORPUS")
    binary, corpus = sys.argv[1], Path(sys.argv[2])
    captures = {line["file"]: line["expected"] for line in read_lines(corpus / "EXPECTED.jsonl")}
    facts = {file: expected_facts(expected) for file, expected in captures.items()}
    complaints = list(correct(facts))
    hostile = [line["file"] for line in read_lines(corpus / "malformed" / "INDEX.jsonl")]

    for file, expected in captures.items():
        found = check_capture(binary, corpus / file, expected, facts[file])
        complaints += [f"{file}: {complaint}" for complaint in found]
    for file in hostile:
        complaints += [f"malformed/{file}: {complaint}" for complaint in check_hostile(binary, corpus / "malformed" / file)]

    print(*complaints, sep="\n", end="\n" if complaints else "")
    totals = ", ".join(
        f"{sum(len(known[method]) for known in facts.values())} {method}" for method in next(iter(facts.values())))
    print(f"conformance: {len(captures)} captures, {len(hostile)} hostile ones; required are {totals}; "
          f"{len(complaints)} complaints")
    sys.exit(1 if complaints else 0)


if __name__ == "__main__":
    main()
