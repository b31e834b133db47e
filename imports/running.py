"""A whole file through its importer: dry, to know what would come of it, or for good."""

import csv
import io
from collections import Counter
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.exchange.articles import ArticleImporter
from entities.exchange.csv_rows import armed
from entities.exchange.dates import Order
from entities.exchange.importing import Item, RowImporter
from entities.exchange.reporting import Report
from entities.exchange.row import Row, UnreadableFile
from entities.folding import folded
from history.attribution import attributed_to
from history.models import Batch
from jobs.models import Job
from jobs.running import RunningJob, in_background

from .kinds import KINDS, OUTCOMES
from .models import Import, ImportFile
from .reading import rows_of, storable

MOST_NAMES = 500


def start(run: Import, user: Any, *, dry: bool) -> Job | None:
    """Begin to check or to bring in, unless that is going on or there is no file any more."""
    with transaction.atomic():
        run = Import.objects.select_for_update(of=["self"]).select_related("job").get(pk=run.pk)
        if run.is_busy or not run.is_mapped or not run.has_file:
            return None
        run.job = Job.objects.start(bring_in, user, label=run.file_name, key=run.pk, dry=dry)
        run.save(update_fields=["job", "touched_at"])
    return run.job


def importer_of(run: Import, *, dry: bool) -> RowImporter:
    importer = KINDS[run.kind].importer(dry_run=dry, dates=Order(run.dates))
    importer.file_name = run.file_name
    if isinstance(importer, ArticleImporter):
        importer.publish = run.publish
    return importer


def mapped_rows(run: Import, data: bytes | None = None) -> list[Row]:
    if data is None:
        data = bytes(ImportFile.objects.values_list("data", flat=True).get(of=run))
    return run.columns.apply(rows_of(run.kind, run.file_name, data).rows)


@in_background(_("Import from a file"))
def bring_in(job: RunningJob, key: int, dry: bool) -> dict[str, Any]:
    """Begun again after a kill, it goes through the file again: what was in by then counts as unchanged."""
    run = Import.objects.select_related("batch").filter(pk=key).first()
    if run is None:
        raise ValidationError(gettext("This import was thrown away."))
    try:
        rows = mapped_rows(run)
    except ImportFile.DoesNotExist as error:
        raise ValidationError(gettext("The file is no longer here; bring it again.")) from error
    except UnreadableFile as error:
        raise ValidationError(str(error)) from error
    importer = importer_of(run, dry=dry)
    follow(importer, job, len(rows))
    if dry:
        report = importer.run(rows)
        Import.objects.filter(pk=key).update(checked=outcome_of(importer, report))
        return {"counts": in_words(report), "address": run.get_absolute_url(), "address_label": run.file_name}
    return _for_good(run, job, importer, rows)


def _for_good(run: Import, job: RunningJob, importer: RowImporter, rows: list[Row]) -> dict[str, Any]:
    if run.batch is None or run.batch.undone:
        run.batch = Batch.objects.create(
            kind=f"import_{importer.kind}", label=run.file_name[:500], who=job.owner
        )
        run.save(update_fields=["batch", "touched_at"])
    with attributed_to(job.owner, run.batch):
        report = importer.run(rows)
    if job.attempt > 1:
        report.note(
            "the work was interrupted and taken up again; what was in by then is counted as unchanged"
        )
    with transaction.atomic():
        run.result, run.report = outcome_of(importer, report), as_csv(report)
        run.save(update_fields=["result", "report", "touched_at"])
        run.batch.finish(**report.counts)
        ImportFile.objects.filter(of=run).delete()
    return {
        "counts": in_words(report),
        "address": run.get_absolute_url(),
        "address_label": gettext("report of the import"),
    }


def follow(importer: RowImporter, job: RunningJob, total: int) -> None:
    """Let the job say how far the importer is and what became of the rows so far."""
    counts: Counter[str] = Counter()

    def note(item: Item) -> None:
        counts[item.outcome] += 1

    def say(done: int) -> None:
        job.say(
            done, total, ", ".join(f"{OUTCOMES[name]} {counts[name]}" for name in OUTCOMES if counts[name])
        )

    importer.told, importer.progress = note, say
    job.say(0, total, "")


def outcome_of(importer: RowImporter, report: Report) -> dict[str, Any]:
    return {
        "read": report.read,
        "counts": report.counts,
        "notes": [storable(entry.reason) for entry in report.entries if not entry.line][:MOST_NAMES],
        "names": names_not_known(importer),
    }


def names_not_known(importer: RowImporter) -> list[dict[str, Any]]:
    """The parties that nobody knows, the most frequent first, each with what it may be."""
    parties = getattr(importer, "parties", None)
    if parties is None:
        return []
    return [
        {
            "name": storable(parties.written[key]),
            "key": key,
            "times": times,
            "perhaps": parties.suggestion(key),
        }
        for key, times in parties.unknown.most_common(MOST_NAMES)
        if folded(key)
    ]


def in_words(report: Report) -> list[tuple[str, int]]:
    return [(gettext("rows read"), report.read)] + [
        (str(OUTCOMES[name]), number) for name, number in report.counts.items()
    ]


def as_csv(report: Report) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([armed(str(cell)) for cell in row] for row in report.as_rows())
    return storable(text.getvalue())
