"""Who makes the changes of a connection, and in which batch: two settings that the triggers read.

A pooler that hands one server connection to several clients within a session must not stand in between.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, models, transaction

from .models import Batch

SET = "SELECT set_config('entente.actor', %s, false), set_config('entente.batch', %s, false)"
READ = "SELECT current_setting('entente.actor', true), current_setting('entente.batch', true)"


@contextmanager
def attributed_to(
    user: models.Model | None, batch: Batch | None = None, using: str = DEFAULT_DB_ALIAS
) -> Iterator[None]:
    """Attribute what this block writes; afterwards, also after an error, the connection is as it was before.

    Within another such block ``None`` leaves the outer user or batch in place.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(READ)
        before = [value or "" for value in cursor.fetchone()]
        given = [str(record.pk) if record and record.pk else "" for record in (user, batch)]
        cursor.execute(SET, [new or old for new, old in zip(given, before, strict=True)])
    session = connection.connection
    try:
        yield
    finally:
        # A new connection knows nothing of them, and a failed transaction takes them back when it is undone.
        if connection.connection is session and not _is_failed(connection):
            _restore(connection, before)


@contextmanager
def recorded_batch(
    kind: str, label: str = "", who: models.Model | None = None, using: str = DEFAULT_DB_ALIAS
) -> Iterator[Batch]:
    """Keep a batch of what this block writes; ``finish`` notes its counts, an error leaves it open."""
    batch = Batch.objects.using(using).create(kind=kind, label=label[:500], who=who)
    with attributed_to(who, batch, using):
        yield batch
    if batch.finished_at is None:
        batch.finish()


def _is_failed(connection: Any) -> bool:
    if not connection.in_atomic_block:
        return False
    status = connection.connection.info.transaction_status
    return connection.needs_rollback or status.name == "INERROR"


def _restore(connection: Any, before: list[str]) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(SET, before)
    except DatabaseError:
        # Better no connection than one that writes in somebody else's name.
        if connection.in_atomic_block:
            transaction.set_rollback(True, using=connection.alias)
            raise
        connection.close()
