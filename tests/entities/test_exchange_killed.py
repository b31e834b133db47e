"""An import that is killed leaves whole rows or nothing, and running it again completes it."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from entities.models import Agreement, AgreementParty, ImportedRow, Name
from tests.entities.exchange import jsonl, run
from tests.jobs.conftest import address_of_database, until

ROWS = [
    {"title": f"Treaty {number}", "register": "R", "reference": str(number), "parties": "France; Japan; Peru"}
    for number in range(1500)
]


def import_and_kill(path, rows):
    """Run the import in a process of its own and kill it as soon as so many rows are seen."""
    environment = os.environ | {"DATABASE_URL": address_of_database(), "SECRET_KEY": settings.SECRET_KEY}
    command = [sys.executable, "manage.py", "import_agreements", path]
    with subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.DEVNULL
    ) as importing:
        until(lambda: Agreement.objects.count() >= rows or importing.poll() is not None)
        importing.kill()


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
