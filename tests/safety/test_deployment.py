"""What Django knows to be unsafe in a production's settings, and that every package is pinned to what was checked."""

import os
import re
import subprocess
import sys
from pathlib import Path

from django.conf import settings

PRODUCTION = {
    "SITE_URL": "https://register.example",
    "ALLOWED_HOSTS": "register.example",
    "EMAIL_URL": "smtp://mail.register.example:25",
    "SECRET_KEY": "k" * 20 + "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJ",
}


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    # What tests in a browser set for themselves is no production's.
    own = ("DEBUG", "DJANGO_ALLOW_ASYNC_UNSAFE", *PRODUCTION)
    kept = {name: value for name, value in os.environ.items() if name not in own}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env=kept | PRODUCTION | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_nothing_is_wrong_with_a_productions_settings():
    checked = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout


ASKED = "from config import settings as s; print(s.DEBUG, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, "
ASKED += "s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 3e7, hasattr(s, 'SECURE_PROXY_SSL_HEADER'))"


def test_a_production_is_safe_without_a_word_about_it():
    assert run("-c", ASKED).stdout.split() == ["False", "True", "True", "True", "True", "False"]


def test_a_database_of_ones_own_needs_a_key_of_ones_own():
    refused = run("-c", "import config.settings", DATABASE_URL="postgres://localhost/x", SECRET_KEY="")
    assert refused.returncode != 0
    assert "SECRET_KEY is required" in refused.stderr


def test_every_package_is_pinned_with_hashes_and_named_without_an_address():
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (Path(settings.BASE_DIR) / name).read_text(encoding="utf-8")
        pins = re.findall(r"^[\w.-]+(?:\[[\w,-]+\])?==\S+", text, re.MULTILINE)
        named = [line for line in text.splitlines() if line and line[0].isalnum()]
        assert len(pins) == len(named) > 15
        assert text.count("--hash=sha256:") >= len(pins)
        assert "http" not in text


def test_the_packages_that_had_holes_are_newer_than_these():
    """Known when the pins were made; `docs/safety.md` says how to ask again."""
    text = (Path(settings.BASE_DIR) / "requirements.txt").read_text(encoding="utf-8")
    for name, least in {
        "django": (6, 1, 3),
        "lxml": (6, 0, 0),
        "nh3": (0, 3, 0),
        "sqlparse": (0, 5, 4),
    }.items():
        (version,) = re.findall(rf"^{name}(?:\[\w+\])?==([\d.]+)", text, re.MULTILINE)
        assert tuple(int(part) for part in version.split(".")) >= least, name
