"""An import that is killed leaves whole rows or nothing, and running it again completes it."""

import os
import signal
import time
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connections

from entities.models import Agreement, AgreementParty, ImportedRow, Name
from tests.entities.exchange import jsonl, run

ROWS = [
    {"title": f"Treaty {number}", "register": "R", "reference": str(number), "parties": "France; Japan; Peru"}
    for number in range(600)
]


def import_and_kill(path, rows):
    """Run the import in a process of its own and kill it as soon as so many rows are seen."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            call_command("import_agreements", path, stdout=StringIO())
        finally:
            os._exit(0)
    for _ in range(3000):
        if Agreement.objects.count() >= rows or os.waitpid(child, os.WNOHANG) != (0, 0):
            break
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


@pytest.mark.django_db(transaction=True)
def test_an_import_that_is_killed_leaves_whole_rows_and_a_rerun_completes_it(tmp_path):
    path = jsonl(tmp_path, *ROWS)
    import_and_kill(path, 1)
    there = Agreement.objects.count()
    assert 0 < there < len(ROWS)
    assert AgreementParty.objects.count() == 3 * there
    assert ImportedRow.objects.count() == Name.objects.filter(agreement__isnull=False).count() == there
    assert run("import_agreements", path)[-1].startswith(
        f"imported {len(ROWS) - there} ({len(ROWS) - there} new, 0 updated), unchanged {there},"
    )
