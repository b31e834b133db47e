"""Each test has a home of its own and uses it from other processes, as the web server and the shell do."""

import contextlib
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from config.embedded_postgres import DATABASE, SUPERUSER, EmbeddedPostgres, EmbeddedPostgresError
from manage import needs_database

PROJECT = Path(__file__).parent.parent
AS_ROOT = os.geteuid() == 0
NAMESPACES = AS_ROOT and subprocess.run(["unshare", "--user", "true"], capture_output=True).returncode == 0
DEBIAN_BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
QUICK = {"fsync": "off", "shared_buffers": "16MB"}
USER = """
import sys
from pathlib import Path
from config.embedded_postgres import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1]), settings={"fsync": "off", "shared_buffers": "16MB"})
server.system_directory = Path(sys.argv[2])
server.start()
print(server.pid(), flush=True)
sys.stdin.read()
"""
WITHOUT_NAMESPACES = """
import os, sys
(entered, enter), (mapped, map) = os.pipe(), os.pipe()
if child := os.fork():
    os.read(entered, 1)
    for kind in "uid", "gid":
        with open(f"/proc/{child}/{kind}_map", "w") as file:
            file.write("0 0 4294967295")
    os.write(map, b".")
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
os.unshare(os.CLONE_NEWUSER)
os.write(enter, b".")
os.read(mapped, 1)
with open("/proc/sys/user/max_user_namespaces", "w") as file:
    file.write("0")
os.execv(sys.argv[1], sys.argv[1:])
"""


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """Its data is made once: most tests do not care how it came about."""
    with folder() as path:
        server = EmbeddedPostgres(path / "home", settings=QUICK)
        server.start()
        server.stop()
        yield path / "home"


@pytest.fixture
def home(made: Path) -> Iterator[Path]:
    yield made
    EmbeddedPostgres(made).stop()


@pytest.fixture
def place() -> Iterator[Path]:
    with folder() as path:
        yield path


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """Short and private: pytest's own paths are longer than a socket's may be."""
    path = Path(tempfile.mkdtemp(prefix="entente-test-", dir="/tmp"))
    try:
        yield path
    finally:
        for home in path.rglob("pg.users"):
            EmbeddedPostgres(home.parent).stop()
        shutil.rmtree(path)


@contextlib.contextmanager
def using(home: Path, *prefix: str) -> Iterator[subprocess.Popen]:
    """Another process that uses the server until it is told to end."""
    command = [*prefix, sys.executable, "-c", USER, str(home), str(Path(*home.parts[:3]))]
    with subprocess.Popen(
        command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as user:
        yield user
        if user.poll() is None:
            user.communicate("", timeout=30)


def reported_pid(user: subprocess.Popen) -> int:
    assert user.stdout
    return int(user.stdout.readline())


def ask(home: Path, query: str) -> list[tuple]:
    host = str(EmbeddedPostgres(home).socket_directory)
    with psycopg.connect(host=host, user=SUPERUSER, dbname=DATABASE, autocommit=True) as connection:
        cursor = connection.execute(query)
        return cursor.fetchall() if cursor.description else []


def eventually(happens: Callable[[], object]) -> None:
    deadline = time.monotonic() + 20
    while not happens():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def has_stopped(home: Path) -> bool:
    return not EmbeddedPostgres(home).is_ready()


def modes(path: Path) -> list[int]:
    return [stat.S_IMODE(each.stat().st_mode) for each in (path, *path.parents)]


def test_the_server_knows_every_alphabet_and_listens_to_no_network(home: Path) -> None:
    with using(home) as user:
        reported_pid(user)
        assert ask(home, "SELECT lower('ŞДƏ'), current_setting('listen_addresses')") == [("şдə", "")]


def test_the_home_and_all_it_holds_are_private_to_their_owner(home: Path) -> None:
    with using(home) as user:
        reported_pid(user)
        private = [home, home / "pg", home / "pg/data", home / "pg/run"]
        assert {stat.S_IMODE(path.stat().st_mode) for path in private} == {0o700}
        assert {stat.S_IMODE(path.stat().st_mode) for path in home.iterdir() if path.is_file()} == {0o600}


def test_no_directory_above_a_private_home_is_loosened(place: Path) -> None:
    before = modes(place)
    with using(place / "home") as user:
        reported_pid(user)
    assert modes(place) == before


def test_processes_that_start_at_once_share_one_server(place: Path) -> None:
    with using(place / "home") as one, using(place / "home") as other, using(place / "home") as third:
        assert reported_pid(one) == reported_pid(other) == reported_pid(third)


def test_the_server_stops_when_its_last_user_ends(home: Path) -> None:
    with using(home) as one:
        reported_pid(one)
        with using(home) as other:
            reported_pid(other)
        time.sleep(0.4)
        assert ask(home, "SELECT 1") == [(1,)]
    eventually(lambda: has_stopped(home))


def test_a_killed_server_comes_back_with_its_data(home: Path) -> None:
    with using(home) as user:
        pid = reported_pid(user)
        ask(home, "CREATE TABLE kept AS SELECT 1921 AS year")
        os.kill(pid, signal.SIGKILL)
        eventually(lambda: EmbeddedPostgres(home).is_ready() and EmbeddedPostgres(home).pid() != pid)
        assert ask(home, "SELECT year FROM kept") == [(1921,)]


def test_a_killed_user_leaves_nothing_that_keeps_the_server_running(home: Path) -> None:
    with using(home) as user:
        reported_pid(user)
        user.kill()
        user.wait()
        eventually(lambda: has_stopped(home))


def test_a_server_whose_keeper_was_killed_gets_another_from_the_next_user(home: Path) -> None:
    with using(home) as user:
        pid = reported_pid(user)
        os.kill(int((home / "pg.keeper").read_text()), signal.SIGKILL)
        with using(home) as other:
            assert reported_pid(other) == pid
            eventually(lambda: ask(home, "SELECT 1"))
    eventually(lambda: has_stopped(home))


def test_everything_killed_at_once_starts_again(home: Path) -> None:
    with using(home) as user:
        pid = reported_pid(user)
        for each in (int((home / "pg.keeper").read_text()), pid, user.pid):
            os.kill(each, signal.SIGKILL)
        user.wait()
    with using(home) as user:
        assert reported_pid(user) != pid
        assert ask(home, "SELECT 1") == [(1,)]


def test_a_stale_pid_that_another_program_has_by_now_does_no_harm(home: Path) -> None:
    stale = f"{os.getpid()}\n{home}/pg/data\n1\n5432\n{home}/pg/run\n\n0 0\nready   \n"
    (home / "pg/data/postmaster.pid").write_text(stale)
    (home / "pg/run/.s.PGSQL.5432.lock").write_text(stale)
    with using(home) as user:
        assert reported_pid(user) != os.getpid()


def test_a_first_start_cut_short_is_begun_again(place: Path) -> None:
    half = place / "home/pg/data.partial"
    half.mkdir(parents=True, mode=0o700)
    (half / "PG_VERSION").write_text("18\n")
    (place / "home/pg").chmod(0o700)
    with using(place / "home") as user:
        reported_pid(user)
        assert not half.exists()


def test_a_server_that_cannot_start_says_why(home: Path) -> None:
    server = EmbeddedPostgres(home, settings={"shared_buffers": "nonsense"})
    with pytest.raises(EmbeddedPostgresError, match="nonsense"):
        server.start()
    server.release()


def test_stop_ends_a_server_that_is_in_use(home: Path) -> None:
    with using(home) as user:
        reported_pid(user)
        EmbeddedPostgres(home).stop()
        assert has_stopped(home)


def test_a_home_with_a_long_path_has_its_socket_elsewhere_and_private(place: Path) -> None:
    home = place / ("long" * 25)
    directory = EmbeddedPostgres(home).socket_directory
    with using(home) as user:
        reported_pid(user)
        assert not directory.is_relative_to(home)
        assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    eventually(lambda: has_stopped(home))
    shutil.rmtree(directory)


@pytest.mark.skipif(not NAMESPACES, reason="only root can become an ordinary user")
def test_an_ordinary_user_needs_no_rights(place: Path) -> None:
    as_somebody = ["unshare", "--user", "--map-user=1", "--map-group=1"]
    with using(place / "home", *as_somebody) as user:
        reported_pid(user)
        assert ask(place / "home", "SELECT 1") == [(1,)]
    eventually(lambda: has_stopped(place / "home"))


@pytest.mark.skipif(not NAMESPACES, reason="needs root to forbid namespaces to a part of itself")
def test_root_without_namespaces_runs_it_as_another_user_in_another_place(place: Path) -> None:
    place.chmod(0o755)
    private = place / "private"
    private.mkdir(mode=0o700)
    prefix = [sys.executable, "-c", WITHOUT_NAMESPACES]
    with using(private / "home", *prefix) as user:
        directory = private / "home/pg"
        assert reported_pid(user) and directory.is_symlink()
        assert directory.stat().st_uid != 0 and modes(private)[0] == 0o700
        assert ask(private / "home", "SELECT 1") == [(1,)]
    eventually(lambda: has_stopped(private / "home"))


@pytest.mark.skipif(not DEBIAN_BINARIES, reason="no PostgreSQL of the system's own is installed")
def test_an_installed_postgresql_can_take_the_wheels_place(place: Path) -> None:
    server = EmbeddedPostgres(place / "home", DEBIAN_BINARIES[0].parent, QUICK)
    server.start()
    version = DEBIAN_BINARIES[0].parts[-3]
    assert ask(place / "home", "SHOW server_version")[0][0].startswith(version)
    server.stop()


@pytest.mark.parametrize(
    "arguments", ["", "help", "--version", "migrate --help", "makemessages -a", "db status"]
)
def test_some_commands_need_no_database(arguments: str) -> None:
    assert not needs_database(arguments.split())


def test_a_command_that_needs_no_database_makes_none(place: Path) -> None:
    environment = {**os.environ, "ENTENTE_DATA": str(place / "home"), "DATABASE_URL": ""}
    subprocess.run([sys.executable, "manage.py", "db", "status"], cwd=PROJECT, env=environment, check=True)
    assert not (place / "home/pg").exists()


def test_with_database_url_there_is_no_home(place: Path) -> None:
    environment = {
        **os.environ,
        "ENTENTE_DATA": str(place / "home"),
        "DATABASE_URL": "postgres://nobody@127.0.0.1:9/none",
        "SECRET_KEY": "for this test",
    }
    command = [sys.executable, "manage.py", "showmigrations"]
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True)
    assert "127.0.0.1" in done.stderr
    assert not (place / "home").exists()
