"""Real registers, each into a fresh register of ours and again into the same; and imports that are killed.

ENTENTE_MATERIAL names the folder with `data/`; FILES=uk,gptad chooses some, ROWS=600 cuts the one that is killed. Every
import is a process of its own, whose time and memory are the operating system's own figures, and works on a copy of a
register that is empty but for the countries.
"""

import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

TEMPLATE = "bench_template"
ROUNDS = int(os.environ.get("ROUNDS", "20"))
FILES = (
    ("agreements", "agreements/uk-treaties-online.csv"),
    ("agreements", "agreements/uk-treaties-online-batch-5186.json"),
    ("agreements", "agreements/gptad.csv"),
    ("agreements", "agreements/huggo-clean.csv"),
    ("agreements", "agreements/huggo-trade-reconciled.macroman.csv"),
    ("organisations", "organisations/oecd-dac-agencies.csv"),
    ("organisations", "organisations/oecd-dac-channels.csv"),
    ("organisations", "organisations/ror-sample-search.json"),
    ("organisations", "organisations/universities.csv"),
    ("articles", "news/sri-lanka-cabinet-decisions-cooperation.jsonl"),
    ("articles", "news/wordpress-theme-unit-test.wxr.xml"),
)
_COUNTS = re.compile(
    r"imported (?P<imported>\d+) \((?P<new>\d+) new, (?P<updated>\d+) updated\), unchanged (?P<unchanged>\d+), "
    r"skipped (?P<skipped>\d+), refused (?P<refused>\d+)"
)
_UNKNOWN = re.compile(r"parties: (\d+) named, (\d+) of them not known")
# Of every agreement what a row wrote of it, in an order of its own.
_CONTENT = """
    SELECT md5(string_agg(line, E'\\n' ORDER BY line)) FROM (
        SELECT concat_ws('|', a.register, a.reference, a.title, a.signed, a.in_force, a.ended,
            a.place, a.slug IS NOT NULL,
            (SELECT string_agg(coalesce(c.code, o.name), ',' ORDER BY coalesce(c.code, o.name))
             FROM entities_agreementparty p LEFT JOIN entities_country c ON c.id = p.country_id
             LEFT JOIN entities_organisation o ON o.id = p.organisation_id WHERE p.agreement_id = a.id),
            (SELECT string_agg(t.key, ',' ORDER BY t.key) FROM entities_taggedagreement g
             JOIN entities_tag t ON t.id = g.tag_id WHERE g.content_object_id = a.id),
            (SELECT count(*) FROM entities_name n WHERE n.agreement_id = a.id)) AS line
        FROM entities_agreement a) AS lines
"""
_HALVES = """
    SELECT (SELECT count(*) FROM entities_agreement a WHERE NOT EXISTS
                (SELECT 1 FROM entities_importedrow r WHERE r.kind = 'agreement' AND r.record_id = a.id)
             OR NOT EXISTS (SELECT 1 FROM entities_name n WHERE n.agreement_id = a.id AND n.is_main)
             OR NOT EXISTS (SELECT 1 FROM entities_address s WHERE s.kind = 'agreement' AND s.record_id = a.id))
         + (SELECT count(*) FROM entities_importedrow r WHERE r.kind = 'agreement'
             AND jsonb_array_length(r.values -> 'parties') <>
                 (SELECT count(*) FROM entities_agreementparty p WHERE p.agreement_id = r.record_id)),
        (SELECT count(*) FROM entities_agreement)
"""


def material() -> Path:
    folder = Path(os.environ.get("ENTENTE_MATERIAL", "")) / "data"
    if not folder.is_dir():
        raise SystemExit("ENTENTE_MATERIAL must name the folder that holds data/")
    return folder


def make_template() -> None:
    """Whatever an earlier run left goes first."""
    name = connection.settings_dict["NAME"]
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}"')
    call_command("migrate", verbosity=0)
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{TEMPLATE}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{TEMPLATE}" TEMPLATE "{name}"')


def take_fresh_register() -> None:
    name = connection.settings_dict["NAME"]
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{TEMPLATE}"')


def command(kind: str, path: Path) -> list[str]:
    return [
        sys.executable,
        "manage.py",
        f"import_{kind}",
        str(path),
        *(["--publish"] if kind == "articles" else []),
    ]


# A process that is started takes over its parent's peak of memory, so a small one stands in between.
_WATCHED = """
import json, os, subprocess, sys, time
start = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stderr=subprocess.DEVNULL)
used = os.wait4(process.pid, 0)[2]
seconds = time.perf_counter() - start
print(json.dumps([seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]), file=sys.stderr)
"""


def run(kind: str, path: Path) -> tuple[str, float, float, float]:
    """Return what the command printed, its seconds, those of its own work, and the most memory it held, in MB."""
    watched = [sys.executable, "-c", _WATCHED, *command(kind, path)]
    done = subprocess.run(watched, capture_output=True, text=True, check=True)
    return done.stdout, *json.loads(done.stderr)


def check_files() -> None:
    folder = material()
    chosen = os.environ.get("FILES", "").split(",")
    make_template()
    print(
        "| file | rows | new | updated | unchanged | skipped | refused | names not known "
        "| s | its own CPU | MB | again: changed | s |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|---|---|")
    for kind, name in FILES:
        if not any(part in name for part in chosen):
            continue
        take_fresh_register()
        output, *used = run(kind, folder / name)
        again, *used_again = run(kind, folder / name)
        print(_line(Path(name).name, output, used, again, used_again), flush=True)


def _line(name: str, output: str, used: list[float], again: str, used_again: list[float]) -> str:
    first, second = _COUNTS.search(output), _COUNTS.search(again)
    if first is None or second is None:
        return f"| {name} | failed: {(output or again).strip()[-200:]} |"
    counts = {column: int(value) for column, value in first.groupdict().items()}
    rows = sum(counts[column] for column in ("imported", "unchanged", "skipped", "refused"))
    parties = _UNKNOWN.search(output)
    unknown = f"{parties[2]} of {parties[1]}" if parties else ""
    outcomes = " | ".join(
        str(counts[column]) for column in ("new", "updated", "unchanged", "skipped", "refused")
    )
    seconds, work, memory = used
    return (
        f"| {name} | {rows} | {outcomes} | {unknown} | {seconds:.1f} | {work:.1f} | {memory:.0f} "
        f"| {second['imported']} | {used_again[0]:.1f} |"
    )


def cut(path: Path, rows: int) -> Path:
    """Return the file, or one with its first so many rows."""
    if not rows:
        return path
    short = settings.DATA_DIR / f"{rows}-{path.name}"
    with (
        path.open(encoding="utf-8", newline="") as whole,
        short.open("w", encoding="utf-8", newline="") as part,
    ):
        csv.writer(part).writerows(islice(csv.reader(whole), rows + 1))
    return short


def check_killed() -> int:
    """Kill an import ROUNDS times, each time later; return 0 when rows were whole and a rerun completed every time."""
    path = cut(material() / FILES[0][1], int(os.environ.get("ROWS", "0")))
    make_template()
    take_fresh_register()
    seconds = run("agreements", path)[1]
    whole = _asked(_CONTENT)[0]
    failed = 0
    for number in range(1, ROUNDS + 1):
        take_fresh_register()
        process = subprocess.Popen(
            command("agreements", path), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(seconds * (0.3 + 0.7 * number / (ROUNDS + 1)))  # before that it has only begun to read
        process.send_signal(signal.SIGKILL)
        process.wait()
        halves, there = _asked_when_alone(_HALVES)
        run("agreements", path)
        complete = _asked(_CONTENT)[0] == whole
        failed += bool(halves) or not complete
        said = "the rerun completed it" if complete else "THE RERUN DIFFERS"
        print(f"round {number}: killed with {there} rows in, {halves} in part; {said}", flush=True)
    print(f"{ROUNDS - failed} of {ROUNDS} rounds: whole rows or nothing, and a rerun completes")
    return 1 if failed else 0


def _asked(sql: str) -> tuple:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone()
    connection.close()
    return row


def _asked_when_alone(sql: str) -> tuple:
    """Ask when the server has noticed that the other side is gone."""
    others = """
        SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
        AND pid <> pg_backend_pid() AND backend_type = 'client backend'
    """
    for _ in range(600):
        if not _asked(others)[0]:
            break
        time.sleep(0.1)
    return _asked(sql)
