"""What those who run a campaign say of it, its rule, dates and themes."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from community.collectives.where import WhereForm
from community.spaces.enums import Accent
from community.widgets import LongSelect
from vocabulary.models import Theme

from ..enums import TieRule, Totals
from ..models import Campaign
from ..models.campaign import DATES, LONGEST_REASON
from . import changing
from .moments import MomentField, at, zones

TEXTS = {"title": "titles", "story": "stories", "rule": "rules"}
LONGEST = {"title": 160, "story": 8_000, "rule": 20_000}
LABELS = {
    "title": gettext_lazy("Title"),
    "story": gettext_lazy("Story"),
    "rule": gettext_lazy("Rule"),
}
HINTS = {
    "story": gettext_lazy("What is it about? The first sentence stands below the title. Markdown."),
    "rule": gettext_lazy("Who may stand, how is selected and counted, what laureates get. Markdown."),
}
NUMBERS = ("selected_about", "likes_each", "likes_each_theme", "laureates_each")
MOST = 999


class ThemesPart:
    """The ten themes: which take part, how many are selected in each; for a form."""

    def add_themes(self, campaign: Campaign | None) -> None:
        """A tick and two numbers for each."""
        there = {row.theme_id: row for row in campaign.themes.all()} if campaign else {}
        self.themes = list(Theme.objects.roots())
        for theme in self.themes:
            row = there.get(theme.pk)
            self.fields[f"theme_{theme.pk}"] = forms.BooleanField(
                label=theme.name, required=False, initial=row is not None or campaign is None
            )
            for name, label, usual in (("floor", _("at least"), 1), ("ceiling", _("at most"), 3)):
                self.fields[f"{name}_{theme.pk}"] = forms.IntegerField(
                    label=f"{theme.name} – {label}",
                    min_value=0,
                    max_value=MOST,
                    required=False,
                    initial=getattr(row, name) if row else usual,
                )

    def theme_rows(self) -> Iterator[tuple[Theme, forms.BoundField, forms.BoundField, forms.BoundField]]:
        """The bound fields of each theme."""
        for theme in self.themes:
            yield theme, self[f"theme_{theme.pk}"], self[f"floor_{theme.pk}"], self[f"ceiling_{theme.pk}"]

    def clean_themes(self, cleaned: dict[str, Any]) -> None:
        """A ceiling that is not below the floor; at least one theme."""
        for theme in self.themes:
            floor, ceiling = cleaned.get(f"floor_{theme.pk}"), cleaned.get(f"ceiling_{theme.pk}")
            if not cleaned.get(f"theme_{theme.pk}"):
                continue
            if floor is None or ceiling is None:
                self.add_error(f"ceiling_{theme.pk}", _("Say at least and at most how many."))
            elif ceiling < max(floor, 1):
                self.add_error(
                    f"ceiling_{theme.pk}", _("Expected one at least, and no less than “at least”.")
                )

    def theme_values(self) -> list[tuple[Theme, int, int]]:
        """(theme, at least, at most) as actions take them."""
        given = self.cleaned_data
        return [
            (theme, given[f"floor_{theme.pk}"], given[f"ceiling_{theme.pk}"])
            for theme in self.themes
            if given[f"theme_{theme.pk}"]
        ]


class CampaignForm(ThemesPart, WhereForm):
    """A campaign on one page; what is frozen is shown, and cannot be typed."""

    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages of the campaign"),
        choices=settings.LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    accent = forms.ChoiceField(
        label=gettext_lazy("Colour"), choices=Accent, initial=Accent.AUBERGINE, widget=forms.RadioSelect
    )
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), widget=LongSelect, initial="Europe/Paris")
    selected_about = forms.IntegerField(
        label=gettext_lazy("About so many are selected"), min_value=1, max_value=MOST, initial=20
    )
    laureates_each = forms.IntegerField(
        label=gettext_lazy("Laureates of a theme"), min_value=1, max_value=MOST, initial=1
    )
    likes_each = forms.IntegerField(
        label=gettext_lazy("Likes of one member at most"),
        min_value=1,
        max_value=MOST,
        required=False,
        help_text=gettext_lazy("Empty: as many as they want, one for each initiative."),
    )
    likes_each_theme = forms.IntegerField(
        label=gettext_lazy("Likes of one member in a theme at most"),
        min_value=1,
        max_value=MOST,
        required=False,
    )
    totals = forms.ChoiceField(
        label=gettext_lazy("Running totals"),
        choices=Totals,
        initial=Totals.SEALED,
        widget=forms.RadioSelect,
    )
    tie_rule = forms.ChoiceField(
        label=gettext_lazy("With equally many likes"),
        choices=TieRule,
        initial=TieRule.ALL,
        widget=forms.RadioSelect,
    )
    by_code = forms.BooleanField(
        label=gettext_lazy("People without an account may like too, by a code that is mailed to them"),
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why do you change the rule or a date?"),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Everyone reads it beside the change."),
    )

    def __init__(self, *args: Any, campaign: Campaign | None = None, **kwargs: Any) -> None:
        self.campaign = campaign
        if campaign is not None:
            kwargs["initial"] = _initial(campaign)
        super().__init__(*args, **kwargs)
        self.fields["where"].required = False
        self.fields["where"].help_text = _("Empty: everywhere. A region, a country, or the code of one.")
        self.fields["time_zone"].choices = zones()
        for code, _name in settings.LANGUAGES:
            for name, longest in LONGEST.items():
                widget = forms.TextInput() if name == "title" else forms.Textarea({"rows": 6, "lang": code})
                self.fields[f"{name}_{code}"] = forms.CharField(
                    label=LABELS[name],
                    max_length=longest,
                    required=False,
                    widget=widget,
                    help_text=HINTS.get(name, ""),
                )
        for name in DATES:
            self.fields[name] = MomentField(label=capfirst(Campaign._meta.get_field(name).verbose_name))
        self.add_themes(campaign)
        if campaign is None or not campaign.is_public:
            del self.fields["reason"]
        else:
            self._close(campaign)

    def _close(self, campaign: Campaign) -> None:
        """What cannot change any more is not taken from what is sent."""
        closed = {name for name in DATES if getattr(campaign, name) <= timezone.now()}
        if changing.is_fixed(campaign):
            closed |= {*changing.RULE, "where", "territory"}
            self.meant = [campaign.territory] if campaign.territory else []
            closed |= {
                name for name in self.fields if name.startswith(("rule_", "theme_", "floor_", "ceiling_"))
            }
        for name in closed & set(self.fields):
            self.fields[name].disabled = True

    def find(self, words: str) -> list:
        """Its territory where nothing else was typed; its name alone may mean several."""
        present = self.campaign and self.campaign.territory
        return [present] if present and words == present.name else super().find(words)

    def clean(self) -> dict[str, Any]:
        """A title, moments by the clocks of the time zone, themes."""
        cleaned = super().clean()
        if not any(cleaned.get(f"title_{code}") for code, _name in settings.LANGUAGES):
            self.add_error(f"title_{self.first_language}", _("Give it a title in one language at least."))
        for name in DATES:
            self._clean_moment(cleaned, name)
        self.clean_themes(cleaned)
        return cleaned

    def _clean_moment(self, cleaned: dict[str, Any], name: str) -> None:
        field = self.fields[name]
        same = field.prepare_value(self.initial.get(name)) == field.prepare_value(cleaned.get(name))
        if self.campaign is not None and (field.disabled or (same and not self._moves(cleaned))):
            # Seconds are not typed.
            cleaned[name] = getattr(self.campaign, name)
        elif isinstance(cleaned.get(name), datetime) and "time_zone" in cleaned:
            try:
                cleaned[name] = at(cleaned[name], cleaned["time_zone"])
            except forms.ValidationError as error:
                self.add_error(name, error)

    def _moves(self, cleaned: dict[str, Any]) -> bool:
        """Whether the same hour is another moment now: by other clocks."""
        return cleaned.get("time_zone") != self.campaign.time_zone

    @property
    def first_language(self) -> str:
        """That of the page."""
        return (get_language() or settings.LANGUAGE_CODE)[:2]

    @property
    def languages_of_texts(self) -> Iterator[tuple[str, str, bool, list[forms.BoundField]]]:
        """(code, name, whether it is open, its fields), that of the page first."""
        first = self.first_language
        for code, name in sorted(settings.LANGUAGES, key=lambda pair: pair[0] != first):
            fields = [self[f"{part}_{code}"] for part in TEXTS]
            filled = any(field.value() or field.errors for field in fields)
            yield code, name, code == first or filled, fields

    @property
    def dates(self) -> list[forms.BoundField]:
        """The fields of the dates, in their order."""
        return [self[name] for name in DATES]

    @property
    def numbers(self) -> list[forms.BoundField]:
        """The fields of the numbers."""
        return [self[name] for name in NUMBERS]

    def values(self) -> dict[str, Any]:
        """What the actions take."""
        given = self.cleaned_data
        texts = {
            target: {
                code: given[f"{name}_{code}"] for code, _name in settings.LANGUAGES if given[f"{name}_{code}"]
            }
            for name, target in TEXTS.items()
        }
        plain = ("languages", "accent", "time_zone", *NUMBERS, "totals", "tie_rule", "by_code", *DATES)
        territory = self.campaign.territory if self.fields["where"].disabled else self.chosen
        return {
            **texts,
            **{name: given[name] for name in plain},
            "territory": territory,
            changing.THEMES: self.theme_values(),
        }


def _initial(campaign: Campaign) -> dict[str, Any]:
    """What the form shows of a campaign."""
    zone = ZoneInfo(campaign.time_zone)
    shown = {name: getattr(campaign, name) for name in ("languages", "accent", *changing.RULE)}
    shown |= {name: getattr(campaign, name).astimezone(zone).replace(tzinfo=None) for name in DATES}
    shown |= {
        f"{name}_{code}": text
        for name, target in TEXTS.items()
        for code, text in getattr(campaign, target).items()
    }
    return shown | {"where": campaign.territory.name if campaign.territory else "", "territory": ""}
