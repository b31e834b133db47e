"""Compare the scores of proposals with how many of them annotated documents call right, and fit the table anew.

    python benchmarks/calibration.py --scorer score.py TEXTS GOLD [TEXTS GOLD …] [--write]

TEXTS is a folder of .txt files named by the ids of GOLD. Prints, for each kind and band of scores, how many proposals
there were and the share that was right; with --write the table that recognition reads is fitted to these documents.
"""

import argparse
import csv
import importlib.util
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from articles.intake import recognise as recognising
from articles.intake.calibration import TABLE, calibrated
from articles.intake.extract import read_bytes
from articles.intake.recognise import Proposed

FIELDS = {
    "country": "countries",
    "organisation": "organisations",
    "person": "people",
    "agreement": "agreements",
}
BANDS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0001)
LEAST = 12  # proposals a step of the table rests on
DOUBT = 2.0  # proposals that count as half right, added to each step

Judged = tuple[str, float, bool]  # kind, confidence, whether it was right


def judged(scorer: ModuleType, texts: Path, gold: Path) -> list[Judged]:
    """Return every proposal of the documents with its confidence before calibration and whether gold has it."""
    seen: list[Judged] = []
    for entry in scorer.load(gold):
        path = texts / f"{entry['id']}.txt"
        proposals = recognising.recognise(read_bytes(path.read_bytes(), filename=path.name))
        for kind, field in FIELDS.items():
            of_kind = [
                p for p in proposals if p.kind == kind and (kind != "country" or len(str(p.record)) == 2)
            ]
            found = {
                j
                for _, j in scorer.pairs(
                    field, scorer.uniq(field, entry.get(field)), [_as_scored(p) for p in of_kind]
                )
            }
            seen += [(kind, proposal.confidence, place in found) for place, proposal in enumerate(of_kind)]
    return seen


def _as_scored(proposal: Proposed) -> str | dict:
    if proposal.kind == "country":
        return str(proposal.record).upper()
    if proposal.kind == "agreement":
        return {
            "title": proposal.value,
            "date": proposal.payload.get("date"),
            "evidence": proposal.payload.get("evidence", ""),
        }
    return proposal.value


def fitted(seen: list[Judged]) -> list[tuple[str, float, float, int]]:
    """Return (kind, confidence, share, proposals): shares that never fall, pooled where they would."""
    rows = []
    for kind in FIELDS:
        pools: list[Pool] = []
        for step in _steps(sorted((confidence, right) for of, confidence, right in seen if of == kind)):
            pools.append(step)
            while len(pools) > 1 and pools[-2].right / pools[-2].count >= pools[-1].right / pools[-1].count:
                last = pools.pop()
                pools[-1] = pools[-1] + last
        rows += [(kind, round(pool.mean, 3), round(pool.share, 3), pool.count) for pool in pools]
    return rows


@dataclass(frozen=True)
class Pool:
    confidences: float
    right: int
    count: int

    def __add__(self, other: "Pool") -> "Pool":
        return Pool(self.confidences + other.confidences, self.right + other.right, self.count + other.count)

    @property
    def mean(self) -> float:
        return self.confidences / self.count

    @property
    def share(self) -> float:
        return (self.right + DOUBT / 2) / (self.count + DOUBT)


def _steps(entries: list[tuple[float, bool]]) -> list[Pool]:
    """Neighbours in confidence together, at least ``LEAST`` a step; those of one confidence are never parted."""
    by_confidence: dict[float, Pool] = {}
    for confidence, right in entries:
        before = by_confidence.get(confidence, Pool(0.0, 0, 0))
        by_confidence[confidence] = before + Pool(confidence, right, 1)
    steps: list[Pool] = []
    for pool in by_confidence.values():
        if steps and steps[-1].count < LEAST:
            steps[-1] = steps[-1] + pool
        else:
            steps.append(pool)
    if len(steps) > 1 and steps[-1].count < LEAST:
        last = steps.pop()
        steps[-1] = steps[-1] + last
    return steps


def show(seen: list[Judged]) -> None:
    bands: dict[tuple[str, int], list[tuple[float, bool]]] = defaultdict(list)
    for kind, confidence, right in seen:
        score = calibrated(kind, confidence)
        band = max(i for i, low in enumerate(BANDS[:-1]) if score >= low)
        bands[kind, band].append((score, right))
        bands["all", band].append((score, right))
    print(f"{'kind':<14}{'scores':<12}{'proposals':>10}{'mean score':>12}{'right':>8}")
    for kind in (*FIELDS, "all"):
        for band in range(len(BANDS) - 1):
            entries = bands.get((kind, band))
            if entries:
                mean, share = (sum(entry[i] for entry in entries) / len(entries) for i in (0, 1))
                label = f"{BANDS[band]:.1f}-{min(1, BANDS[band + 1]):.1f}"
                print(f"{kind:<14}{label:<12}{len(entries):>10}{mean:>12.2f}{share:>8.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pairs", type=Path, nargs="+", metavar="TEXTS GOLD")
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    spec = importlib.util.spec_from_file_location("scorer", options.scorer)
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    seen = [
        entry
        for texts, gold in zip(options.pairs[::2], options.pairs[1::2], strict=True)
        for entry in judged(scorer, texts, gold)
    ]
    show(seen)
    if options.write:
        with TABLE.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["kind", "confidence", "share", "proposals"])
            writer.writerows(fitted(seen))
        print(f"written: {TABLE}")


if __name__ == "__main__":
    main()
