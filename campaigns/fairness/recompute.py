"""Recomputes the results of a campaign from its log: python3 recompute.py tally.csv results.json"""

import csv
import hashlib
import json
import sys
from pathlib import Path

tally, told = Path(sys.argv[1]).read_text("utf-8"), json.loads(Path(sys.argv[2]).read_text("utf-8"))
seal, number, likes = told["campaign"], 0, set()
for number, row in enumerate(csv.DictReader(tally.splitlines()), 1):
    line = [number, row["voter"], row["nomination"], row["act"], row["reason"], row["at"]]
    seal = hashlib.sha256((seal + json.dumps(line)).encode()).hexdigest()
    if (row["number"], row["seal"], row["theme"]) != (str(number), seal, told["themes"].get(line[2])):
        sys.exit(f"Line {number} was changed.")
    (likes.add if row["act"] == "like" else likes.discard)((row["nomination"], row["voter"]))
if (number, seal) != (told["lines"], told["seal"]):
    sys.exit("Lines are missing at the end.")
ranks = {}
for one in told["nominations"]:
    lot = hashlib.sha256((seal + one["nomination"]).encode()).hexdigest()
    tie = {"all": "", "accepted": one["accepted"], "lot": lot}[told["tie_rule"]]
    ranks[one["nomination"]] = (one["theme"], -sum(pair[0] == one["nomination"] for pair in likes), tie)
for one in told["nominations"]:
    theme, negative, _tie = rank = ranks[one["nomination"]]
    place = 1 + sum(other[0] == theme and other < rank for other in ranks.values())
    found = (-negative, place, place <= told["laureates_each"] and negative < 0)
    if found != (one["likes"], one["place"], one["laureate"]):
        sys.exit(f"{one['name']}: the published result is another one.")
    sys.stdout.write(f"{theme}: {one['name']} ({found[0]})\n" if found[2] else "")
