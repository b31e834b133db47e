"""One timeline of stories and of what happened to agreements, newest first, by year."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from entities.partial_dates import PartialDate

from .agreement_listing import AgreementRow
from .storylist import StoryList, StoryRow


@dataclass(slots=True)
class Entry:
    """A story, or one dated event of an agreement."""

    day: datetime.date
    date: PartialDate | None
    story: StoryRow | None = None
    agreement: AgreementRow | None = None
    event: str = ""


def timeline(
    stories: StoryList, agreements: list[AgreementRow], today: datetime.date
) -> list[tuple[int | None, list[Entry]]]:
    """Return (year, entries) of a page: its stories, and the events that fall among them; None gathers the undated.

    Under conditions that only stories can meet there are no events: they would not be what was asked for.
    """
    entries = [Entry(row.article.sort_date, row.article.dated, story=row) for row in stories.rows]
    if not stories.conditions:
        newest = stories.day_before_page() or datetime.date.max
        oldest = datetime.date.min if stories.page.number == stories.page.pages else entries[-1].day
        entries += [
            entry for row in agreements for entry in events_of(row, today) if oldest < entry.day <= newest
        ]
    years: dict[int | None, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: entry.day, reverse=True):
        years.setdefault(entry.day.year if entry.date else None, []).append(entry)
    undated = years.pop(None, [])
    return [*years.items(), *([(None, undated)] if undated else [])]


def events_of(row: AgreementRow, today: datetime.date) -> list[Entry]:
    agreement = row.agreement
    dates = (
        (agreement.signed, _("signed"), _("signature foreseen")),
        (agreement.in_force, _("entered into force"), _("entry into force foreseen")),
        (agreement.ended, _("ended"), _("end foreseen")),
    )
    return [
        Entry(date.latest, date, agreement=row, event=foreseen if date.earliest > today else past)
        for date, past, foreseen in dates
        if date
    ]
