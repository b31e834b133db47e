"""Run the intake over annotated texts and print a scorer's table, and the time a document takes.

    python benchmarks/intake_scores.py TEXTS GOLD --scorer score.py [--errors]

TEXTS is a folder of .txt files named by the gold's ids. The register holds only the countries.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from articles.intake.extract import read_bytes
from articles.intake.gazetteer import country_matcher
from articles.intake.output import as_json
from articles.intake.recognise import recognise


def predictions(texts: Path, ids: list[str]) -> tuple[list[dict], list[float]]:
    country_matcher()
    rows, seconds = [], []
    for number, name in enumerate([ids[0], *ids]):
        path = texts / f"{name}.txt"
        begun = time.perf_counter()
        extracted = read_bytes(path.read_bytes(), filename=path.name)
        row = as_json(str(path), extracted, recognise(extracted))
        if number:  # the first is read twice: loading is not what is measured
            seconds.append((time.perf_counter() - begun) * 600 / max(60, len(extracted.text.split())))
            rows.append(row | {"id": name})
    return rows, seconds


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    ids = [json.loads(line)["id"] for line in options.gold.read_text("utf-8").splitlines() if line.strip()]
    rows, seconds = predictions(options.texts, ids)
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        file.flush()
        command = [
            sys.executable,
            str(options.scorer),
            file.name,
            "--gold",
            str(options.gold),
            "--by",
            "language",
        ]
        subprocess.run(command + ["--errors"] * options.errors, check=True)
    print(
        f"median {statistics.median(seconds) * 1000:.1f} ms for 600 words, slowest {max(seconds) * 1000:.1f} ms"
    )


if __name__ == "__main__":
    main()
