"""What the tests of imports share: files, and the lines that a command prints."""

import csv
import json
from io import StringIO
from pathlib import Path

from django.core.management import call_command


def run(command: str, path: Path, *options: str) -> list[str]:
    out = StringIO()
    call_command(command, path, *options, stdout=out, stderr=out)
    return out.getvalue().splitlines()


def jsonl(folder: Path, *rows: dict, name: str = "rows.jsonl") -> Path:
    path = folder / name
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def table(folder: Path, *rows: tuple, name: str = "rows.csv", **form: str) -> Path:
    path = folder / name
    with path.open("w", encoding=form.pop("encoding", "utf-8"), newline="") as file:
        csv.writer(file, **form).writerows(rows)
    return path
