"""What an editor says to proposals, and how each of it is taken back.

Every verdict keeps in ``payload["undo"]`` what it found, so that ``undo`` restores exactly that.
"""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from entities.models.names import OWNERS

from ..models import Article, Mention, Proposal
from ..quotes import Quote
from .agreement_dates import keep_date, restore_date
from .facts import keep_fact, restore_facts
from .lookup import the_one_called
from .records import FORMS, initial_for

SURE = 0.8


def accept(proposal: Proposal, user: Any, at: datetime.datetime | None = None) -> Proposal:
    """Make the proposal true: link its record, created where the register has none, or keep the fact."""
    with transaction.atomic():
        proposal = _open(proposal)
        if proposal.kind == Proposal.Kind.FACT:
            return _keep(proposal, proposal.value, user, Proposal.Verdict.ACCEPTED, at)
        record = proposal.target or _known(proposal)
        if record is not None:
            return _link(proposal, record, user, Proposal.Verdict.ACCEPTED, at)
        if proposal.kind not in FORMS:
            raise ValidationError(
                _("“%(name)s” is no country of the register: choose one."), params={"name": proposal.value}
            )
        return create(proposal, initial_for(proposal.kind, proposal.value, proposal.payload), user, at)


def reject(proposal: Proposal, user: Any) -> Proposal:
    with transaction.atomic():
        return _judge(_open(proposal), Proposal.Verdict.REJECTED, user, None, {})


def correct_fact(proposal: Proposal, value: str, user: Any) -> Proposal:
    """Keep another value of the same fact."""
    with transaction.atomic():
        proposal = _open(proposal)
        same = value.strip() == proposal.value
        verdict = Proposal.Verdict.ACCEPTED if same else Proposal.Verdict.CORRECTED
        return _keep(proposal, value, user, verdict, None)


def retarget(proposal: Proposal, record: models.Model, user: Any) -> Proposal:
    """Link another record than the proposed one."""
    with transaction.atomic():
        proposal = _open(proposal)
        same = proposal.target == record
        return _link(
            proposal, record, user, Proposal.Verdict.ACCEPTED if same else Proposal.Verdict.CORRECTED, None
        )


def create(
    proposal: Proposal, data: dict[str, Any], user: Any, at: datetime.datetime | None = None, kind: str = ""
) -> Proposal:
    """Make the new record of the short form's data and link it; the form's errors are raised.

    The same new name open in other drafts then points at the record.
    """
    kind = kind or proposal.kind
    if not user.has_perm(f"entities.add_{kind}"):
        raise ValidationError(
            _("Only an editor adds new records to the register: “%(name)s” is left for one."),
            params={"name": proposal.value},
        )
    form = FORMS[kind](data)
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    with transaction.atomic():
        proposal = _open(proposal)
        record, made = form.make()
        told = initial_for(kind, proposal.value, proposal.payload)
        as_proposed = kind == proposal.kind and str(record) == (told.get("name") or told.get("title"))
        proposal.made_record = made
        if proposal.target is None and kind == proposal.kind:
            setattr(proposal, kind, record)
            proposal.payload["undo_target"] = True
            _others_of_this_name(proposal).update(**{kind: record})
        verdict = Proposal.Verdict.ACCEPTED if as_proposed else Proposal.Verdict.CORRECTED
        return _link(proposal, record, user, verdict, at)


def accept_above(article: Article, user: Any, score: float = SURE) -> tuple[int, list[str]]:
    """Accept every open proposal that is this sure, as one act; return how many, and why others were not."""
    at = timezone.now()
    accepted, refusals = 0, []
    for proposal in article.proposals.open().filter(score__gte=score).order_by("kind", "pk"):
        try:
            accept(proposal, user, at)
            accepted += 1
        except ValidationError as error:
            refusals += error.messages
    return accepted, refusals


def add_link(article: Article, record: models.Model, quote: Quote | None, user: Any) -> Mention:
    """Link a record that the recogniser missed, with the words that an editor selected."""
    with transaction.atomic():
        proposal = _by_hand(article, record._meta.model_name, quote["exact"] if quote else str(record), quote)
        return retarget(proposal, record, user).became


def add_new(article: Article, kind: str, data: dict[str, Any], quote: Quote | None, user: Any) -> Mention:
    """Link a record that neither the recogniser nor the register knew."""
    with transaction.atomic():
        name = data.get("name") or data.get("title") or ""
        proposal = _by_hand(article, kind, quote["exact"] if quote else name, quote)
        return create(proposal, data, user, kind=kind).became


def set_about(article: Article, kind: str, key: int, about: bool) -> None:
    """Say that the story is about it, or only names it: of a link, or of a proposal and the link it became."""
    links, proposals = article.mentions.all(), article.proposals.all()
    if kind == "mention":
        links, proposals = links.filter(pk=key), proposals.filter(became=key)
    else:
        links, proposals = links.filter(proposals=key), proposals.filter(pk=key)
    with transaction.atomic():
        links.update(about=about)
        proposals.update(about=about)


def remove(mention: Mention) -> None:
    """Take a link away that came without a proposal, or all verdicts that made it."""
    with transaction.atomic():
        for proposal in mention.proposals.order_by("-judged_at", "-pk"):
            undo(proposal)
        Mention.objects.filter(pk=mention.pk).delete()


def undo_last(article: Article, user: Any) -> list[Proposal]:
    """Take back this user's last act, one verdict or a whole "accept all"; return what is open again."""
    with transaction.atomic():
        judged = article.proposals.judged().filter(judged_by=user)
        at = judged.aggregate(at=models.Max("judged_at"))["at"]
        last = list(judged.filter(judged_at=at).order_by("-pk")) if at else []
        for proposal in last:
            undo(proposal)
        return last


def undo(proposal: Proposal) -> None:
    """Take one verdict back: everything is as it was before it."""
    with transaction.atomic():
        proposal = _locked(proposal)
        if proposal.is_open:
            return
        kept = proposal.payload.pop("undo", {})
        record = proposal.target if proposal.made_record else None
        if proposal.became_id:
            _unlink(proposal, kept)
        if proposal.kind == Proposal.Kind.FACT:
            restore_facts(proposal.article, kept.get("facts", {}))
            if "date" in kept:
                restore_date(proposal, kept["date"])
        if proposal.version == Proposal.BY_HAND:
            proposal.delete()
        else:
            _reopen(proposal)
        if record is not None:
            _forget(record)


# One verdict


def _locked(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_for_update(of=("self",)).select_related("article").get(pk=proposal.pk)


def _open(proposal: Proposal) -> Proposal:
    """The proposal, held until the transaction ends; two editors do not judge it twice."""
    proposal = _locked(proposal)
    if not proposal.is_open:
        raise ValidationError(
            _("“%(name)s” is judged already: %(verdict)s."),
            params={"name": proposal.value, "verdict": proposal.get_verdict_display()},
        )
    return proposal


def _known(proposal: Proposal) -> models.Model | None:
    """A record that came into the register after the proposal; agreements are told apart by more than a title."""
    if proposal.kind == Proposal.Kind.AGREEMENT:
        return None
    record = the_one_called(proposal.kind, proposal.value)
    told = str(proposal.payload.get("country") or "").lower()
    country = getattr(record, "country", None)
    return None if told and country and country.code != told else record


def _keep(proposal: Proposal, value: str, user: Any, verdict: str, at: datetime.datetime | None) -> Proposal:
    """Keep a fact about the story, or about an agreement, to which its sentence is then the evidence."""
    if proposal.agreement is None:
        undo = keep_fact(proposal.article, proposal.field, value, user)
        return _judge(proposal, verdict, user, at, undo)
    undo = keep_date(proposal, value, user)
    return _link(proposal, proposal.agreement, user, verdict, at, undo)


def _judge(
    proposal: Proposal, verdict: str, user: Any, at: datetime.datetime | None, undo: dict[str, Any]
) -> Proposal:
    proposal.verdict = verdict
    proposal.judged_by = user
    proposal.judged_at = at or timezone.now()
    proposal.payload["undo"] = undo
    proposal.save()
    return proposal


def _link(
    proposal: Proposal,
    record: models.Model,
    user: Any,
    verdict: str,
    at: datetime.datetime | None,
    undo: dict[str, Any] | None = None,
) -> Proposal:
    values = {
        "about": proposal.about,
        "quotes": proposal.quotes,
        "confirmed_by": user,
        "confirmed_at": at or timezone.now(),
    }
    mention, created = Mention.objects.get_or_create(
        article=proposal.article, **{record._meta.model_name: record}, defaults=values
    )
    undo = {**(undo or {}), "created": created}
    if not created:
        undo |= {"about": mention.about, "quotes": mention.quotes, "lost": mention.evidence_lost}
        mention.about = mention.about or proposal.about
        mention.quotes = _together(mention.quotes if not mention.evidence_lost else [], proposal.quotes)
        mention.evidence_lost = mention.evidence_lost and not proposal.quotes
        mention.confirmed_by = mention.confirmed_by or user
        mention.confirmed_at = mention.confirmed_at or values["confirmed_at"]
        mention.save()
    proposal.became = mention
    return _judge(proposal, verdict, user, at, undo)


def _together(some: list[Quote], more: list[Quote]) -> list[Quote]:
    quotes = {(quote["field"], quote["start"], quote["end"]): quote for quote in [*some, *more]}
    return [quotes[place] for place in sorted(quotes)]


def _by_hand(article: Article, kind: str, words: str, quote: Quote | None) -> Proposal:
    """The open proposal behind a link that an editor adds: the recogniser's own where it made one."""
    quotes = [quote] if quote else []
    proposal = Proposal(
        article=article,
        kind=kind,
        value=words[:1000],
        quotes=quotes,
        score=1,
        version=Proposal.BY_HAND,
        reason=_("added by an editor"),
    )
    known = article.proposals.filter(
        kind=kind, field="", key=proposal._meta.get_field("key").pre_save(proposal, True)
    ).first()
    if known is None:
        proposal.save()
        return proposal
    if not known.is_open and known.became_id is None:
        undo(known)
        known.refresh_from_db()
    if known.is_open:
        known.quotes = _together(known.quotes, quotes)
        known.save(update_fields=["quotes"])
        return known
    # The same words already became a link, to another record perhaps: a second proposal beside it.
    proposal.field = f"link {article.proposals.filter(kind=kind, key=proposal.key).count() + 1}"
    proposal.save()
    return proposal


def _others_of_this_name(proposal: Proposal) -> models.QuerySet:
    return (
        Proposal.objects.open()
        .filter(kind=proposal.kind, key=proposal.key, **{f"{owner}__isnull": True for owner in OWNERS})
        .exclude(pk=proposal.pk)
    )


# Taking back


def _unlink(proposal: Proposal, kept: dict[str, Any]) -> None:
    mention = proposal.became
    others = list(mention.proposals.exclude(pk=proposal.pk).order_by("judged_at", "pk"))
    proposal.became = None
    if not others and kept.get("created"):
        mention.delete()
        return
    if kept.get("created"):  # another verdict holds the link now and takes it away when it is undone
        others[0].payload["undo"] = {**others[0].payload.get("undo", {}), "created": True}
        others[0].save(update_fields=["payload"])
    own = [quote for quote in proposal.quotes if not any(quote in other.quotes for other in others)]
    before = kept.get("quotes", [])
    mention.quotes = [quote for quote in mention.quotes if quote in before or quote not in own]
    if not kept.get("created"):
        mention.evidence_lost = kept.get("lost", False)
        mention.quotes = before if mention.evidence_lost else mention.quotes
        mention.about = kept.get("about", mention.about)
    mention.save()


def _reopen(proposal: Proposal) -> None:
    if proposal.payload.pop("undo_target", False):
        setattr(proposal, proposal.kind, None)
    proposal.verdict = Proposal.Verdict.OPEN
    proposal.judged_by = proposal.judged_at = None
    proposal.made_record = False
    proposal.save()


def _forget(record: models.Model) -> None:
    """Delete a record that a verdict made, unless something else has come to use it."""
    kind = record._meta.model_name
    pointing = Proposal.objects.filter(**{kind: record})
    if record.public or record.mentions.exists() or pointing.judged().exists():
        return
    try:
        with transaction.atomic():
            pointing.update(**{kind: None})
            record.delete()
    except models.ProtectedError:
        pass
