"""Makes every case, or those whose names contain one of the words given."""

import importlib
import pathlib
import sys
import traceback

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
    except Exception as reason:  # whatever it is: the other cases are made all the same
        failures += 1
        text = str(reason) if isinstance(reason, case.Disagreement) else traceback.format_exc()
        print(f"{made.slug}: FAILED\n{text}", file=sys.stderr)
sys.exit(1 if failures else 0)
