"""The form of a suggestion, which knows what it showed, and the form of a decision."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.gis.geos import Point
from django.core import signing
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from vocabulary.models import LegalForm, Theme

from ..enums import ContactKind
from ..models import Initiative
from ..reviews.forms import LONGEST_REASON
from ..submitting.filling import initial_of, public_initial_of
from ..submitting.forms import SubmissionForm
from ..submitting.translating import TEXTS
from . import values

LONGEST_MESSAGE = 2_000
SALT = "initiatives.proposal"
# Of the form, and no values.
OWN = ("sure", "lat", "lon", "themes", "description_language")


class ProposalForm(SubmissionForm):
    """The form of a submission with what the reader may see of an initiative; what it showed comes back signed.

    So what somebody else changes in the meantime is not taken for a change of the one who types.
    """

    shown = forms.CharField(widget=forms.HiddenInput)
    message = forms.CharField(
        label=_("Message"),
        max_length=LONGEST_MESSAGE,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("How do you know? Whoever reviews it reads this; it is never shown on the site."),
    )
    answer_email = forms.EmailField(
        label=_("Your e-mail"),
        max_length=254,
        required=False,
        help_text=_("For our answer only; it is never shown."),
    )

    def __init__(self, *args: Any, initiative: Initiative, member, everything: bool, **kwargs: Any) -> None:
        filled = initial_of(initiative) if everything else public_initial_of(initiative)
        super().__init__(*args, correcting=initiative, initial={**filled, "key": initiative.uuid}, **kwargs)
        if member is not None:
            del self.fields["answer_email"]
        self._offer_what_is_there(initiative)
        broad = [theme for theme in initiative.themes.all() if theme.parent_id is None]
        self.initial["themes"] = [theme.pk for theme in broad]
        self.before = {"values": self._before(broad), "of": initiative.updated_at}
        self.initial["shown"] = self.signed()

    def _offer_what_is_there(self, initiative: Initiative) -> None:
        """A choice that new ones are not offered must not look like one that was taken away."""
        for name in ("country", "description_language"):
            code, choices = getattr(initiative, name), self.fields[name].choices
            if code and code not in dict(choices):
                self.fields[name].choices = [*choices, (code, code)]
        if initiative.legal_form_id:
            field = self.fields["legal_form"]
            field.queryset = field.queryset | LegalForm.objects.filter(pk=initiative.legal_form_id)

    def _before(self, broad: list[Theme]) -> dict[str, Any]:
        """What the form shows, as JSON."""
        shown = dict(self.initial)
        parts = ("email", "phone", "translation_")
        same = [name for name in shown if name not in (*OWN, "key") and not name.startswith(parts)]
        found = {name: shown[name] for name in same}
        found["description_language"] = shown["description_language"] if shown["description"] else ""
        found["themes"] = broad
        found["translations"] = [
            {name: getattr(row, name) for name in ("language", *TEXTS)}
            for row in self.correcting.translations.all()
        ]
        point = "lat" in shown and Point(float(shown["lon"]), float(shown["lat"]), srid=4326)
        found["position"] = point or None
        found["contacts"] = {
            kind: (shown[kind], shown[f"{kind}_visibility"]) for kind in ContactKind if shown.get(kind)
        }
        found["website"] = self.fields["website"].to_python(shown["website"])
        return values.written(found)

    def signed(self, of: datetime | None = None) -> str:
        """What the form shows and of which version, against tampering."""
        told = {
            "initiative": str(self.correcting.uuid),
            "of": (of or self.before["of"]).isoformat(),
            "values": self.before["values"],
        }
        return signing.dumps(told, salt=SALT, compress=True)

    def clean_shown(self) -> str:
        """What was shown, once it is known to be ours."""
        try:
            told = signing.loads(self.cleaned_data["shown"], salt=SALT)
        except signing.BadSignature:
            told = {}
        if told.get("initiative") != str(self.correcting.uuid):
            raise forms.ValidationError(_("This form is damaged: open the page again."))
        self.before = {"values": told["values"], "of": parse_datetime(told["of"])}
        return self.cleaned_data["shown"]

    def _take_point(self, cleaned: dict[str, Any], point: Point) -> None:
        """A point that was there already is no news, even where it was blurred into the sea."""
        if values.written({"position": point})["position"] == self.before["values"]["position"]:
            cleaned["position"] = point
        else:
            super()._take_point(cleaned, point)

    def changes(self) -> Mapping[str, Any]:
        """What is different from what was shown, as JSON; themes that the form does not offer stay."""
        changed = values.differing(self.before["values"], values.written(self.values()))
        if "themes" in changed:
            finer = [theme.slug for theme in self.correcting.themes.all() if theme.parent_id is not None]
            changed["themes"] = sorted({*changed["themes"], *finer})
        return changed


class DecisionForm(forms.Form):
    """Accept what is ticked, or refuse; `seen` is the version that the page of a conflict showed."""

    decision = forms.ChoiceField(
        choices=[("accept", "accept"), ("refuse", "refuse")],
        error_messages={"required": _("Choose a decision.")},
    )
    reason = forms.CharField(required=False, max_length=LONGEST_REASON)
    seen = forms.CharField(required=False, max_length=40)

    def clean_seen(self) -> datetime | None:
        """A moment with its zone, or none."""
        text = self.cleaned_data["seen"]
        try:
            moment = parse_datetime(text) if text else None
        except ValueError:
            moment = None
        if text and (moment is None or moment.tzinfo is None):
            raise forms.ValidationError(_("This form is damaged: open the page again."))
        return moment
