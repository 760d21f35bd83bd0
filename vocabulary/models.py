"""Themes, legal forms and licences: rows that the community manager may edit; slugs never change."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from geo.freshness import touches

from .enums import Nature
from .names import Named, TextsField, in_language
from .querysets import LegalFormQuerySet, ThemeQuerySet


def codes(verbose_name: str) -> ArrayField:
    """A list of codes in another vocabulary."""
    return ArrayField(models.CharField(max_length=120), verbose_name=verbose_name, default=list, blank=True)


class Theme(Named):
    """One of the ten themes, or a subtheme of one."""

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="subthemes",
        verbose_name=_("theme"),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    short_names = TextsField(_("short names"), blank=True)
    definition = TextsField(_("definition"), blank=True)
    icon = models.SlugField(
        _("icon"), max_length=30, blank=True, help_text=_("Symbol of the icon sheet, and name of the colour.")
    )
    essglobal = codes(_("ESSGlobal codes"))
    osm = codes(_("OpenStreetMap tags"))
    osm_weak = codes(_("OpenStreetMap tags that need other proof"))
    nace = codes(_("NACE Rev. 2 divisions"))
    synonyms = models.JSONField(_("synonyms by language"), default=dict, blank=True)
    source_values = codes(_("values used by other maps"))

    objects = ThemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["order", "slug"]
        # What themes belong to gives every mark its colour.
        triggers = touches("slug", "parent_id", all_rows=True)
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=False) | ~Q(icon=""),
                name="theme_root_has_icon",
                violation_error_message=_("One of the ten themes needs an icon."),
            ),
        ]

    @property
    def root(self) -> "Theme":
        """The theme that gives colour and icon."""
        return self.parent or self

    @property
    def short_name(self) -> str:
        """One word where there is one, for chips and filters."""
        return in_language(self.short_names) or self.name

    @property
    def about(self) -> str:
        """Definition in the language of the page."""
        return in_language(self.definition)


class LegalForm(Named):
    """A generic legal form, or what the law of a country calls it."""

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="specific",
        verbose_name=_("generic form"),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    country = models.CharField(_("country"), max_length=2, blank=True)
    nature = models.CharField(_("nature"), max_length=10, choices=Nature, default=Nature.FORM)
    local_names = codes(_("local names"))
    abbreviations = codes(_("abbreviations"))
    essglobal = models.JSONField(_("ESSGlobal codes"), default=dict, blank=True)

    objects = LegalFormQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal form")
        verbose_name_plural = _("legal forms")
        ordering = ["order", "slug"]
        triggers = touches("slug", "parent_id")


class Licence(Named):
    """Terms under which data or a picture may be used again."""

    code = models.CharField(
        _("code"), max_length=40, unique=True, help_text=_("SPDX identifier where there is one.")
    )
    url = models.URLField(_("address of the text"))
    asks_attribution = models.BooleanField(_("asks to name the source"), default=True)
    shares_alike = models.BooleanField(_("asks to share alike"), default=False)

    class Meta:
        verbose_name = _("licence")
        verbose_name_plural = _("licences")
        ordering = ["code"]
        triggers = touches("code")

    def __str__(self) -> str:
        return self.code
