"""The form of an initiative in the administration."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import FilteredSelectMultiple
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from vocabulary.models import Theme

from .. import content
from ..models import Initiative, Network
from ..slugs import lock_slugs

# Theirs are rows with data of their own; the form shows them as a choice.
CHOICES = {"all_themes": "themes", "all_networks": "networks"}


class InitiativeForm(forms.ModelForm):
    """What actions take, and the checks of the database where they stand beside a field."""

    all_themes = forms.ModelMultipleChoiceField(
        Theme.objects.all(),
        label=_("themes"),
        required=False,
        widget=FilteredSelectMultiple(_("themes"), is_stacked=False),
    )
    all_networks = forms.ModelMultipleChoiceField(
        Network.objects.all(),
        label=_("networks"),
        required=False,
        widget=FilteredSelectMultiple(_("networks"), is_stacked=False),
    )

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen"] = self.instance.updated_at.isoformat()
        if self.instance.pk and "all_themes" in self.fields:
            self.initial["all_themes"] = list(self.instance.themes.all())
            self.initial["all_networks"] = list(
                Network.objects.filter(memberships__initiative=self.instance, memberships__until=None)
            )

    def clean(self) -> dict[str, Any]:
        """What is shown to everyone stays complete."""
        cleaned = super().clean()
        self._check_unchanged(cleaned)
        if self.instance.is_published and not self.errors:
            names = ("name", "primary_theme", "position", "has_no_position")
            # A field that is kept from this person stays as it is.
            values = {name: cleaned.get(name, getattr(self.instance, name)) for name in names}
            content.check_complete(Initiative(**values))
        return cleaned

    def _check_unchanged(self, cleaned: dict[str, Any]) -> None:
        """Hold the row to the end of the request's transaction, and refuse to write over what somebody else wrote."""
        if not self.instance.pk:
            return
        if "name" in self.changed_data:
            lock_slugs()
        held = Initiative.objects.held().only("updated_at").get(pk=self.instance.pk)
        if held.updated_at.isoformat() != cleaned.get("seen"):
            raise forms.ValidationError(
                format_html(
                    '{} <a href="{}" target="_blank">{}</a>',
                    _(
                        "It was changed after this page was opened, so nothing was saved. Open the page again."
                    ),
                    reverse("initiative_history", args=[self.instance.slug]),
                    _("See what changed"),
                )
            )

    def values(self) -> dict[str, Any]:
        """What was changed, as actions take it."""
        named = {name: name for name in content.FIELDS} | CHOICES
        return {named[name]: self.cleaned_data[name] for name in self.changed_data if name in named}
