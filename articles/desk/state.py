"""What the review page shows of one article, as something that two moments, or two tabs, can be compared by."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from entities.models.names import OWNERS

from ..models import Article, Mention, Proposal

_SHOWN = ("verdict", "value", "about", "became_id", *(f"{owner}_id" for owner in OWNERS))


@dataclass(frozen=True)
class State:
    """``lines`` holds what each line shows by its id on the page."""

    revision: int
    lines: dict[str, str]

    @property
    def token(self) -> str:
        """The story's revision, and a digest of everything else."""
        digest = hashlib.blake2b(repr(sorted(self.lines.items())).encode(), digest_size=9)
        return f"{self.revision}-{digest.hexdigest()}"

    def changed_since(self, before: Self) -> set[str] | None:
        """The lines that are other than they were; None where more than lines changed."""
        if self.revision != before.revision or before.lines.keys() - self.lines.keys():
            return None
        return {ref for ref, shown in self.lines.items() if before.lines.get(ref) != shown}


def state_of(article: Article) -> State:
    """The state as it is now, read lightly: without records, reasons and evidence of proposals."""
    proposals = article.proposals.only("article_id", *_SHOWN)
    return state_from(article, proposals, article.mentions.all())


def state_from(article: Article, proposals: Iterable[Proposal], mentions: Iterable[Mention]) -> State:
    links = {mention.pk: repr((mention.about, mention.evidence_lost, mention.quotes)) for mention in mentions}
    lines, told = {}, set()
    for proposal in proposals:
        shown = [getattr(proposal, name) for name in _SHOWN]
        lines[f"p{proposal.pk}"] = repr((shown, links.get(proposal.became_id or 0)))
        told.add(proposal.became_id)
    lines |= {f"m{key}": shown for key, shown in links.items() if key not in told}
    return State(article.revision, lines)
