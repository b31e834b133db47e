"""What each kind of public page costs on the production server, beside a constant page of the same run."""

import http.client
import os
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import PublishedStory
from entities.models import Agreement, Country, Organisation, Person, Tag

CONSTANT = "/healthz"
CLIENTS = 4
SECONDS = 2.0
TICKS = os.sysconf("SC_CLK_TCK")


def paths() -> dict[str, str]:
    """One address for each kind of page, the busiest of its kind."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM articles_publishedstory, unnest(country_ids) id GROUP BY id ORDER BY count(*) DESC LIMIT 2"
        )
        busiest = [Country.objects.get(pk=pk) for (pk,) in cursor.fetchall()]
        cursor.execute(
            "SELECT id FROM articles_publishedstory, unnest(tag_ids) id GROUP BY id ORDER BY count(*) DESC LIMIT 1"
        )
        row = cursor.fetchone()
    one, other = sorted(busiest, key=lambda country: country.code)
    story = PublishedStory.objects.select_related("article").order_by("-sort_date").first().article
    organisation = Organisation.objects.published().order_by("pk").first()
    kinds = {
        "constant": CONSTANT,
        "home": "/",
        "stories": "/stories/",
        "stories, deep": f"/stories/?page={max(2, PublishedStory.objects.count() // 40)}",
        "stories, two facets": f"/stories/?country={one.code}&language=en",
        "stories, words": "/stories/?q=agreement",
        "story": story.get_absolute_url(),
        "story feed": "/stories/feed/",
        "countries": "/countries/",
        "country": busiest[0].get_absolute_url(),
        "pair": f"/countries/{one.code}/{other.code}/",
        "organisations": "/organisations/",
        "organisation": organisation.get_absolute_url(),
        "people": "/people/",
        "person": Person.objects.published().order_by("pk").first().get_absolute_url(),
        "agreements": "/agreements/",
        "agreement": Agreement.objects.published().order_by("pk").first().get_absolute_url(),
        "tags": "/tags/",
        "search": "/search/?q=agreement",
        "about": "/about/",
        "Russian country": "/ru" + busiest[0].get_absolute_url(),
    }
    if row:
        kinds["tag"] = Tag.objects.get(pk=row[0]).get_absolute_url()
    return kinds


def queries_of(path: str) -> int:
    client = Client()
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


class Served:
    """The production server on a free port, as `make demo` runs it."""

    def __init__(self, port: int) -> None:
        self.port = port

    def __enter__(self) -> "Served":
        manage = Path(settings.BASE_DIR) / "manage.py"
        self.process = subprocess.Popen(
            [sys.executable, str(manage), "serve", "--no-worker", "--port", str(self.port)],
            stdout=subprocess.DEVNULL,
        )
        for _ in range(200):
            try:
                if self.get(CONSTANT)[0] == 200:
                    return self
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the server did not come up in 20 seconds")

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(15)

    def get(self, path: str) -> tuple[int, int]:
        peer = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            return self._ask(peer, path)
        finally:
            peer.close()

    @staticmethod
    def _ask(peer: http.client.HTTPConnection, path: str) -> tuple[int, int]:
        peer.request("GET", path)
        response = peer.getresponse()
        return response.status, len(response.read())

    def load(self, path: str) -> tuple[list[float], int, int]:
        """Ask by CLIENTS at once for SECONDS; return the milliseconds, the bytes and the failures."""
        times: list[float] = []
        failures = 0
        size = 0
        stop = time.perf_counter() + SECONDS

        def ask() -> None:
            nonlocal failures, size
            peer = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            while (start := time.perf_counter()) < stop:
                status, size = self._ask(peer, path)
                times.append((time.perf_counter() - start) * 1000)
                failures += status != 200
            peer.close()

        threads = [threading.Thread(target=ask) for _ in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return times, size, failures

    def cpu(self) -> tuple[float, float]:
        """CPU seconds used so far by the web workers and by PostgreSQL."""
        web = sum(_cpu_of(pid) for pid in _family(self.process.pid))
        postgres = sum(_cpu_of(pid) for pid in _named("postgres"))
        return web, postgres


def _stat(pid: int) -> list[str]:
    text = Path(f"/proc/{pid}/stat").read_text()
    return [text[text.index("(") + 1 : text.rindex(")")], *text[text.rindex(")") + 2 :].split()]


def _cpu_of(pid: int) -> float:
    try:
        fields = _stat(pid)
    except OSError:
        return 0.0
    return (int(fields[12]) + int(fields[13])) / TICKS


def _all() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def _family(root: int) -> list[int]:
    parents = {}
    for pid in _all():
        try:
            parents[pid] = int(_stat(pid)[2])
        except OSError:
            continue
    family = {root}
    while grown := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= grown
    return [pid for pid in family if pid == root or _name(pid) != "postgres"]


def _name(pid: int) -> str:
    try:
        return _stat(pid)[0]
    except OSError:
        return ""


def _named(name: str) -> list[int]:
    return [pid for pid in _all() if _name(pid) == name]


def measure() -> None:
    kinds = paths()
    print(f"{PublishedStory.objects.count():,} published stories; {CLIENTS} clients, {SECONDS:g} s a page")
    print(
        f"{'page':22}{'req/s':>8}{'p50 ms':>9}{'p99 ms':>9}{'KB':>8}{'queries':>9}"
        f"{'web ms':>8}{'db ms':>8}{'x constant':>12}"
    )
    with Served(_free_port()) as served:
        for path in kinds.values():
            served.get(path)
        constant = 0.0
        for kind, path in kinds.items():
            before = served.cpu()
            times, size, failures = served.load(path)
            after = served.cpu()
            rate = len(times) / SECONDS
            constant = constant or rate
            times.sort()
            web, database = (
                (late - early) * 1000 / len(times) for early, late in zip(before, after, strict=True)
            )
            print(
                f"{kind:22}{rate:8.0f}{statistics.median(times):9.1f}{times[int(len(times) * 0.99)]:9.1f}"
                f"{size / 1024:8.1f}{queries_of(path):9}{web:8.2f}{database:8.2f}{constant / rate:12.1f}"
                + (f"  {failures} failed" if failures else "")
            )


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
