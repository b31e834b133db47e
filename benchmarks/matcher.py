"""The matcher with NAMES names of organisations, people and agreements beside those of the countries.

    CHECKS=matcher NAMES=20000 python -m benchmarks

The names are made up and loaded into a register of their own, once; the texts are the demonstration's stories, with
some of the names strewn in, cut to 600 words. What is measured runs in a fresh process, as a web process would.
"""

import json
import os
import random
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

NAMES = int(os.environ.get("NAMES", "20000"))
WORDS = 600
TEXTS = 40  # a language
FORMS = {
    "en": ("{a} {b} Works", "{a} and {b} Bank", "Institute of {a} and {b}", "{b} Chamber of Commerce of {a}"),
    "ru": ("Завод {a} {b}", "Банк «{a} {b}»", "Институт {a} и {b}", "Торговая палата {a} {b}"),
    "tr": ("{a} {b} Fabrikası", "{a} ve {b} Bankası", "{a} {b} Enstitüsü", "{a} Ticaret Odası {b}"),
}
SYLLABLES = {
    "en": "bar ten mor lin dal ves kor han ril sam tor wen gar pel nix".split(),
    "ru": "бар тен мор лин дал вес кор хан рил сам тор вен гар пел ник".split(),
    "tr": "bar ten mor lin dal ves kor han ril sam tor şen gar pel nış".split(),
}


def fill() -> None:
    from entities.models import Name

    made = Name.objects.filter(country__isnull=True).count()
    if made < NAMES:
        with transaction.atomic():
            _load(NAMES - made, random.Random(19210316 + made))
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE entities_name")


def _load(count: int, chance: random.Random) -> None:
    """Organisations, people and agreements, as many of each, and for half of all names a further one of theirs."""
    from entities.folding import folded
    from entities.models import Agreement, Name, Organisation, Person

    def named(language: str) -> str:
        form = chance.choice(FORMS[language])
        return form.format(a=_word(language, chance), b=_word(language, chance))

    def person(language: str) -> str:
        return f"{_word(language, chance)} {_word(language, chance)}"

    each = count // 6
    organisations = Organisation.objects.bulk_create(
        Organisation(name=name) for name in _distinct(lambda: named("en"), each)
    )
    people = Person.objects.bulk_create(Person(name=name) for name in _distinct(lambda: person("en"), each))
    Agreement.objects.bulk_create(
        Agreement(title=title)
        for title in _distinct(lambda: f"Agreement on {named('en')} with {person('en')}", each)
    )
    further = []
    for number, owner in enumerate((*organisations, *people, *organisations[: count - 5 * each])):
        language = ("ru", "tr")[number % 2]
        text = person(language) if isinstance(owner, Person) else f"{named(language)} {number}"
        if number >= 2 * each:
            language, text = "", f"{text[:1]}{owner.name[:1]}{number}".upper()
        field = owner._meta.model_name
        kind = "acronym" if number >= 2 * each else "official"
        further.append(Name(**{field: owner}, text=text, key=folded(text), language=language, kind=kind))
    Name.objects.bulk_create(further)


def _distinct(make: Callable[[], str], count: int) -> list[str]:
    made: dict[str, None] = {}
    while len(made) < count:
        made.setdefault(make())
    return list(made)


def _word(language: str, chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES[language], k=chance.randint(2, 4))).capitalize()


def check() -> None:
    fill()
    command = [sys.executable, "-m", "benchmarks.matcher"]
    subprocess.run(command, cwd=settings.BASE_DIR, check=True)


def texts() -> Iterator[tuple[str, str]]:
    """Of each language, with a name of the register after every fortieth word."""
    from entities.models import Name

    stories = [
        json.loads(line)
        for line in Path(settings.BASE_DIR, "demo/articles.jsonl").read_text("utf-8").splitlines()
    ]
    chance = random.Random(1897)
    for language in ("en", "ru", "tr"):
        words = [
            word
            for story in stories
            if story["language"] == language
            for word in re.sub(r"<[^>]+>", "\n\n", story["body"]).split(" ")
        ]
        names = list(
            Name.objects.filter(country__isnull=True, language__in=["", "en", language])
            .order_by("pk")
            .values_list("text", flat=True)
        )
        for _ in range(TEXTS):
            first = chance.randrange(max(1, len(words) - WORDS))
            chosen = (words * (WORDS // len(words) + 2))[first : first + WORDS]
            for place in range(0, WORDS, 40):
                chosen[place] += f" {chance.choice(names)}"
            yield language, " ".join(chosen)


def measure() -> None:
    from articles.intake.extract import Extracted
    from articles.intake.recognise import recognise
    from articles.intake.register import matcher_for
    from entities.models import Name

    rows = list(texts())
    before = _memory()
    builds = {}
    for language in ("en", "ru", "tr"):
        begun, spent_before = time.perf_counter(), time.process_time()
        matcher_for(language)
        builds[language] = (time.perf_counter() - begun, time.process_time() - spent_before)
    after = _memory()
    spent: dict[str, list[float]] = {"find": [], "recognise": [], "look": []}
    computed: list[float] = []
    for language, text in [rows[0], *rows]:
        begun = time.perf_counter()
        matcher = matcher_for(language)
        looked = time.perf_counter()
        matcher.find(text, language)
        found = time.perf_counter()
        before_cpu = time.process_time()
        recognise(Extracted("", None, language, "", "", "", "", text, "text"), matcher)
        done = time.perf_counter()
        computed.append((time.process_time() - before_cpu) * 1000)
        for kind, seconds in zip(spent, (found - looked, done - found, looked - begun), strict=True):
            spent[kind].append(seconds * 1000)
    others = Name.objects.filter(country__isnull=True).count()
    print(
        f"{others:,} names beside {Name.objects.count() - others:,} of countries; {len(rows)} texts of {WORDS} words"
    )
    told = ", ".join(
        f"{language} {wall:.2f} s ({cpu:.2f} of CPU)" for language, (wall, cpu) in builds.items()
    )
    print(f"build: {told}; {after - before:.0f} MB")
    for kind, name in (("look", "is it current"), ("find", "find names"), ("recognise", "recognise all")):
        values = sorted(spent[kind][1:])
        print(
            f"{name}: median {statistics.median(values):.2f} ms, slowest {values[-1]:.1f} ms for {WORDS} words"
        )
    print(f"recognise all, CPU: median {statistics.median(computed[1:]):.2f} ms")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"process: {_memory():.0f} MB, at its most {peak:.0f} MB")


def _memory() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if settings.EMBEDDED_DATABASE:
        settings.EMBEDDED_POSTGRES.start()
    django.setup()
    measure()
