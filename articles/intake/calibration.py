"""What a rule's confidence is worth: the share of such proposals that annotated documents found right.

``data/calibration.csv`` is written by ``python benchmarks/calibration.py --write``: for each kind of proposal the
confidences that were seen and the share of proposals that were right at each, never falling as confidence rises.
"""

import csv
from bisect import bisect_right
from collections import defaultdict
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "data" / "calibration.csv"


def calibrated(kind: str, confidence: float) -> float:
    """Return the score of a proposal: of those at 0.8, eight in ten are right; between two steps a straight line."""
    steps = _steps().get(kind)
    if not steps:
        return confidence
    place = bisect_right(steps, (confidence, 2.0))
    if place == 0:
        return steps[0][1]
    if place == len(steps):
        return steps[-1][1]
    (low, below), (high, above) = steps[place - 1], steps[place]
    return below + (above - below) * (confidence - low) / (high - low)


@cache
def _steps() -> dict[str, list[tuple[float, float]]]:
    steps: dict[str, list[tuple[float, float]]] = defaultdict(list)
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            steps[row["kind"]].append((float(row["confidence"]), float(row["share"])))
    return {kind: sorted(pairs) for kind, pairs in steps.items()}
