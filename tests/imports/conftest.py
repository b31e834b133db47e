from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from imports.models import Import
from tests.factories import make_user
from tests.jobs.conftest import work_off  # noqa: F401

FILE = (
    "Treaty name;Date of signature;Signatories\n"
    "Treaty of Alpha;05/13/1992;Russia, Turkey\n"
    "Treaty of Beta;06/14/1993;Russia, Atlantis\n"
    "Treaty of Gamma;the day after;Russia, Turkey\n"
)


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    client.force_login(make_user(), backend="accounts.backends.RoleBackend")
    return client


@pytest.fixture
def bring(editor: Client) -> Callable[..., Any]:
    """Upload a file and return what the desk answers."""

    def post(text: str | bytes = FILE, name: str = "treaties.csv", kind: str = "agreement") -> Any:
        data = text.encode() if isinstance(text, str) else text
        file = SimpleUploadedFile(name, data)
        return editor.post(reverse("admin:imports_import_add"), {"kind": kind, "file": file}, follow=True)

    return post


@pytest.fixture
def confirm(editor: Client, django_capture_on_commit_callbacks: Any) -> Callable[..., Any]:
    """Confirm the columns as they are proposed, but for what is told."""

    def post(run: Import, **told: str) -> Any:
        address = reverse("admin:imports_import_columns", args=[run.pk])
        form = editor.get(address).context["form"]
        data = {name: form[name].value() or "" for name in form.fields if name != "publish"}
        with django_capture_on_commit_callbacks(execute=True):
            return editor.post(address, data | told, follow=True)

    return post


@pytest.fixture
def press(editor: Client, django_capture_on_commit_callbacks: Any, request: Any) -> Callable[..., Any]:
    """Press a button of the import's page and let the worker do what that asks for."""
    work = request.getfixturevalue("work_off")

    def post(button: str, run: Import, **data: str) -> Any:
        address = reverse(f"admin:imports_import_{button}", args=[run.pk])
        with django_capture_on_commit_callbacks(execute=True):
            response = editor.post(address, data, follow=True)
        work()
        run.refresh_from_db()
        return response

    return post


@pytest.fixture
def run(bring: Callable[..., Any], confirm: Callable[..., Any]) -> Import:
    """An import whose columns are confirmed."""
    bring()
    run = Import.objects.get()
    confirm(run)
    run.refresh_from_db()
    return run
