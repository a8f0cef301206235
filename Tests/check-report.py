#!/usr/bin/env python3
"""Holds reports to what other programs expect of them: JSON to Tests/report.schema.json, HTML to a strict parser and
to what a self-contained page may hold, CSV to its head and its number of cells.

    Tests/check-report.py FOLDER

Needs the packages jsonschema and html5lib: python3-jsonschema and python3-html5lib of Debian.
"""
import copy
import csv
import json
import pathlib
import sys

try:
    import html5lib
    import jsonschema
except ImportError as error:
    sys.exit(f"check-report: {error}; on Debian: apt-get install python3-jsonschema python3-html5lib")

TESTS = pathlib.Path(__file__).resolve().parent
XHTML = "{http://www.w3.org/1999/xhtml}"

# What the schema must refuse: a place of the report, and what to put there; None takes it away.
DAMAGE = [
    ("schema", "seaward-report/2"), ("period/from", "23.11.2026"), ("summary/outcome", "fine"), ("summary/clean", None),
    ("findings/0/severity", "bad"), ("findings/0/country", "usa"), ("findings/0/evidence/0/sources", []),
    ("findings/0/tally/bytes_out", -1), ("findings/0/first_seen", "yesterday"), ("coverage/checks/0/allowed", "5 %"),
    ("hosts/0/value/identity", "guess"), ("origin/unheard_of", 1), ("unheard_of", 1),
]


def damaged(report, path, value):
    report = copy.deepcopy(report)
    *parents, last = path.split("/")
    holder = report
    for part in parents:
        holder = holder[int(part) if part.isdigit() else part]
    if value is None:
        del holder[last]
    else:
        holder[last] = value
    return report


def check_json(path, validator):
    report = json.loads(path.read_text(encoding="utf-8"))
    for error in validator.iter_errors(report):
        yield f"{'/'.join(map(str, error.absolute_path))}: {error.message}"
    if report["findings"]:
        for place, value in DAMAGE:
            if validator.is_valid(damaged(report, place, value)):
                yield f"the schema lets through: {place} = {value!r}"


def check_html(path):
    parser = html5lib.HTMLParser(strict=False)
    page = parser.parse(path.read_text(encoding="utf-8"))
    for position, code, _ in parser.errors:
        yield f"line {position[0]}, column {position[1]}: {code}"
    anchors, ids = set(), set()
    level = 0
    for element in page.iter():
        tag = str(element.tag).split("}")[-1]
        if tag in {"script", "iframe", "object", "embed", "link", "img", "form", "base", "foreignObject"}:
            yield f"an element that has no place in a report: {tag}"
        for name, value in element.attrib.items():
            if str(name).lower().startswith("on") or name == "style":
                yield f"an attribute that has no place in a report: {name}"
            if name == "href":
                if value.startswith("#"):
                    anchors.add(value[1:])
                elif not value.startswith(("https://", "http://")):
                    yield f"a link that leads astray: {value}"
            if name == "id":
                if value in ids:
                    yield f"the same id twice: {value}"
                ids.add(value)
        if tag in {"h1", "h2", "h3"}:
            if int(tag[1]) > level + 1:
                yield f"{tag} follows h{level}"
            level = int(tag[1])
        if tag == "table" and element.find(f"{XHTML}caption") is None:
            yield "a table without a caption"
        if tag == "svg" and not any(str(child.tag).endswith("title") for child in element):
            yield "a picture without a title"
    for anchor in sorted(anchors - ids):
        yield f"a link to nowhere: #{anchor}"


def check_csv(path):
    text = path.read_bytes()
    if not text.startswith(b"\xef\xbb\xbf"):
        yield "no byte order mark"
    rows = list(csv.reader(text.decode("utf-8-sig").split("\r\n")[:-1], strict=True))
    for number, row in enumerate(rows, 1):
        if len(row) != len(rows[0]):
            yield f"row {number} has {len(row)} cells, the head {len(rows[0])}"
        for cell in row:
            if cell[:1] in tuple("=+-@\t\r"):
                yield f"row {number} has a formula: {cell}"


def main():
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} FOLDER")
    schema = json.loads((TESTS / "report.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    files = failures = 0
    for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
        problems = {
            ".json": lambda: check_json(path, validator), ".html": lambda: check_html(path), ".csv": lambda: check_csv(path),
        }.get(path.suffix)
        if problems is None:
            continue
        files += 1
        for problem in list(problems())[:20]:
            print(f"{path.name}: {problem}", file=sys.stderr)
            failures += 1
    print(f"{files} reports checked, {failures} failures")
    return 1 if failures or files == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
