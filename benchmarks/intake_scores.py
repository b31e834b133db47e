"""Run the intake over annotated texts and print a scorer's table, and the time a document takes.

    python benchmarks/intake_scores.py TEXTS GOLD --scorer score.py [--errors] [--register]

TEXTS is a folder of .txt files named by the gold's ids. The register holds only the countries; with --register it is
the one that ENTENTE_DATA or DATABASE_URL leads to.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from articles.intake.extract import read_bytes
from articles.intake.gazetteer import country_matcher
from articles.intake.output import as_json
from articles.intake.recognise import recognise
from entities.matcher import Matcher

MatcherFor = Callable[[str], Matcher]


def predictions(texts: Path, ids: list[str], matcher: MatcherFor) -> tuple[list[dict], list[float]]:
    matcher("en")
    rows, seconds = [], []
    for number, name in enumerate([ids[0], *ids]):
        path = texts / f"{name}.txt"
        begun = time.perf_counter()
        extracted = read_bytes(path.read_bytes(), filename=path.name)
        row = as_json(str(path), extracted, recognise(extracted, matcher(extracted.language)))
        if number:  # the first is read twice: loading is not what is measured
            seconds.append((time.perf_counter() - begun) * 600 / max(60, len(extracted.text.split())))
            rows.append(row | {"id": name})
    return rows, seconds


def register_matcher() -> MatcherFor:
    """The names of a real register, read as intake reads them."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.conf import settings

    if settings.EMBEDDED_DATABASE:
        settings.EMBEDDED_POSTGRES.start()
    from articles.intake.register import matcher_for

    return matcher_for


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--register", action="store_true")
    options = parser.parse_args()
    ids = [json.loads(line)["id"] for line in options.gold.read_text("utf-8").splitlines() if line.strip()]
    matcher = register_matcher() if options.register else lambda language: country_matcher()
    rows, seconds = predictions(options.texts, ids, matcher)
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
