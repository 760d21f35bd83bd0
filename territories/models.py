"""Territory (a bounded area), Place (a town of the gazetteer), Collective (people rooted in a territory)."""

from django.contrib.gis.db.models import MultiPolygonField, PointField
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from geo.freshness import touches
from geo.functions import FoldedNames
from vocabulary.models import Licence
from vocabulary.names import Named, TextsField, in_language

from .enums import CollectiveStatus, Scheme
from .querysets import CollectiveQuerySet, PlaceQuerySet, TerritoryQuerySet


class Territory(Named):
    """A bounded area of some scheme; parents stay within one family of schemes."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    scheme = models.CharField(_("scheme"), max_length=20, choices=Scheme)
    parent = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    country = models.CharField(_("country"), max_length=2, blank=True)
    boundary = MultiPolygonField(_("boundary"), srid=4326, spatial_index=False)
    view = ArrayField(
        models.FloatField(),
        verbose_name=_("box to show"),
        size=4,
        null=True,
        blank=True,
        help_text=_("West, south, east, north in degrees, where the whole boundary would show too much."),
    )
    population = models.PositiveBigIntegerField(_("population"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    licence = models.ForeignKey(
        Licence, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("licence")
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    search_names = models.GeneratedField(
        expression=FoldedNames("names"),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name=_("names for search"),
    )

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        ordering = ["scheme", "code"]
        triggers = touches("code")
        indexes = [
            GistIndex(fields=["boundary"], name="territory_boundary"),
            GinIndex(fields=["search_names"], opclasses=["gin_trgm_ops"], name="territory_search_names"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(scheme__in=Scheme.values), name="territory_scheme_known"),
            models.CheckConstraint(condition=~Q(code=""), name="territory_has_code"),
            models.CheckConstraint(
                condition=Func(F("boundary"), function="ST_IsValid", output_field=models.BooleanField()),
                name="territory_boundary_valid",
                violation_error_message=_("The boundary crosses itself or is otherwise not valid."),
            ),
        ]

    def get_absolute_url(self) -> str:
        """Page of the territory."""
        return reverse("territory", args=[self.code])


class Place(models.Model):
    """A town or village of the gazetteer (GeoNames)."""

    geonameid = models.PositiveBigIntegerField(_("GeoNames identifier"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    country = models.CharField(_("country"), max_length=2)
    admin1 = models.CharField(_("first division"), max_length=120, blank=True)
    population = models.PositiveIntegerField(_("population"), default=0)
    position = PointField(_("position"), srid=4326, spatial_index=False)
    search_names = models.TextField(
        _("names for search"), help_text=_("Every name in its folded spelling, each after a bar.")
    )

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["-population", "name"]
        indexes = [
            GistIndex(fields=["position"], name="place_position"),
            GinIndex(fields=["search_names"], opclasses=["gin_trgm_ops"], name="place_search_names"),
            models.Index(fields=["-population", "name"], name="place_by_population"),
        ]

    def __str__(self) -> str:
        return self.name


class Collective(models.Model):
    """People rooted in a territory who put their initiatives on the map."""

    name = models.CharField(_("name"), max_length=160)
    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    purposes = TextsField(_("purpose"), blank=True)
    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="collectives", verbose_name=_("territory")
    )
    perimeter = MultiPolygonField(_("area covered"), srid=4326, null=True, blank=True)
    website = models.URLField(_("website"), blank=True)
    logo = models.ImageField(_("logo"), upload_to="collectives/", blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=CollectiveStatus, default=CollectiveStatus.DRAFT, db_index=True
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = CollectiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("territorial collective")
        verbose_name_plural = _("territorial collectives")
        ordering = ["name"]
        triggers = touches("slug", "status")
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="collective_has_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Page of the collective."""
        return reverse("collective", args=[self.slug])

    @property
    def purpose(self) -> str:
        """What it is for, in the language of the page."""
        return in_language(self.purposes)
