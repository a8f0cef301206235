"""Makes every case, or those whose names contain one of the words given."""

import importlib
import pathlib
import sys

import case

here = pathlib.Path(__file__).parent
for module in sorted((here / "cases").glob("*.py")):
    importlib.import_module(f"cases.{module.stem}")

words = sys.argv[1:]
failures = 0
for made in case.CASES:
    if words and not any(word in made.slug for word in words):
        continue
    try:
        made.make(here.parent)
        print(f"{made.slug}: {len(made.rows)} names, {made.capture.stat().st_size} bytes")
    except case.Disagreement as reason:
        failures += 1
        print(f"{made.slug}: FAILED\n{reason}", file=sys.stderr)
sys.exit(1 if failures else 0)
