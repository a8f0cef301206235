#!/usr/bin/env python3
"""Holds every record that the program writes for the cases of Tests/Captures to Tests/native-record.schema.json.

    Tests/check-records.py PROGRAM

Needs the package jsonschema: python3-jsonschema of Debian, or jsonschema of PyPI. Before it trusts a silence it breaks
a record in several ways, each of which the schema must refuse.
"""
import copy
import json
import pathlib
import subprocess
import sys

try:
    import jsonschema
except ImportError:
    sys.exit("check-records: the Python package jsonschema is missing; on Debian: apt-get install python3-jsonschema")

TESTS = pathlib.Path(__file__).resolve().parent


def at(record, path):
    """The object that holds the last part of a path, and that part."""
    *parents, last = path.split("/")
    for part in parents:
        record = record[int(part) if part.isdigit() else part]
    return record, last


# What the schema must refuse: a place of the record, and what to put there; None takes the field away.
DAMAGE = [
    ("@timestamp", "2026-11-23 19:02:11"), ("@timestamp", "2026-11-23T19:02:11Z"), ("event/id", "ABC"), ("event/id", None),
    ("event/severity", 3), ("event/reason", "two\nlines"), ("source/ip", "10.20.1.256"), ("source/ip", "10.20.1"),
    ("source/ip", "FD00::1"), ("source/ip", "fd00:::1"), ("source/ip", "fd00::1::2"), ("source/port", "443"),
    ("source/port", 65536), ("network/community_id", "2:abc"), ("network/direction", "inbound"), ("rule/reference", []),
    ("rule/category", "spying"), ("seaward/evidence/0/count", 0), ("seaward/evidence/0/value", "a b"),
    ("seaward/evidence/0/value", "a\\256"), ("seaward/evidence/0/method", "guess"), ("seaward/vendor", None),
    ("seaward/unheard_of", 1), ("unheard_of", 1), ("event/type", ["end"]),
]


def check_the_check(validator, record):
    """Says which damage went unnoticed."""
    unnoticed = []
    for path, value in DAMAGE:
        broken = copy.deepcopy(record)
        holder, key = at(broken, path)
        if value is None:
            del holder[key]
        else:
            holder[key] = value
        if validator.is_valid(broken):
            unnoticed.append(f"{path} = {value!r}")
    return unnoticed


def main():
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} PROGRAM")
    schema = json.loads((TESTS / "native-record.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    records = failures = 0
    first = None
    for capture in sorted(TESTS.glob("Captures/*/capture.pcap*")):
        command = [sys.argv[1], "replay", "--quiet", "--format", "json", "--rules", str(TESTS.parent / "Rules"), str(capture)]
        try:
            run = subprocess.run(command, capture_output=True, text=True)
        except OSError as error:
            sys.exit(f"check-records: {sys.argv[1]}: {error.strerror}")
        # A file that is cut ends with exit code 1 and keeps its records; a signal or a wrong option does not pass.
        if run.returncode not in (0, 1):
            print(f"{capture.parent.name}: exit code {run.returncode}: {run.stderr.strip()}", file=sys.stderr)
            failures += 1
        for number, line in enumerate(run.stdout.split("\n")[:-1], 1):
            records += 1
            where = f"{capture.parent.name}, record {number}"
            try:
                record = json.loads(line)
            except ValueError as error:
                print(f"{where}: no JSON: {error}", file=sys.stderr)
                failures += 1
                continue
            problems = [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in validator.iter_errors(record)]
            for problem in problems:
                print(f"{where}: {problem}", file=sys.stderr)
            failures += bool(problems)
            if first is None and not problems:
                first = record
    if first is not None:
        for damage in check_the_check(validator, first):
            print(f"the schema lets through: {damage}", file=sys.stderr)
            failures += 1
    print(f"{records} records held to the schema, {failures} failures; {len(DAMAGE) if first else 0} broken ones tried")
    if records == 0:
        print("check-records: no record at all: nothing was checked", file=sys.stderr)
    return 1 if failures or records == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
