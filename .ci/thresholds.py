#!/usr/bin/env python3
"""Compare a score.py --json report with what the project claims; exit 1 where it falls short."""
import json
import sys

CLAIMS = [
    ("findings F1", lambda r: r["findings"]["f1"], 0.97),
    ("status", lambda r: r["matched"]["status"], 0.97),
    ("path", lambda r: r["matched"]["path"], 0.95),
    ("metadata mean", lambda r: r["metadata_mean"], 0.95),
    ("categories micro-F1", lambda r: r["categories"]["micro_f1"], 0.85),
]

report = json.load(open(sys.argv[1], encoding="utf-8"))
short = 0
for name, value, want in CLAIMS:
    got = value(report)
    print(f"{name}: {got} (want >= {want}){'' if got >= want else '  FALLS SHORT'}")
    short += got < want
sys.exit(1 if short else 0)
