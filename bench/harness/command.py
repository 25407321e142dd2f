"""What every script's command line has in common."""

import argparse
import json
import sys

from harness import machine
from harness.failure import Failure


def parser(name, description):
    p = argparse.ArgumentParser(prog=f"bench/{name}", description=description)
    p.add_argument("--json", metavar="FILE", help="also write the result as JSON")
    p.add_argument("--sluice", metavar="FILE", help="this published file instead of publishing anew")
    p.add_argument("--strict", action="store_true", help="exit 1 when a target is missed")
    return p


def write_json(file, rows):
    if file:
        with open(file, "w", encoding="utf-8") as output:
            json.dump(rows, output, indent=2)
            output.write("\n")


def run(options, main):
    """Runs main, which returns whether every target was reached. Exits 0, 1 (a miss with --strict) or 2 (not measured)."""
    for warning in machine.warnings():
        print(f"note: {warning}", file=sys.stderr)
    try:
        reached = main(options)
    except Failure as failure:
        print(f"not measured: {failure}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(1 if options.strict and not reached else 0)
