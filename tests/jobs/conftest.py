import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from jobs.running import ThisProcess
from jobs.worker import Worker


@pytest.fixture
def work_off(db: None) -> Iterator[Callable[[], None]]:
    """Let a worker do in this process what is waiting."""
    worker = Worker()
    yield worker.work_off
    worker.close()
    ThisProcess.is_ending = False


@pytest.fixture
def start_worker() -> Iterator[Callable[..., subprocess.Popen]]:
    """Start the real command on the test's database, with commits that other processes see."""
    processes = []

    def start(*arguments: str) -> subprocess.Popen:
        environment = os.environ | {"DATABASE_URL": address_of_database(), "SECRET_KEY": settings.SECRET_KEY}
        command = [sys.executable, "manage.py", "worker", *arguments]
        processes.append(subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment))
        return processes[-1]

    yield start
    for process in processes:
        process.kill()
        process.wait()


def address_of_database() -> str:
    """The address of the copy that this process tests on."""
    database = connection.settings_dict
    name, host, port = database["NAME"], database["HOST"], database["PORT"]
    user = f"{quote(database['USER'])}:{quote(database['PASSWORD'])}@".replace(":@", "@")
    if host.startswith("/"):
        return f"postgres://{user}/{name}?host={host}&port={port or 5432}"
    return f"postgres://{user}{host}:{port or 5432}/{name}"


def until(condition: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.05)
