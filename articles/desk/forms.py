from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entities.admin.revised import RevisedForm
from entities.folding import folded
from entities.models import Tag

from ..intake.proposing import propose
from ..models import Article
from ..texts import find_quotes_again
from .facts import source_called

FIRST_LANGUAGES = ("en", "ru", "tr")
MOMENT = "%Y-%m-%dT%H:%M"


def languages(current: str = "") -> list[tuple[str, str]]:
    """Two-letter languages by name, those of the interface first; whatever a story already has is among them."""
    codes = {code for code in LANG_INFO if len(code) == 2} | ({current} if current else set())
    named = {code: language_name(code) for code in codes}
    first = [(code, named.pop(code)) for code in FIRST_LANGUAGES]
    return first + sorted(named.items(), key=lambda item: folded(item[1]))


def language_name(code: str) -> str:
    return gettext(LANG_INFO[code]["name"]) if code in LANG_INFO else code


class StoryForm(RevisedForm):
    """The rules that every form about a story shares, whatever of it the form shows."""

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user if user is not None else getattr(self, "user", None)
        if "language" in self.fields:
            self.fields["language"] = forms.ChoiceField(
                label=capfirst(_("language")), choices=languages(self.instance.language)
            )

    def clean_tags(self) -> list[str]:
        names = self.cleaned_data["tags"]
        if not self.user.has_perm("entities.add_tag"):
            keys = {folded(name) for name in names}
            known = set(Tag.objects.filter(key__in=keys).values_list("key", flat=True))
            known |= set(Tag.objects.filter(synonyms__key__in=keys).values_list("synonyms__key", flat=True))
            if unknown := [name for name in names if folded(name) not in known]:
                raise ValidationError(
                    _("No tags of the register yet: %(names)s. Only an editor adds tags."),
                    params={"names": ", ".join(unknown)},
                )
        return names

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.instance.is_published:
            if not self.has_source(cleaned):
                self.add_error(self.source_field, _("A published story needs a source."))
            if "dated" not in self.errors and not cleaned.get("dated") and not cleaned.get("date_missing"):
                self.add_error("dated", _("A published story needs a date, or the note that none is given."))
        return cleaned

    source_field = "source"

    def has_source(self, cleaned: dict[str, Any]) -> bool:
        return bool(cleaned.get(self.source_field))

    def _save_m2m(self) -> None:
        super()._save_m2m()
        if "summary" in self.changed_data and hasattr(self.instance, "text"):
            plain = self.instance.text.plain
            find_quotes_again(
                self.instance, plain, {"text": plain, "summary": self.initial.get("summary", "")}
            )


class FactsForm(StoryForm):
    """What the review page asks about a story."""

    source_field = "source_name"
    source_name = forms.CharField(
        label=_("source"),
        required=False,
        max_length=300,
        help_text=_("A new one is link only until an editor changes it."),
    )
    go_live_at = forms.DateTimeField(
        label=_("goes live at"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
    )

    class Meta:
        model = Article
        fields = [
            "title",
            "dated",
            "date_missing",
            "language",
            "source_url",
            "byline",
            "summary",
            "tags",
            "go_live_at",
        ]
        widgets = {"title": forms.Textarea(attrs={"rows": 2}), "summary": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("source_name", str(self.instance.source or ""))
        self.fields["tags"].help_text = _("Parted by commas.")
        self.fields["dated"].widget.attrs["placeholder"] = "2022-12-13, 1994-04, 1992"

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean_source_name(self) -> str:
        name = " ".join(self.cleaned_data["source_name"].split())
        if name and not folded(name):
            raise ValidationError(_("A name needs a letter or a digit."))
        return name

    def save(self, commit: bool = True) -> Article:
        self.instance.source = source_called(self.cleaned_data["source_name"], self.user)
        return super().save(commit)

    def _save_m2m(self) -> None:
        super()._save_m2m()
        if "language" in self.changed_data and hasattr(self.instance, "text"):
            propose(self.instance)  # what the text names is found by the rules of its language

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (name := cleaned.get("source_name")) and not self.user.has_perm("entities.add_source"):
            try:
                source_called(name, self.user)  # nothing is made: who may not add is refused
            except ValidationError as error:
                self.add_error("source_name", error)
        return cleaned


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, each at most as large as the site takes."""

    widget = ManyFiles

    def __init__(self, largest: int, **kwargs: Any) -> None:
        self.largest = largest
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(FilesField, self).clean(item, initial) for item in data or [] if item]

    def too_large(self, size: int) -> str:
        return gettext("The file is too large: %(size)s, at most %(largest)s.") % {
            "size": filesizeformat(size),
            "largest": filesizeformat(self.largest),
        }


class IntakeForm(forms.Form):
    """A pasted text with what is known about it, or files."""

    text = forms.CharField(
        label=_("Text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "autofocus": True}),
    )
    title = forms.CharField(label=_("Title"), required=False, max_length=500)
    source = forms.CharField(label=_("Source"), required=False, max_length=300)
    source_url = forms.URLField(label=_("Address at the source"), required=False, max_length=2000)
    files = FilesField(
        largest=0,
        label=_("Files"),
        required=False,
        allow_empty_file=True,
        widget=ManyFiles(attrs={"accept": ".txt,.html,.htm,text/plain,text/html"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not (cleaned.get("text") or "").strip() and not cleaned.get("files"):
            raise ValidationError(_("Paste a text, or choose files."))
        return cleaned
