"""Initiative: the thing on the map."""

import uuid
from datetime import datetime

from django.contrib.gis.db.models import PointField
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, GeneratedField, Q
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from geo.freshness import notes_rows
from geo.functions import Blur, Cell, Fold, IsOnMap, PublicStreet, PublicTown, Words, geography
from geo.search import bytewise
from territories.models import Collective, Territory
from vocabulary.models import LegalForm, Licence, Theme

from ..conditions import WITH_SITE
from ..enums import DEMO_TAG, Precision, Reach, Status
from ..querysets import InitiativeQuerySet
from ..validators import check_lengths, validate_opening_hours
from .network import Network
from .tracking import tracked


def short_texts(verbose_name: str, length: int) -> ArrayField:
    """A list of short texts."""
    return ArrayField(
        models.CharField(max_length=length), verbose_name=verbose_name, default=list, blank=True
    )


OFF_MAP = _("Expected a longitude between -180 and 180 and a latitude between -85.05 and 85.05.")
COMPUTED = (
    "public_position",
    "cell",
    "public_street",
    "public_postcode",
    "public_locality",
    "search",
    "search_name",
)


@tracked(*COMPUTED)
class Initiative(models.Model):
    """A place, group, service or enterprise of the social and solidarity economy."""

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("slug"), max_length=120, unique=True, allow_unicode=True)
    name = models.CharField(_("name"), max_length=200)
    summary = models.CharField(_("summary"), max_length=400, blank=True)
    description = models.TextField(_("description"), max_length=20_000, blank=True, help_text=_("Markdown"))
    description_language = models.CharField(_("language of the description"), max_length=3, blank=True)

    primary_theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("main theme")
    )
    themes = models.ManyToManyField(
        Theme, through="InitiativeTheme", related_name="initiatives", verbose_name=_("themes")
    )
    legal_form = models.ForeignKey(
        LegalForm,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("legal form"),
    )
    founded = models.PositiveSmallIntegerField(
        _("year founded"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1000), MaxValueValidator(2100)],
    )
    tags = short_texts(_("tags"), 60)
    labels = short_texts(_("labels"), 80)
    languages = short_texts(_("languages spoken"), 3)
    reach = models.CharField(_("reach"), max_length=15, choices=Reach, blank=True)

    position = PointField(
        _("exact position"),
        srid=4326,
        null=True,
        blank=True,
        spatial_index=False,
        help_text=_("Only its people, moderators and the duplicate match read it."),
    )
    precision = models.CharField(
        _("position precision"), max_length=10, choices=Precision, default=Precision.EXACT
    )
    has_no_position = models.BooleanField(_("has no position"), default=False)
    public_position = GeneratedField(
        expression=Blur("position", "precision"),
        output_field=PointField(srid=4326, spatial_index=False, null=True),
        db_persist=True,
        verbose_name=_("public position"),
    )
    cell = GeneratedField(
        expression=Cell(Blur("position", "precision")),
        output_field=models.BigIntegerField(null=True),
        db_persist=True,
        verbose_name=_("place along the map"),
    )
    street = models.CharField(_("street and number"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=20, blank=True)
    locality = models.CharField(_("town or village"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    public_street = GeneratedField(
        expression=PublicStreet("street", "precision"),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name=_("street and number"),
    )
    public_postcode = GeneratedField(
        expression=PublicTown("postcode", "precision"),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name=_("postcode"),
    )
    public_locality = GeneratedField(
        expression=PublicTown("locality", "precision"),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name=_("town or village"),
    )
    territory = models.ForeignKey(
        Territory,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("smallest administrative territory"),
    )
    territories = models.ManyToManyField(
        Territory, through="InitiativeTerritory", related_name="initiatives", verbose_name=_("territories")
    )

    parent = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="sites",
        verbose_name=_("site of"),
    )
    collective = models.ForeignKey(
        Collective,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="initiatives",
        verbose_name=_("collective"),
    )
    networks = models.ManyToManyField(
        Network, through="NetworkMembership", related_name="initiatives", verbose_name=_("networks")
    )
    website = models.URLField(_("website"), max_length=400, blank=True)
    opening_hours = models.CharField(
        _("opening hours"), max_length=400, blank=True, validators=[validate_opening_hours]
    )

    status = models.CharField(_("status"), max_length=15, choices=Status, default=Status.DRAFT)
    licence = models.ForeignKey(
        Licence, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("licence")
    )
    field_sources = models.JSONField(
        _("source by field"),
        default=dict,
        blank=True,
        help_text=_("Field name to identity number, or to “people” where it was edited here."),
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    updated_at = models.DateTimeField(_("updated"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    search = GeneratedField(
        expression=Words("name", PublicTown("locality", "precision"), "tags", "summary"),
        output_field=SearchVectorField(),
        db_persist=True,
        verbose_name=_("words for search"),
    )
    search_name = GeneratedField(
        expression=Fold("name"),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name=_("folded name"),
    )

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        ordering = ["search_name", "pk"]
        triggers = notes_rows("SELECT id FROM {rows} WHERE status = 'published'")
        indexes = [
            GistIndex(fields=["public_position"], name="initiative_public_position"),
            GistIndex(geography("public_position"), name="initiative_public_geography"),
            models.Index(
                fields=["cell"], condition=Q(status=Status.PUBLISHED), name="initiative_published_cell"
            ),
            GinIndex(fields=["search"], name="initiative_search"),
            GinIndex(fields=["search_name"], opclasses=["gin_trgm_ops"], name="initiative_search_name"),
            models.Index(
                fields=["search_name", "id"], condition=Q(status=Status.PUBLISHED), name="initiative_by_name"
            ),
            models.Index(
                bytewise("search_name"),
                "id",
                condition=Q(status=Status.PUBLISHED),
                name="initiative_name_beginning",
            ),
            models.Index(fields=["status", "updated_at"], name="initiative_by_update"),
            models.Index(
                Greatest("created_at", "confirmed_at"),
                condition=Q(status=Status.PUBLISHED),
                name="initiative_by_age",
            ),
            models.Index(fields=["id"], condition=WITH_SITE, name="initiative_with_site"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHED)
                | (
                    ~Q(name="")
                    & Q(primary_theme__isnull=False)
                    & (
                        Q(position__isnull=False, has_no_position=False)
                        | Q(position__isnull=True, has_no_position=True)
                    )
                ),
                name="initiative_published_is_complete",
                violation_error_message=_(
                    "To be published it needs a name, a main theme, and a position or the mark that it has none."
                ),
            ),
            models.CheckConstraint(
                condition=Q(position__isnull=True) | IsOnMap("position"),
                name="initiative_position_on_map",
                violation_error_message=OFF_MAP,
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="initiative_status_known"),
            models.CheckConstraint(
                condition=Q(precision__in=Precision.values), name="initiative_precision_known"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="initiative_not_its_own_site"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Page of the initiative."""
        return reverse("initiative", args=[self.slug])

    def clean(self) -> None:
        """A position must be on the map and texts no longer than they may; errors by field."""
        check_lengths(self)
        if self.position and not (abs(self.position.x) <= 180 and abs(self.position.y) <= 85.05):
            raise ValidationError({"position": OFF_MAP})

    @property
    def is_published(self) -> bool:
        """Shown to everyone."""
        return self.status == Status.PUBLISHED

    @property
    def is_blurred(self) -> bool:
        """Whether the public position is not the exact one."""
        return not self.has_no_position and self.precision != Precision.EXACT

    @property
    def unconfirmed_since(self) -> datetime | None:
        """Since when nobody has confirmed it, if that is so long ago that the map draws it fainter."""
        return getattr(getattr(self, "aged", None), "since", None)

    @property
    def is_demo(self) -> bool:
        """Made up, to try the site with."""
        return DEMO_TAG in self.tags

    @property
    def cover(self):
        """The first photo, or None; read from the prefetched ones."""
        return next(iter(self.photos.all()), None)

    @property
    def root_theme(self) -> Theme | None:
        """The theme that gives colour and icon."""
        return self.primary_theme and self.primary_theme.root
