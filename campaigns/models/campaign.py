"""Campaign: its story, dates and rule. CampaignTheme: a theme of it. CampaignChange: what was changed, and why."""

import zoneinfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.models import Group
from community.spaces.enums import Accent
from initiatives.models.initiative import short_texts
from territories.models import Territory
from vocabulary.models import Theme
from vocabulary.names import TextsField, in_language

from ..enums import Phase, TieRule, Totals
from ..querysets import CampaignQuerySet

# In order; each begins when the one before ends.
DATES = ("call_from", "selection_from", "likes_from", "likes_until", "results_from")
LONGEST_REASON = 2_000


def validate_time_zone(value: str) -> None:
    """Refuse what is no time zone of the IANA database."""
    if value not in zoneinfo.available_timezones():
        raise ValidationError(_("Expected a time zone such as Europe/Paris."))


class Campaign(models.Model):
    """A call for initiatives over several themes, likes for those selected, and what came of it."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    titles = TextsField(_("title"))
    stories = TextsField(_("story"), blank=True)
    rules = TextsField(_("rule"), blank=True)
    phase = models.CharField(_("phase"), max_length=10, choices=Phase, default=Phase.DRAFT)
    territory = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="campaigns",
        verbose_name=_("territory"),
    )
    languages = short_texts(_("languages"), 3)
    accent = models.CharField(_("colour"), max_length=10, choices=Accent, default=Accent.AUBERGINE)
    group = models.ForeignKey(
        Group,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="campaigns",
        verbose_name=_("group of those who take part"),
    )
    previous = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="following",
        verbose_name=_("edition before"),
    )

    time_zone = models.CharField(
        _("time zone"), max_length=40, default="Europe/Paris", validators=[validate_time_zone]
    )
    call_from = models.DateTimeField(_("call from"))
    selection_from = models.DateTimeField(_("selection from"))
    likes_from = models.DateTimeField(_("likes from"))
    likes_until = models.DateTimeField(_("likes until"))
    results_from = models.DateTimeField(_("results from"))

    selected_about = models.PositiveSmallIntegerField(_("about so many are selected"), default=20)
    likes_each = models.PositiveSmallIntegerField(_("likes of one member at most"), null=True, blank=True)
    likes_each_theme = models.PositiveSmallIntegerField(
        _("likes of one member in a theme at most"), null=True, blank=True
    )
    laureates_each = models.PositiveSmallIntegerField(_("laureates of a theme"), default=1)
    totals = models.CharField(_("running totals"), max_length=6, choices=Totals, default=Totals.SEALED)
    tie_rule = models.CharField(
        _("with equally many likes"), max_length=10, choices=TieRule, default=TieRule.ALL
    )
    by_code = models.BooleanField(_("also without an account, by a code that is mailed"), default=False)

    # The first like freezes the rule and its numbers.
    frozen_at = models.DateTimeField(_("rule frozen"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-call_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(selection_from__gt=F("call_from"))
                & Q(likes_from__gt=F("selection_from"))
                & Q(likes_until__gt=F("likes_from"))
                & Q(results_from__gte=F("likes_until")),
                name="campaign_dates_in_order",
            ),
            models.CheckConstraint(condition=~Q(likes_each=0), name="campaign_likes_each_above_zero"),
            models.CheckConstraint(
                condition=~Q(likes_each_theme=0), name="campaign_likes_each_theme_above_zero"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Page of the campaign."""
        return reverse("campaign", args=[self.slug])

    @property
    def title(self) -> str:
        """Title in the language of the page."""
        return in_language(self.titles)

    @property
    def is_public(self) -> bool:
        """Whether it is past its preparation."""
        return self.phase != Phase.DRAFT


class CampaignTheme(models.Model):
    """A theme of a campaign: at least and at most so many are selected in it."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="themes", verbose_name=_("campaign")
    )
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+", verbose_name=_("theme"))
    floor = models.PositiveSmallIntegerField(_("at least"), default=1)
    ceiling = models.PositiveSmallIntegerField(_("at most"), default=3)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("theme of a campaign")
        verbose_name_plural = _("themes of campaigns")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "theme"], name="campaign_theme_once"),
            models.CheckConstraint(
                condition=Q(ceiling__gte=F("floor")) & ~Q(ceiling=0), name="campaign_theme_floor_ceiling"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign} · {self.theme}"


class CampaignChange(models.Model):
    """What somebody changed of a campaign after it was announced, and why: everyone reads it."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="changes", verbose_name=_("campaign")
    )
    field = models.CharField(_("field"), max_length=40)
    was = models.TextField(_("was"), blank=True)
    became = models.TextField(_("became"), blank=True)
    reason = models.TextField(_("reason"), max_length=LONGEST_REASON)
    at = models.DateTimeField(_("at"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )

    class Meta:
        verbose_name = _("change of a campaign")
        verbose_name_plural = _("changes of campaigns")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.campaign} · {self.field}"
