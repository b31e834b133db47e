"""Rules of the house that no single room can keep: the arrow of imports, what templates may hold."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.core.management import call_command
from django.db import connection

HOUSE = Path(settings.BASE_DIR)
ORDER = ["history", "jobs", "entities", "articles", "imports", "reading"]  # each may import those before it
OTHERS = {"accounts", "config"}
TEMPLATES = sorted((HOUSE / "templates").rglob("*.html"))


def imports_of(path: Path) -> set[str]:
    """The apps that a module imports, whether as `import x`, `from x import` or relatively."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add((node.module or "").split(".")[0])
    return names


@pytest.mark.parametrize("app", [*ORDER, "accounts"])
def test_the_arrow_of_imports_goes_one_way(app):
    allowed = set(ORDER[: ORDER.index(app) + 1]) if app in ORDER else {"accounts", "history"}
    for path in (HOUSE / app).rglob("*.py"):
        wrong = imports_of(path) & {*ORDER, *OTHERS} - allowed - {app}
        assert not wrong, f"{path.relative_to(HOUSE)} imports {', '.join(sorted(wrong))}"


def test_the_environment_is_read_in_the_settings_only():
    for app in [*ORDER, "accounts"]:
        for path in (HOUSE / app).rglob("*.py"):
            assert "environ" not in path.read_text(encoding="utf-8"), path.relative_to(HOUSE)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_no_template_holds_inline_style_script_or_another_host(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|\son[a-z]+=[\"']|javascript:", text)
    for script in re.findall(r"<script\b[^>]*>(.*?)</script>", text, re.DOTALL):
        assert not script.strip()
    assert "<style" not in text
    assert not re.search(r"(?:src|href|action)=[\"'](?:https?:)?//", text)


def test_no_template_marks_text_as_safe():
    for path in TEMPLATES:
        assert "|safe" not in path.read_text(encoding="utf-8"), path.relative_to(HOUSE)
        assert "autoescape off" not in path.read_text(encoding="utf-8"), path.relative_to(HOUSE)


def test_only_the_models_say_what_is_published():
    """Pages ask `published()`; nobody spells the state or the flag again."""
    for path in [*(HOUSE / "reading").rglob("*.py"), *(HOUSE / "articles/desk").rglob("*.py")]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"filter\([^)]*\b(?:state|public)=", text), path.relative_to(HOUSE)


def test_every_model_sorts_its_rows_in_one_way_only():
    for model in apps.get_models():
        if model._meta.app_label in ORDER and model._meta.ordering:
            assert model._default_manager.all().totally_ordered, model


@pytest.mark.django_db
def test_migrations_say_what_the_models_say():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.django_db
def test_every_rule_of_the_database_has_a_name_of_our_own():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE contype = 'c'"
            " AND conrelid::regclass::text ~ '^(entities|articles|history|imports|jobs)_'"
        )
        names = {name for (name,) in cursor.fetchall()}
    declared = {c.name for m in apps.get_models() for c in m._meta.constraints}
    assert {name for name in names if not name.endswith("_check")} <= declared


@pytest.mark.django_db
def test_every_table_of_the_register_is_under_the_change_log():
    unlogged = {
        *(
            "articles_publishedstory",
            "entities_publishedagreement",
            "history_batch",
            "history_change",
            "history_attempt",
        ),
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT event_object_table FROM information_schema.triggers WHERE trigger_name ~ '_log_'"
        )
        logged = {name for (name,) in cursor.fetchall()}
    tables = {m._meta.db_table for m in apps.get_models() if m._meta.app_label in ("articles", "entities")}
    assert tables - logged <= unlogged


def test_everything_that_editors_keep_is_in_the_admin():
    registered = {model.__name__ for model in admin.site._registry}
    assert {
        "Article",
        "Country",
        "Organisation",
        "Person",
        "Agreement",
        "Source",
        "Tag",
        "User",
    } <= registered


def test_every_picture_that_the_docs_name_is_there_and_none_is_left_over():
    pages = [HOUSE / "README.md", *(HOUSE / "docs").glob("*.md")]
    named = {
        (page.parent / path).resolve()
        for page in pages
        for path in re.findall(r"\(((?:docs/)?pictures/[^)\s]+)\)", page.read_text(encoding="utf-8"))
    }
    there = {path for path in (HOUSE / "docs/pictures").iterdir() if path.suffix != ".py" and path.is_file()}
    assert named == there
