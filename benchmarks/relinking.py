"""How fast a new name is looked for in SIZE older stories, and how fast all of them are recognised again.

    CHECKS=relink SIZE=10000 python -m benchmarks

One story in a hundred names the Zentrum Works, which the register comes to know only now.
"""

import re
import time
from io import StringIO

from django.core.management import call_command
from django.db import connection

from articles.models import Article, ArticleText, Proposal
from entities.models import Organisation

NAME = "Zentrum Works"
AGAIN = 500  # articles for --all


def plant() -> int:
    """Write the name into one story in a hundred, once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE articles_articletext SET plain = %s || plain, body = '<p>' || %s || '</p>' || body"
            " WHERE article_id %% 100 = 0 AND NOT starts_with(plain, %s)",
            [f"The {NAME} opened a plant. "] * 2 + [f"The {NAME}"],
        )
        return cursor.rowcount


def check() -> None:
    plant()
    Organisation.objects.filter(name=NAME).delete()
    Proposal.objects.all().delete()
    Organisation.objects.create(name=NAME)
    stories = Article.objects.count()
    seconds, said = _timed("--name", NAME)
    print(
        f"{stories:,} stories, one new name: {seconds:.2f} s ({stories / seconds:,.0f} a second); {said[-1]}"
    )
    seconds, said = _timed("--name", NAME)
    print(f"the same again: {seconds:.2f} s; {said[-1]}")
    keys = ArticleText.objects.order_by("pk").values_list("pk", flat=True)[:AGAIN]
    Proposal.objects.bulk_create(
        Proposal(article_id=key, kind="person", value="Zed Gone", key="zed gone", score=0.5, version="0")
        for key in keys
    )
    seconds, said = _timed("--all")
    print(f"{AGAIN} stories recognised again: {seconds:.1f} s ({AGAIN / seconds:,.0f} a second); {said[-1]}")


def _timed(*arguments: str) -> tuple[float, list[str]]:
    output, begun = StringIO(), time.perf_counter()
    call_command("relink", *arguments, stdout=output)
    lines = [line for line in output.getvalue().splitlines() if re.match(r"\w", line)]
    return time.perf_counter() - begun, lines
