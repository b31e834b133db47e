"""What stands around a company's name in English text and tells that it is one: acts, chiefs, lists, appositions."""

import re

from .words import UPPER, Word

_DOES = (
    "purchase buy invest build partner cooperate supply provide acquire operate launch produce deliver develop sell "
    "manufacture own export import make hire employ unveil award sponsor lease finance insure refine ship assemble "
    "equip upgrade overhaul outsource list recall divest merge"
).split()
_DID = "bought sold built made won shipped signed pledged announced reported selected signaled signalled tendered bid"
_VERB = re.compile(
    r"^(?:['’]s)?,?\s+(?:(?:also|has|have|had|recently|regularly|currently|already|jointly|\w+ly)\s+)*(?:"
    rf"(?:will|would|can|plans\s+to|agreed\s+to|intends?\s+to|(?:does|did|do)\s+not|is\s+to|are\s+to)\s+(?:also\s+)?(?:{'|'.join(_DOES)}|continue|intend)"
    rf"|(?:is|are|was|were)\s+(?:building|developing|producing|supplying|investing|selling|buying|negotiating)"
    rf"|{'|'.join(verb.removesuffix('e') + 'ed' for verb in _DOES)}|{'|'.join(_DID.split())}"
    rf"|{'|'.join(verb + 's' for verb in _DOES if verb not in ('list', 'ship', 'award', 'lease'))}|exports?|produces?|participates|stands\s+ready)\b"
)
_THING_AFTER = re.compile(
    r"^\s+(?:(?:[\w-]+\s)?(?:aircraft|airliners?|jets?|engines?)|plants?|factory|factories|trucks?"
    r"|vehicles|turbines|shares|\w+\s+plants?|refinery|head|subsidiary"
    r"|spokes\w+|employees|reactors?|executives?|director|vaccines?|doses"
    r"|locomotives?|wagons|buses|tractors?|chips|smartphones?|dealers?|showrooms?|engineers|workers"
    r"|investors|shareholders|officials|factories|corporations?|compan(?:y|ies)|firms)\b"
)
_ITS_CHIEF = re.compile(r"^(?:['’]s)?\s+(?:CEO|CFO|COO|CTO|[Cc]hief\s[Ee]xecutive|boss|co-founder|founder)\b")
_ITS_OFFICIAL = re.compile(
    r"^\s+(?:[Ss]pokes\w+|[Dd]irector|[Cc]hair\w*|[Pp]resident|[Cc]hief|[Hh]ead|[Cc]oordinator|[Aa]dministrator"
    r"|[Cc]ommissioner|[Ss]ecretary|[Gg]overnor|[Oo]fficial|[Ee]xpert|[Aa]nalyst|[Cc]ommander|[Rr]epresentative)s?\b"
)
_TRADE = (
    r"(?:company|firm|manufacturer|producer|supplier|operator|developer|subsidiary|bank|airline|shipbuilder"
    r"|contractor|giant|conglomerate|provider|exporter|importer|distributor|retailer|carrier|utility|miner|refiner"
    r"|insurer|lender|broker|startup|start-up|holding|corporation|enterprise|consortium|shipyard|yard|broadcaster"
    r"|publisher|builder|integrator|affiliate|brand|joint\sventure|think\stank|agency|portal|newspaper|daily|channel)"
)
_APPOSED = re.compile(
    rf"^\s?(?:\([^)]{{2,30}}\))?,\s(?:an?|the|one\sof\sthe|its|[A-Z]\w+['’]s)\s(?:[\w'’&-]+\s){{0,5}}?"
    rf"(?:{_TRADE}|\w+maker)s?\b"
    r"|^,\swhich\s(?:makes|produces|builds|supplies|owns|operates|sells|manufactures|develops|runs)\b"
)
_NO_FIRM_AFTER = re.compile(
    r"^\s(?:region|province|peninsula|district|city|town|port|airport|coast|border|islands?|river|strait|exchange|index"
    r"|stock\s(?:index|exchange)|benchmark|crisis|war|conflict|parliament|government|currency)\b"
)
_NATION_S = re.compile(r"(\w+)(?:['’]s?)?\s+$")
_DATELINE_AFTER = re.compile(r"^\s?(?:[:(/–—]|-\s|,\s(?:[A-Z]|\d))")
_PLACE_BEFORE = re.compile(r"\b(?:in|near|at|from|outside|around|of)\s(?:the\s)?$")
_KINDS = re.compile(
    r"(?:(?<![\w-])(?:companies|firms|producers|sellers|buyers|banks|investors|giants|operators|agencies|groups"
    r"|corporations|contractors|airlines|brands|developers|suppliers|manufacturers|carriers|lenders|retailers"
    r"|utilities|enterprises|shareholders|bidders|organi[sz]ations|subsidiaries|shipbuilders)|makers)(?![\w-])"
)
_LISTED = re.compile(
    rf"(?:\s+[\w-]+){{0,4}}?(?:,?\s+(?:including|such as|like|namely|among them|with))?,?\s+"
    rf"(?:[{UPPER}][\w&.-]*(?:\s[{UPPER}][\w&.-]*)*(?:,\s+(?:and\s+)?|\s+and\s+))*"
)
_KIND = re.compile(
    rf"(?:(?<![\w-])(?:{_TRADE}|organi[sz]ation|institution|association|regulator|group|institute|shareholder|buyer"
    rf"|seller|bidder|owner|consortium\s(?:of|with)|concern|plant|network)|maker)(?![\w-])"
)
_NAMED = re.compile(rf"\s(?:[{UPPER}][\w&.-]*(?:\s[{UPPER}][\w&.-]*)*(?:,\s|\sand\s))*")
_WITH_BEFORE = re.compile(
    r"\b(?:told|tells|by|with|subsidiary of|owned by|made by|built by|partnership with|contract with"
    r"|deal with|ties with|from|of|between|and|including|on|head of|director of)\s+(?:the\s+)?$"
)
_SAYS = re.compile(
    r"^\s+(?:said|says|plans|hopes|wants|agreed|is\s+(?:expected|set|due)|also|and\s+\w+['’]s)\b"
)
CAMEL = re.compile(r"^(?:[A-Z][a-z]+[A-Z][\w]*|[A-Z]{2,}[a-z]{2,}\w*|[A-Z]\d[A-Z]\w+|[a-z]+[A-Z]\w+)$")
_SHOUTED = re.compile(r"^[A-Z][A-Z&-]{2,7}$")


def _stands_after(kind: re.Pattern, between: re.Pattern, before: str) -> bool:
    """Whether a word for companies stands before, with nothing but its list between."""
    return any(between.fullmatch(before, match.end()) for match in kind.finditer(before))


def by_surroundings(
    text: str,
    piece: list[Word],
    start: int,
    end: int,
    name: str,
    busy: bytearray,
    counts: dict[str, int],
    proper: list[Word],
) -> tuple[int, int, str, float, str] | None:
    before, after = text[max(0, start - 120) : start], text[end : end + 60]
    odd = any(CAMEL.match(word.bare) for word in proper)
    shouted = [word for word in proper if _SHOUTED.match(word.bare)]
    nation = (
        len(piece) == 1 and (owner := _NATION_S.search(before)) and busy[start - len(before) + owner.start(1)]
    )
    score = 0.45 * odd + 0.3 * bool(shouted)
    reasons = ["written like a company"] * odd + ["capitals"] * bool(shouted)
    if shouted and sum(counts.get(word.text, 0) for word in shouted) > 1:
        score += 0.2
    for points, holds, reason in (
        (0.5, _VERB.match(after) and not _PLACE_BEFORE.search(before), "does what a company does"),
        (0.5, _stands_after(_KINDS, _LISTED, before), "among companies"),
        (0.5, _stands_after(_KIND, _NAMED, before), "called a company"),
        (0.45, _THING_AFTER.match(after), "has or makes something"),
        (0.55, _ITS_CHIEF.match(after), "has a chief executive"),
        (0.4, shouted and _ITS_OFFICIAL.match(after), "has officials"),
        (0.55, _APPOSED.match(after), "said to be a company"),
        (0.35, nation, "a country's"),
        (0.15, nation and (_WITH_BEFORE.search(before[: owner.start(1)]) or _SAYS.match(after)), "a party"),
        (0.15, (odd or shouted) and _WITH_BEFORE.search(before), "beside a person or another body"),
    ):
        if holds:
            score += points
            reasons.append(reason)
    dateline = name.isupper() and _DATELINE_AFTER.match(after) and not re.search(r"\w,?[ \t]*$", before)
    if (
        dateline
        or _in_capitals(text, start, end)
        or score < 0.45
        or _NO_FIRM_AFTER.match(after)
        or len(name) < 3
    ):
        return None
    return start, end, re.sub(r"\s+", " ", name), min(0.85, score), ", ".join(reasons)


def _in_capitals(text: str, start: int, end: int) -> bool:
    """A heading in capitals says nothing about its words."""
    line_start = text.rfind("\n", max(0, start - 200), start) + 1 or max(0, start - 200)
    line_end = text.find("\n", end, end + 200)
    line = text[line_start : line_end if line_end >= 0 else end + 200]
    return line.isupper() or (line[:40].isupper() and start - line_start < 40)
