"""New records of the register, made in place from what a text says."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from entities.folding import folded
from entities.models import Agreement, AgreementParty, Country, Name, Organisation, Person, Position
from entities.partial_dates import InvalidPartialDate, parse

from ..models import Proposal
from .lookup import the_one_called


class CountriesByName(forms.models.ModelChoiceIterator):
    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        yield ("", self.field.empty_label)
        for country in Country.objects.by_name():
            yield (country.pk, country.name)


class CountryField(forms.ModelChoiceField):
    """Countries by their name in the reader's language, in the alphabet's order."""

    iterator = CountriesByName

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Country.objects.all(), required=False, label=_("country"), **kwargs)


class NewRecordForm(forms.ModelForm):
    """A record is made once: the same name, told apart by nothing, is the same record."""

    def same(self) -> models.QuerySet:
        """Records that this one would double."""
        raise NotImplementedError

    def validate_unique(self) -> None:
        """What is there already is no error: `make` takes that record."""

    validate_constraints = validate_unique

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        named = "title" if "title" in self.fields else "name"
        if named in cleaned and not folded(cleaned[named]):
            self.add_error(named, ValidationError(_("A name needs a letter or a digit."), code="no_letter"))
        return cleaned

    def make(self) -> tuple[models.Model, bool]:
        """Return the record and whether it was made now, also when two editors make it at once."""
        if record := self.same().first():
            return record, False
        try:
            with transaction.atomic():
                self.instance.save()
                self.complete(self.instance)
        except IntegrityError:
            if record := self.same().first():
                return record, False
            raise
        return self.instance, True

    def complete(self, record: models.Model) -> None:
        """Write what belongs to a new record beside its own row."""


class NewOrganisationForm(NewRecordForm):
    acronym = forms.CharField(label=_("acronym"), max_length=40, required=False)
    country = CountryField()

    class Meta:
        model = Organisation
        fields = ["name", "kind", "country"]

    def same(self) -> models.QuerySet:
        return Organisation.objects.filter(
            key=folded(self.cleaned_data["name"]), country=self.cleaned_data["country"], told_apart_by=""
        )

    def complete(self, record: models.Model) -> None:
        if acronym := self.cleaned_data["acronym"]:
            Name.objects.create(organisation=record, text=acronym, kind=Name.Kind.ACRONYM)


class NewPersonForm(NewRecordForm):
    country = CountryField()
    position = forms.CharField(label=_("position"), max_length=300, required=False)
    organisation = forms.CharField(label=_("organisation"), max_length=300, required=False)

    class Meta:
        model = Person
        fields = ["name", "country"]

    def same(self) -> models.QuerySet:
        return Person.objects.filter(
            key=folded(self.cleaned_data["name"]), country=self.cleaned_data["country"], told_apart_by=""
        )

    def complete(self, record: models.Model) -> None:
        if title := self.cleaned_data["position"]:
            employer = the_one_called("organisation", self.cleaned_data["organisation"])
            Position.objects.create(person=record, title=title, organisation=employer)


class NewAgreementForm(NewRecordForm):
    parties = forms.CharField(
        label=_("parties"),
        required=False,
        help_text=_("Countries or organisations of the register, parted by semicolons."),
    )

    class Meta:
        model = Agreement
        fields = ["title", "kind", "signed", "in_force", "place"]

    def clean_parties(self) -> list[models.Model]:
        parties, unknown = resolved_parties(self.cleaned_data["parties"])
        if unknown:
            raise ValidationError(
                _("Not in the register, or not by this name alone: %(names)s."),
                params={"names": "; ".join(unknown)},
            )
        return parties

    def same(self) -> models.QuerySet:
        cleaned = self.cleaned_data
        found = Agreement.objects.filter(key=folded(cleaned["title"]), signed=cleaned["signed"])
        if cleaned["signed"] is None:  # an undated "Memorandum of Understanding" may be any
            found = (
                found.filter(pk__in=AgreementParty.objects.values("agreement"))
                if cleaned["parties"]
                else found.none()
            )
        for party in cleaned["parties"]:
            found = found.filter(**{f"parties__{party._meta.model_name}": party})
        return found

    def complete(self, record: models.Model) -> None:
        for position, party in enumerate(self.cleaned_data["parties"]):
            AgreementParty.objects.create(
                agreement=record, position=position, **{party._meta.model_name: party}
            )


FORMS: dict[str, type[NewRecordForm]] = {
    "organisation": NewOrganisationForm,
    "person": NewPersonForm,
    "agreement": NewAgreementForm,
}


def resolved_parties(names: str) -> tuple[list[models.Model], list[str]]:
    """Return the countries and organisations of these names, and the names that are no one's alone."""
    found: list[models.Model] = []
    unknown = []
    for name in (part.strip() for part in names.split(";")):
        if not name:
            continue
        record = the_one_called("country", name) or the_one_called("organisation", name)
        if record is None:
            unknown.append(name)
        elif record not in found:
            found.append(record)
    return found, unknown


def initial_for(kind: str, name: str, payload: dict[str, Any]) -> dict[str, Any]:
    """What the short form is filled with: the proposal's name and what the text says around it."""
    told = payload if isinstance(payload, dict) else {}
    country = Country.objects.filter(code=str(told.get("country") or "").lower()).first()
    country_key = country.pk if country else None
    if kind == "organisation":
        kinds = Organisation.Kind.values
        acronym = str(told.get("acronym") or "")[:40]
        return {
            "name": name.removesuffix(f"({acronym})").strip()[:300],
            "acronym": acronym,
            "kind": told.get("kind") if told.get("kind") in kinds else Organisation.Kind.OTHER,
            "country": country_key,
        }
    if kind == "person":
        return {
            "name": name[:300],
            "country": country_key,
            "position": str(told.get("position") or "")[:300],
            "organisation": str(told.get("organisation") or "")[:300],
        }
    return _agreement(name, told)


def initial_of(record: models.Model) -> dict[str, Any]:
    """What the short form is filled with to make a record like this one."""
    if isinstance(record, Agreement):
        told = {name: str(getattr(record, name) or "") for name in ("signed", "in_force", "place")}
        parties = [party.country or party.organisation for party in record.parties.all()]
        named = "; ".join(_party_name(party) for party in parties)
        return told | {"title": record.title, "kind": record.kind, "parties": named}
    told = {"name": record.name, "country": record.country_id}
    if isinstance(record, Organisation):
        acronym = record.names.filter(kind=Name.Kind.ACRONYM).first()
        return told | {"kind": record.kind, "acronym": acronym.text if acronym else ""}
    position = record.positions.first()
    if position is None:
        return told
    return told | {"position": position.title, "organisation": str(position.organisation or "")}


def _agreement(title: str, told: dict[str, Any]) -> dict[str, Any]:
    kind = {"MoU": "memorandum"}.get(told.get("type", ""), told.get("type") or told.get("kind"))
    parties = []
    for name in told.get("parties") or []:
        found, _unknown = resolved_parties(str(name))
        parties += [_party_name(record) for record in found]
    return {
        "title": title,
        "kind": kind if kind in Agreement.Kind.values else Agreement.Kind.AGREEMENT,
        "signed": _date(told.get("date") or told.get("signed")),
        "in_force": _date(told.get("in_force")),
        "place": str(told.get("place") or "")[:200],
        "parties": "; ".join(parties),
    }


def _party_name(record: models.Model) -> str:
    """A name by which the party is found again: a country's code is never another's."""
    return (
        record.code
        if isinstance(record, Country) and the_one_called("country", record.name) != record
        else str(record)
    )


def _date(text: Any) -> str | None:
    try:
        return str(parse(str(text))) if text else None
    except InvalidPartialDate:
        return None


def unknown_parties(proposal: Proposal) -> list[str]:
    """Parties that the text names and the register does not have by that name."""
    names = proposal.payload.get("parties") or [] if proposal.kind == "agreement" else []
    return [name for name in names if resolved_parties(str(name))[1]]
