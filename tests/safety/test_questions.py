"""Whatever is asked or sent, the answer is no fault. All questions: `make bench CHECKS=safety`."""

import os
import random
from collections.abc import Mapping
from typing import Any

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import reverse

from .addresses import path_of, routes
from .questions import VALUES, broken_by, odd_addresses, questions, sample


def test_there_are_enough_questions(arguments: Mapping[str, tuple]):
    assert sum(1 for _question in questions(arguments)) > 100_000
    assert sum(1 for _address in odd_addresses(arguments)) > 1_000


def test_no_question_of_a_sample_is_answered_by_a_fault(browser_of: Any, arguments: Mapping[str, tuple]):
    asked = sample(arguments, 1200)
    assert len(asked) >= 1200
    assert broken_by(browser_of("superuser"), asked) == []


ALL = os.environ.get("QUESTIONS", "")  # "all", or every so many: 50 asks every fiftieth


@pytest.mark.skipif(not ALL, reason="takes an hour: QUESTIONS=all, or `make bench CHECKS=safety`")
def test_no_question_at_all_is_answered_by_a_fault(browser_of: Any, arguments: Mapping[str, tuple]):
    asked = list(questions(arguments))[:: 1 if ALL == "all" else int(ALL)]
    assert broken_by(browser_of("superuser"), asked) == []


def test_an_empty_name_of_a_field_is_no_fault(browser_of: Any, arguments: Mapping[str, tuple]):
    pages = [path_of(route, arguments) for route in routes() if route.endswith(("/change/", "/delete/"))]
    assert broken_by(browser_of("superuser"), [f"{page}?_to_field=" for page in pages]) == []


LOOKUPS = (
    "regex=(",
    "year=99999",
    "year=0",
    "exact=%00",
    "gte=x",
    "range=",
    "in=%00,x",
    "isnull=%C2%B2",
    "date=0000",
)


def test_no_lookup_on_any_column_of_a_list_is_a_fault(browser_of: Any):
    chance, asked = random.Random(5), []
    for model, options in admin.site._registry.items():
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for field in model._meta.concrete_fields:
            asked.append(f"{address}?{field.name}__{chance.choice(LOOKUPS)}")
        for name in options.list_filter:
            if isinstance(name, str):
                asked += [f"{address}?{name}__{lookup}" for lookup in LOOKUPS[::2]]
    assert broken_by(browser_of("superuser"), asked) == []


@pytest.mark.parametrize("half", [0, 1])
def test_no_form_of_the_desk_breaks_on_what_no_browser_would_send(
    half: int, browser_of: Any, arguments: Mapping[str, tuple]
):
    """Every field of every form, inlines too, with one nasty value; and the same in the address."""
    browser, chance, broken = browser_of("superuser"), random.Random(half), []
    for route in [route for route in routes() if route.endswith(("/add/", "/change/"))][half::2]:
        path = path_of(route, arguments)
        page = browser.get(path)
        if page.status_code != 200 or "adminform" not in page.context:
            continue
        fields, management = fields_of(page)
        for value in (chance.choice(VALUES), "\x00", "²"):
            status = sent(browser, path, dict.fromkeys(fields, value) | management)
            broken += [(path, value, status)] if status not in ("200", "302", "403") else []
        broken += broken_by(browser, [f"{path}?{field}=%C2%B2" for field in fields[:5]])
    assert broken == []


def fields_of(page: Any) -> tuple[list[str], dict[str, str]]:
    fields, management = list(page.context["adminform"].form.fields), {}
    for inline in page.context.get("inline_admin_formsets", []):
        prefix = inline.formset.prefix
        fields += [f"{prefix}-0-{name}" for name in inline.formset.empty_form.fields]
        management |= {f"{prefix}-TOTAL_FORMS": "1", f"{prefix}-INITIAL_FORMS": "0"}
    return fields, management


def sent(browser: Client, path: str, form: dict[str, str]) -> str:
    try:
        with transaction.atomic():
            status = str(browser.post(path, form).status_code)
            transaction.set_rollback(True)
    except Exception as error:  # noqa: BLE001 (every fault counts, whatever it is)
        return repr(error)[:120]
    return status


REVIEWED = ("accept", "reject", "undo", "about", "correct", "retarget", "create", "remove", "save", "open")


def test_no_verdict_breaks_on_what_no_browser_would_send(browser_of: Any, world: Any):
    browser, broken = browser_of("superuser"), []
    path = f"/admin/articles/article/{world.draft.pk}/review/"
    for number, value in enumerate(VALUES):
        verb = REVIEWED[number % len(REVIEWED)]
        form = {verb: value, "open": value, "words": value, "start": value, "kind": value, "add": "person"}
        form |= {"title": value, "dated": value, "go_live_at": value, "source_name": value, "revision": value}
        status = sent(browser, path, form)
        broken += [(verb, value, status)] if status not in ("200", "302") else []
    assert broken == []
