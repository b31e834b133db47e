"""Records that look like one, each pair with the reason; computed in a few statements, whatever the number of records.

Names alike are looked for among records that share the beginning of a word which is rare in their country, so that no
two long lists of universities are compared name by name. What an editor called different is never listed again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from .folding import script_of
from .models import Agreement, Distinct, Organisation, Person, Source, Tag

REASONS = {
    "name": _("the same name"),
    "title": _("the same title and parties, the same day"),
    "spelled": _("the same name in another script or spelling"),
    "synonym": _("one is a synonym of the other"),
    "words": _("the same words in another order, or with small words between"),
    "website": _("the same website"),
    "acronym": _("the same acronym in the same country"),
    "undated": _("the same title and parties; one has no date"),
    "near": _("names that differ by a letter or two, in the same country"),
    "day": _("the same parties and day, titles alike"),
}
SMALL = frozenset(
    "the a an of for and in on at to de la le les des du et l d i e und der die das für fur и по в на о об ve ile "
    "llc ltd limited inc co company corp corporation jsc ojsc pjsc cjsc plc gmbh ag sa srl nv bv as sti anonim "
    "sirketi ooo oao pao zao ao ооо оао пао зао ао гк фгуп com www newspaper газета gazetesi".split()
)
PLURALS = ("s", "es", "ler", "lar", "ы", "и")
ABOUT = ("country", "signed", "register", "reference", "told_apart_by", "website")
DIRECTION = re.compile(
    r"(north|south|east|west)\w*ern|kuzey|guney|dogu|bati|северо?\w*|южно?\w*|восточн\w*|западн\w*"
)
NUMBER = re.compile(r"\b(?:\d+|[ivx]+)\b")
ALIKE, ALIKE_IN_SOUND, LONG_ENOUGH = 0.85, 0.8, 7

# The least that two spellings share: Cyrillic in Latin letters, one letter for each of the usual digraphs, none twice.
CYRILLIC = ("абвгдежзийклмнопрстуфхцчшыэіїєґўjyьъ", "abvgdezziiklmnoprstufhccsieiieguii")
WRITTEN_OUT = {"ю": "iu", "я": "ia", "щ": "sc"}
SIMPLER = {"zh": "z", "kh": "h", "ch": "c", "sh": "s", "ts": "c", "ph": "f", "x": "ks", "w": "v"}


def skeleton_of(column: str) -> str:
    """The expression for the least that spellings of the name in this column share."""
    sql = column
    for letter, written in WRITTEN_OUT.items():
        sql = f"replace({sql}, '{letter}', '{written}')"
    sql = "translate({}, '{}', '{}')".format(sql, *CYRILLIC)
    for letters, simple in SIMPLER.items():
        sql = f"replace({sql}, '{letters}', '{simple}')"
    return f"regexp_replace({sql}, '(.)\\1+', '\\1', 'g')"


# {record}: organisation or person. What is told apart by a note of an editor is no pair.
NAMED = f"""
WITH names AS MATERIALIZED (
    SELECT DISTINCT r.id, n.key, {skeleton_of("n.key")} AS skeleton, coalesce(r.country_id, 0) AS country,
        r.told_apart_by
    FROM entities_name n JOIN entities_{{record}} r ON r.id = n.{{record}}_id
    WHERE n.kind IN ('official', 'short', 'former', 'transliteration') AND length(n.key) > 4
), holders AS MATERIALIZED (
    SELECT skeleton, count(DISTINCT id) AS number FROM names GROUP BY 1 HAVING count(DISTINCT id) > 1
), acronyms AS MATERIALIZED (
    SELECT n.key, r.country_id AS country, array_agg(DISTINCT r.id ORDER BY r.id) AS ids
    FROM entities_name n JOIN entities_{{record}} r ON r.id = n.{{record}}_id
    WHERE n.kind = 'acronym' AND length(n.key) > 2 AND r.country_id IS NOT NULL
    GROUP BY 1, 2 HAVING count(DISTINCT r.id) = 2
)
SELECT a.id, b.id, CASE WHEN bool_or(a.key = b.key) THEN 'name' ELSE 'spelled' END,
    (array_agg(a.key ORDER BY a.key, b.key))[1], (array_agg(b.key ORDER BY a.key, b.key))[1]
FROM holders h JOIN names a USING (skeleton) JOIN names b USING (skeleton)
WHERE a.id < b.id AND length(h.skeleton) > 4
    AND (a.country = b.country AND a.told_apart_by = b.told_apart_by OR h.number = 2 AND 0 IN (a.country, b.country))
GROUP BY 1, 2
UNION ALL SELECT ids[1], ids[2], 'acronym', '', '' FROM acronyms
"""
NEAR = """
WITH main AS MATERIALIZED (
    SELECT id, key, {country} AS country FROM {table} WHERE length(key) > 4
), tokens AS MATERIALIZED (
    SELECT DISTINCT id, country, left(word, 5) AS token
    FROM main CROSS JOIN LATERAL unnest(string_to_array(key, ' ')) AS word WHERE length(word) > 3
), rare AS MATERIALIZED (
    SELECT country, token FROM tokens GROUP BY 1, 2 HAVING count(*) BETWEEN 2 AND 12
), candidates AS MATERIALIZED (
    SELECT DISTINCT a.id AS one, b.id AS other FROM rare r
    JOIN tokens a ON a.country = r.country AND a.token = r.token
    JOIN tokens b ON b.country = r.country AND b.token = r.token AND a.id < b.id
)
SELECT one, other, 'near', a.key, b.key
FROM candidates JOIN main a ON a.id = one JOIN main b ON b.id = other WHERE similarity(a.key, b.key) > 0.6
"""
AGREEMENTS = """
WITH sides AS MATERIALIZED (
    SELECT a.id, left(a.key, 500) AS key, a.signed, a.register, a.reference,
        coalesce(string_agg(coalesce('c' || p.country_id, 'o' || p.organisation_id), ' '
            ORDER BY p.country_id, p.organisation_id), '') AS parties
    FROM entities_agreement a LEFT JOIN entities_agreementparty p ON p.agreement_id = a.id GROUP BY a.id
)
SELECT a.id, b.id, CASE WHEN a.key = b.key THEN 'title' ELSE 'day' END, a.key, b.key
FROM sides a JOIN sides b ON a.signed = b.signed AND a.parties = b.parties AND a.id < b.id
WHERE CASE
    WHEN a.register = b.register AND a.reference <> b.reference AND a.reference <> '' AND b.reference <> '' THEN false
    WHEN a.parties = '' THEN a.key = b.key
    ELSE similarity(a.key, b.key) > 0.6 END
UNION ALL
SELECT a.id, b.id, 'undated', a.key, b.key
FROM sides a JOIN sides b ON a.key = b.key AND a.parties = b.parties AND a.signed IS NULL AND a.id <> b.id
WHERE a.parties <> '' AND (b.signed IS NOT NULL OR a.id < b.id)
    AND NOT (a.register = b.register AND a.reference <> '' AND b.reference <> '')
"""
TAGS = f"""
WITH words AS MATERIALIZED (
    SELECT id, key, {skeleton_of("key")} AS skeleton, left(key, 4) AS start FROM entities_tag
)
SELECT a.id, b.id, CASE WHEN a.skeleton = b.skeleton THEN 'spelled' ELSE 'near' END, a.key, b.key
FROM words a JOIN words b ON a.id < b.id
    AND (a.skeleton = b.skeleton OR a.start = b.start AND similarity(a.key, b.key) > 0.5)
UNION ALL
SELECT s.tag_id, t.id, 'synonym', '', ''
FROM entities_tagsynonym s JOIN entities_tag t USING (key) WHERE t.id <> s.tag_id
"""
SOURCES = f"""
WITH sites AS MATERIALIZED (
    SELECT id, key, {skeleton_of("key")} AS skeleton,
        lower(substring(website FROM '^https?://(?:www\\.)?([^/?#]+)')) AS host,
        rtrim(substring(website FROM '^https?://[^/?#]+(.*)$'), '/') AS place FROM entities_source
)
SELECT a.id, b.id, CASE WHEN a.skeleton = b.skeleton THEN 'spelled' ELSE 'website' END, a.key, b.key
FROM sites a JOIN sites b ON a.id < b.id AND (a.skeleton = b.skeleton
    OR a.host = b.host AND (a.place = b.place OR '' IN (a.place, b.place)))
"""


@dataclass
class Pair:
    one: models.Model
    other: models.Model
    why: str

    @property
    def reason(self) -> str:
        return str(REASONS[self.why])

    @property
    def one_about(self) -> str:
        return _about(self.one)

    @property
    def other_about(self) -> str:
        return _about(self.other)


def duplicates_of(model: type[models.Model]) -> list[Pair]:
    """Pairs that look like one record, the surest first."""
    found: dict[tuple[int, int], str] = {}
    order = list(REASONS)
    for one, other, why, key, other_key in _candidates(model):
        why = _confirmed(model, why, key, other_key)
        pair = (min(one, other), max(one, other))
        if why and (pair not in found or order.index(why) < order.index(found[pair])):
            found[pair] = why
    kind = model._meta.model_name
    for pair in Distinct.objects.filter(kind=kind).values_list("one_id", "other_id"):
        found.pop(pair, None)
    keys = {key for pair in found for key in pair}
    records = _with_country(model).in_bulk(keys)
    pairs = [Pair(records[one], records[other], why) for (one, other), why in found.items()]
    return sorted(pairs, key=lambda pair: (order.index(pair.why), str(pair.one), pair.one.pk, pair.other.pk))


def _with_country(model: type[models.Model]) -> models.QuerySet:
    has_country = any(field.name == "country" for field in model._meta.fields)
    return model._base_manager.select_related("country") if has_country else model._base_manager.all()


def _candidates(model: type[models.Model]) -> Iterator[tuple[int, int, str, str, str]]:
    with connection.cursor() as cursor:
        for statement in _statements(model):
            cursor.execute(statement)
            yield from cursor.fetchall()


def _statements(model: type[models.Model]) -> list[str]:
    table = model._meta.db_table
    near = NEAR.format(table=table, country="coalesce(country_id, 0)")
    if model in (Organisation, Person):
        return [NAMED.replace("{record}", model._meta.model_name), near]
    return {Agreement: [AGREEMENTS], Tag: [TAGS], Source: [SOURCES, near]}[model]


def _confirmed(model: type[models.Model], why: str, key: str, other: str) -> str:
    """The reason, or nothing: numbers that differ, or a word that means another thing, make two records of them."""
    if why in ("near", "day", "spelled") and NUMBER.findall(key) != NUMBER.findall(other):
        return ""
    if why == "spelled":
        return "" if script_of(key) == script_of(other) and _reads_otherwise(key, other) else why
    if why == "day":
        return "" if _says_another_thing(key, other) else why
    if why != "near":
        return why
    if model is Tag:
        return why if _is_same_word(key, other) else ""
    one, two = _words(key), _words(other)
    if one == two:
        return "words" if one and key != other else ""
    different = [_without(one, two), _without(two, one)]
    if [len(words) for words in different] != [1, 1]:
        return ""
    [word], [word_of_other] = different
    if model is Person and (word.startswith(word_of_other) or word_of_other.startswith(word)):
        return ""  # a son's and a daughter's name
    return "near" if _is_alike(word, word_of_other) else ""


def _words(text: str) -> list[str]:
    return sorted(word for word in text.split() if word not in SMALL)


def _reads_otherwise(name: str, other: str) -> bool:
    """In one script a short word spelled otherwise is another word: Meijo is not Meio."""
    one, two = _words(name), _words(other)
    different = _without(one, two), _without(two, one)
    if len(different[0]) != len(different[1]):
        return name.replace(" ", "") != other.replace(" ", "")
    if any(len(word) < LONG_ENOUGH - 1 for words in different for word in words):
        return True
    return any(max(_share(word, o) for o in different[1]) < ALIKE_IN_SOUND for word in different[0])


def _says_another_thing(title: str, other: str) -> bool:
    """One or two words stand for others: the accession of Finland is not that of Sweden."""
    one, two = _words(title), _words(other)
    different = _without(one, two), _without(two, one)
    few = len(different[0]) == len(different[1]) <= 2
    return few and not all(any(_is_alike(word, o) for o in different[1]) for word in different[0])


def _without(words: list[str], others: list[str]) -> list[str]:
    left = list(words)
    for word in others:
        if word in left:
            left.remove(word)
    return left


def _is_alike(one: str, other: str) -> bool:
    if DIRECTION.fullmatch(one) or DIRECTION.fullmatch(other):
        return False
    return min(len(one), len(other)) >= LONG_ENOUGH and _share(one, other) >= ALIKE


def _share(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def _is_same_word(one: str, other: str) -> bool:
    """Singular and plural, or a letter: cooperation and co operation, loan and loans."""
    short, long = sorted((one, other), key=len)
    if one.replace(" ", "") == other.replace(" ", ""):
        return True
    plural = long in {
        f"{short}s",
        f"{short}es",
        f"{short[:-1]}ies",
        f"{short}ler",
        f"{short}lar",
        f"{short}ы",
        f"{short}и",
    }
    return plural or (one.split()[1:] == other.split()[1:] and _is_alike(one.split()[0], other.split()[0]))


def _about(record: models.Model) -> str:
    """What tells two of one name apart."""
    said = [
        getattr(record, name, None)
        for name in ("country", "signed", "register", "reference", "told_apart_by", "website")
    ]
    return " · ".join(str(value) for value in said if value)


def duplicates_by_kind() -> Iterator[tuple[type[models.Model], list[Pair]]]:
    kinds = (Organisation, Person, Agreement, Tag, Source)
    yield from ((kind, duplicates_of(kind)) for kind in kinds)
