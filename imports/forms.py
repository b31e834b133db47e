from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entities.exchange.mapping import Mapping

from .kinds import KINDS, column_title
from .models import Import
from .reading import shortened

NOTHING, CONSTANT, KEPT = "", "=", "*"
_THEIRS = "+"  # before a column of the file, so that none can be taken for one of the three


class UploadForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What the file holds"),
        choices=lambda: [(name, capfirst(str(kind.title))) for name, kind in KINDS.items()],
    )
    file = forms.FileField(
        label=_("File"), allow_empty_file=True, error_messages={"required": _("Choose a file.")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        suffixes = sorted({suffix for kind in KINDS.values() for suffix in kind.suffixes})
        self.fields["file"].widget.attrs["accept"] = ",".join(suffixes)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        file, kind = cleaned.get("file"), KINDS.get(cleaned.get("kind", ""))
        if file and kind:
            suffix = Path(file.name).suffix.lower()
            if suffix not in kind.suffixes:
                self.add_error("file", self._wrong_suffix(suffix, kind.suffixes))
            elif file.size > settings.LARGEST_UPLOAD:
                self.add_error("file", self._too_large(file.size))
            elif not file.size:
                self.add_error("file", _("The file is empty."))
        return cleaned

    def _wrong_suffix(self, suffix: str, allowed: tuple[str, ...]) -> ValidationError:
        said = gettext("A file that ends in “%(suffix)s” is not read here; %(allowed)s are.")
        return ValidationError(said % {"suffix": suffix or "–", "allowed": ", ".join(allowed)})

    def _too_large(self, size: int) -> ValidationError:
        said = gettext("The file is too large: %(size)s, at most %(largest)s.")
        return ValidationError(
            said % {"size": filesizeformat(size), "largest": filesizeformat(settings.LARGEST_UPLOAD)}
        )


class MappingForm(forms.Form):
    """For each column of ours: one of the file's, the same words for every row, or what a known mapping says."""

    dates = forms.ChoiceField(
        label=_("Day and month"),
        choices=Import.Dates,
        required=False,
        help_text=_("Only needed where no date of the file says which comes first."),
    )
    publish = forms.BooleanField(label=_("Publish every row that has what publishing needs"), required=False)
    save_as = forms.CharField(
        label=_("Keep this mapping under the name"),
        required=False,
        max_length=200,
        help_text=_("It is recognised when a file with the same columns comes again."),
    )

    def __init__(self, run: Import, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.run, self.kind = run, KINDS[run.kind]
        self.theirs = run.found["columns"]
        self.fields["dates"].initial, self.fields["publish"].initial = run.dates, run.publish
        if not self.kind.may_publish:
            del self.fields["publish"]
        if not self.kind.importer.date_columns:
            del self.fields["dates"]
        for ours in self.kind.columns:
            self._add(ours, run.mapping["columns"].get(ours))

    def _add(self, ours: str, spec: Any) -> None:
        choices = [
            (NOTHING, "–"),
            *((f"{_THEIRS}{name}", shortened(name, 60)) for name in self.theirs),
            (CONSTANT, gettext("the same for every row:")),
        ]
        chosen, constant = NOTHING, ""
        if isinstance(spec, str) and spec in self.theirs:
            chosen = f"{_THEIRS}{spec}"
        elif isinstance(spec, dict) and set(spec) == {"constant"}:
            chosen, constant = CONSTANT, spec["constant"]
        elif spec is not None:
            chosen = KEPT
            choices.append((KEPT, gettext("as known: %s") % ", ".join(_paths_of(spec))))
        title = column_title(ours)
        self.fields[f"from_{ours}"] = forms.ChoiceField(
            label=title, choices=choices, required=False, initial=chosen
        )
        self.fields[f"always_{ours}"] = forms.CharField(
            label=gettext("%s, the same for every row") % capfirst(title),
            required=False,
            max_length=1000,
            initial=constant,
        )

    def lines(self) -> list[dict[str, Any]]:
        """One for each column of ours, as the table shows them."""
        return [
            {
                "ours": ours,
                "title": column_title(ours),
                "is_needed": ours == self.kind.importer.main_column,
                "choice": self[f"from_{ours}"],
                "constant": self[f"always_{ours}"],
                "samples": self.theirs.get((self[f"from_{ours}"].value() or "")[1:], []),
                "order": self.run.found.get("orders", {}).get(ours, ""),
            }
            for ours in self.kind.columns
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        columns = {}
        for ours in self.kind.columns:
            choice = cleaned.get(f"from_{ours}", NOTHING)
            if choice == KEPT:
                columns[ours] = self.run.mapping["columns"][ours]
            elif choice == CONSTANT:
                if not cleaned.get(f"always_{ours}"):
                    self.add_error(f"always_{ours}", _("Say what stands in every row, or choose a column."))
                columns[ours] = {"constant": cleaned.get(f"always_{ours}", "")}
            elif choice:
                columns[ours] = choice.removeprefix(_THEIRS)
        main = self.kind.importer.main_column
        if main not in columns:
            self.add_error(f"from_{main}", _("Every row needs this: choose the column that holds it."))
        self.columns = columns
        return cleaned

    @property
    def mapping(self) -> Mapping:
        name = self.cleaned_data["save_as"].strip()
        return Mapping(self.columns, name, name, self.run.mapping.get("skip", {}))


def _paths_of(spec: Any) -> list[str]:
    return sorted(Mapping({"": spec}).theirs) or ["…"]
