"""What the register of agreements costs under every facet: alone, two by two, sorted, searched, deep."""

import itertools
import os
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from entities.models import Agreement, PublishedAgreement
from reading.agreement_listing import PAGE_SIZE
from reading.agreementlist import AgreementList

from .plans import slowest_of

ROUNDS = 3
LIMIT = 100.0  # ms that an answer may take


def conditions() -> dict[str, list[tuple[str, str]]]:
    """Return for each facet the first two options that the bare list offers, as (parameter, value)."""
    facets = AgreementList(RequestFactory().get("/agreements/")).facets
    return {
        facet.name: [parse_qsl(option.url.partition("?")[2])[-1] for option in facet.options[:2]]
        for facet in facets
    }


def addresses() -> Iterator[tuple[str, str]]:
    """Yield (kind, address) of all that is asked."""
    deep = PublishedAgreement.objects.count() // PAGE_SIZE
    single = {
        **conditions(),
        "on": [("on", "1950"), ("on", "1994-04")],
        "q": [("q", "air"), ("q", "government trade")],
    }

    def address(*pairs: tuple[str, str]) -> str:
        return f"/agreements/?{urlencode(pairs)}" if pairs else "/agreements/"

    yield "bare", address()
    for sort in ("oldest", "title", "title-desc"):
        yield "sorted", address(("sort", sort))
    for page in (deep // 2, deep):
        for sort in ("newest", "oldest", "title"):
            yield "deep", address(("sort", sort), ("page", str(page)))
    for pairs in single.values():
        for pair in pairs:
            yield "one condition", address(pair)
    for one, other in itertools.combinations(single.values(), 2):
        for first, second in itertools.product(one, other):
            yield "two conditions", address(first, second)
    for some in itertools.combinations([pairs[0] for pairs in single.values()], 3):
        yield "three conditions", address(*some)
    yield "all conditions", address(*(pairs[0] for pairs in single.values()))


def measure() -> None:
    client = Client()
    client.get("/agreements/")
    results: dict[str, list[tuple[float, float, int, str]]] = {}
    for kind, path in addresses():
        results.setdefault(kind, []).append((*_asked(client, path), path))
    print(
        f"{Agreement.objects.published().count():,} public agreements; the best of {ROUNDS} answers, in this process"
    )
    print(
        "CPU is that of the web process and of its PostgreSQL backend together, whatever else the machine does"
    )
    print(
        f"{'list':18}{'asked':>7}{'median ms':>11}{'slowest ms':>12}{'median CPU':>12}{'most CPU':>10}{'queries':>9}"
        "  slowest address"
    )
    for kind, answers in results.items():
        slowest = max(answers)
        queries = sorted({number for *_times, number, _path in answers})
        print(
            f"{kind:18}{len(answers):7}{statistics.median(row[0] for row in answers):11.1f}{slowest[0]:12.1f}"
            f"{statistics.median(row[1] for row in answers):12.1f}{max(row[1] for row in answers):10.1f}"
            f"{f'{queries[0]}-{queries[-1]}':>9}  {slowest[3]}"
        )
    everything = sorted((answer for answers in results.values() for answer in answers), reverse=True)
    for what, place in (("ms", 0), ("ms of CPU", 1)):
        over = sum(answer[place] > LIMIT for answer in everything)
        print(f"{over} of {len(everything)} took more than {LIMIT:g} {what}")
    print("the slowest statement of the slowest address:")
    slowest_of(everything[0][3])


def _asked(client: Client, path: str) -> tuple[float, float, int]:
    """Return the milliseconds and those of CPU of the best answers, and the queries."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    queries = len(captured)
    assert answer.status_code == 200, path
    times, cpu = [], []
    for _ in range(ROUNDS):
        start, began = time.perf_counter(), _cpu_ms()
        client.get(path)
        times.append((time.perf_counter() - start) * 1000)
        cpu.append(_cpu_ms() - began)
    return min(times), min(cpu), queries


def _cpu_ms() -> float:
    """Nanoseconds on a processor, as the kernel counts them for this process and its connection's backend."""
    pids = (os.getpid(), connection.connection.info.backend_pid)
    return sum(int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) for pid in pids) / 1e6
