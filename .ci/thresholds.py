#!/usr/bin/env python3
"""Compare a score.py --json report with what the project claims; exit 1 where it falls short."""
import json
import sys

CLAIMS = [
    ("findings F1", lambda r: r["findings"]["f1"], 0.99),
    ("status", lambda r: r["matched"]["status"], 0.98),
    ("measures", lambda r: r["matched"]["measures"], 0.98),
    ("path", lambda r: r["matched"]["path"], 0.98),
    ("metadata mean", lambda r: r["metadata_mean"], 0.98),
    ("categories micro-F1", lambda r: r["categories"]["micro_f1"], 0.95),
    ("procurement, decision, finance F1", lambda r: r["categories"]["core_f1"], 0.96),
]

report = json.load(open(sys.argv[1], encoding="utf-8"))
short = 0
for name, value, want in CLAIMS:
    got = value(report)
    print(f"{name}: {got} (want >= {want}){'' if got >= want else '  FALLS SHORT'}")
    short += got < want
sys.exit(1 if short else 0)
