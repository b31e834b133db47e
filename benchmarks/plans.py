"""EXPLAIN of what every public list asks the database: the slowest statements of each page, with their plans."""

import time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from .pages import paths


def explain(slower_than: float = 20.0) -> None:
    """Print each page's statements, and the plan of those that take longer than so many milliseconds."""
    client = Client()
    for kind, path in paths().items():
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        statements = [query["sql"] for query in captured if query["sql"].startswith(("SELECT", "WITH"))]
        timed = sorted(((_milliseconds(sql), sql) for sql in statements), reverse=True)
        print(f"{kind:22}{len(statements):4} statements, {sum(ms for ms, _sql in timed):8.1f} ms in all")
        for milliseconds, sql in timed:
            if milliseconds > slower_than:
                print(f"    {milliseconds:.1f} ms: {sql[:300]}")
                _print_plan(sql)


def _milliseconds(sql: str) -> float:
    start = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(sql.replace("%", "%%"), [])
        cursor.fetchall()
    return (time.perf_counter() - start) * 1000


def _print_plan(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, BUFFERS OFF) " + sql.replace("%", "%%"), [])
        for (line,) in cursor.fetchall():
            print(f"        {line}")


def slowest_of(path: str) -> None:
    """Print the statement of one page that takes longest, with its plan."""
    with CaptureQueriesContext(connection) as captured:
        Client().get(path)
    statements = [query["sql"] for query in captured if query["sql"].startswith(("SELECT", "WITH"))]
    milliseconds, sql = max((_milliseconds(sql), sql) for sql in statements)
    print(f"    {milliseconds:.1f} ms: {sql[:300]}")
    _print_plan(sql)
