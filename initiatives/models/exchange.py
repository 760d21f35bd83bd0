"""Exchange: an offer or a need, of a member, an initiative or a collective. ExchangePhoto: a picture of it."""

from django.conf import settings
from django.contrib.gis.db.models import PointField
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from geo import pictures
from geo.freshness import notes_differing
from geo.functions import TextWords, geography
from territories.models import Collective
from vocabulary.exchange import CATEGORIES, Category, Kind
from vocabulary.models import Theme

from ..enums import ExchangeStatus
from ..querysets_exchange import ExchangeQuerySet
from .initiative import Initiative, short_texts

LONGEST_TITLE, LONGEST_TEXT = 100, 2_000
LONGEST_RADIUS = 3_000
# What the words of a search are looked for in; the index of these says the same.
SEARCHED = TextWords(Concat("title", Value(" "), "text", output_field=models.TextField()))
# What the map shows of some rows, as initiatives/exchange_sql.py says.
ON_THE_MAP = """
SELECT one.initiative_id AS id, one.kind, one.category FROM {rows} AS one
JOIN initiatives_initiative ON initiatives_initiative.id = one.initiative_id
WHERE initiatives_initiative.status = 'published' AND one.status = 'open'
"""


class Exchange(models.Model):
    """What somebody offers or looks for; with neither initiative nor collective it is the author's own.

    Its place is a town of the gazetteer, never the position of an initiative or a member.
    """

    kind = models.CharField(_("kind"), max_length=5, choices=Kind)
    category = models.CharField(_("category"), max_length=20)
    status = models.CharField(_("status"), max_length=10, choices=ExchangeStatus, default=ExchangeStatus.OPEN)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="exchanges",
        verbose_name=_("author"),
    )
    initiative = models.ForeignKey(
        Initiative,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="exchanges",
        verbose_name=_("initiative"),
    )
    collective = models.ForeignKey(
        Collective,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="exchanges",
        verbose_name=_("collective"),
    )

    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    text = models.TextField(_("description"), max_length=LONGEST_TEXT)
    language = models.CharField(_("language of the text"), max_length=2, choices=settings.LANGUAGES)
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, related_name="exchanges", verbose_name=_("theme")
    )
    languages = short_texts(_("languages spoken"), 3)

    locality = models.CharField(_("town"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    position = PointField(_("position of the town"), srid=4326, null=True, blank=True, spatial_index=False)
    remote = models.BooleanField(_("possible remotely"), default=False)
    radius_km = models.PositiveSmallIntegerField(_("willing to travel (km)"), null=True, blank=True)
    starts = models.DateField(_("from"), null=True, blank=True)
    ends = models.DateField(_("until"), null=True, blank=True)
    deadline = models.DateField(_("closing date"), null=True, blank=True)
    dates = ArrayField(models.DateField(), blank=True, default=list, verbose_name=_("dates"))
    details = models.JSONField(
        _("details"),
        default=dict,
        blank=True,
        help_text=_("The other fields of its category, by name; money as amount and currency."),
    )

    published_at = models.DateTimeField(_("published"), default=timezone.now)
    updated_at = models.DateTimeField(_("changed"), default=timezone.now)
    expires_at = models.DateTimeField(_("open until"))
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    # Kept here, so that it outlasts the conversations, which are deleted after a time.
    first_answer_at = models.DateTimeField(_("first answer"), null=True, blank=True)
    wants_matches = models.BooleanField(_("mails of new matches"), default=True)

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer or need")
        verbose_name_plural = _("offers and needs")
        ordering = ["-published_at", "-pk"]
        triggers = notes_differing(" ".join(ON_THE_MAP.split()))
        indexes = [
            models.Index(
                fields=["kind", "category", "-published_at", "-id"],
                condition=Q(status=ExchangeStatus.OPEN),
                name="exchange_open",
            ),
            # Sessions in the agenda.
            models.Index(
                fields=["id"],
                condition=Q(status=ExchangeStatus.OPEN, kind=Kind.OFFER, category="training") & ~Q(dates=[]),
                name="exchange_with_dates",
            ),
            models.Index(
                fields=["expires_at"], condition=Q(status=ExchangeStatus.OPEN), name="exchange_expires"
            ),
            GistIndex(fields=["position"], condition=Q(status=ExchangeStatus.OPEN), name="exchange_position"),
            models.Index(
                fields=["-published_at", "-id"],
                condition=Q(status=ExchangeStatus.OPEN),
                name="exchange_newest",
            ),
            GistIndex(
                geography("position"),
                condition=Q(status=ExchangeStatus.OPEN),
                name="exchange_geography",
            ),
            GinIndex(SEARCHED, condition=Q(status=ExchangeStatus.OPEN), name="exchange_words"),
            models.Index(
                fields=["initiative", "kind", "category"],
                condition=Q(status=ExchangeStatus.OPEN, initiative__isnull=False),
                name="exchange_of_initiative",
            ),
            # The nearest of a side: its kind and category are in the index, so none of another side is read.
            GistIndex(
                fields=["kind", "category", "position"],
                condition=Q(status=ExchangeStatus.OPEN),
                name="exchange_nearest",
            ),
            models.Index(
                fields=["kind", "category", "theme", "-published_at", "-id"],
                condition=Q(status=ExchangeStatus.OPEN),
                name="exchange_of_theme",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(initiative=None) | Q(collective=None), name="exchange_of_one_alone"
            ),
            models.CheckConstraint(
                condition=~Q(author=None) | ~Q(initiative=None) | ~Q(collective=None),
                name="exchange_of_somebody",
            ),
            models.CheckConstraint(condition=Q(category__in=list(CATEGORIES)), name="exchange_of_a_category"),
            models.CheckConstraint(
                condition=Q(status=ExchangeStatus.OPEN, ended_at=None)
                | (~Q(status=ExchangeStatus.OPEN) & ~Q(ended_at=None)),
                name="exchange_open_or_ended",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Page of it."""
        return reverse("exchange:one", args=[self.pk])

    @staticmethod
    def words_searched() -> TextWords:
        """Title and text as search words."""
        return SEARCHED

    @property
    def its_category(self) -> Category:
        """The category with its words and fields."""
        return CATEGORIES[self.category]

    @property
    def is_renewable(self) -> bool:
        """Whether its people can let it stand on, or open it again."""
        return self.status in (ExchangeStatus.OPEN, ExchangeStatus.EXPIRED)

    @property
    def is_open(self) -> bool:
        """Whether it can be answered, as far as it is stored."""
        return self.status == ExchangeStatus.OPEN

    def value(self, name: str):
        """What stands in a field of its category: a column, or one of the details; None where nothing does."""
        if name in COLUMNS:
            return getattr(self, name)
        return self.details.get(name)


# Fields of the vocabulary that are columns here; the others are kept in `details`.
COLUMNS = frozenset(
    {
        *("title", "text", "language", "theme", "languages", "remote", "radius_km"),
        *("starts", "ends", "deadline", "dates"),
    }
)


class ExchangePhoto(models.Model):
    """A picture of what is offered, with words for those who do not see it."""

    exchange = models.ForeignKey(
        Exchange, on_delete=models.CASCADE, related_name="photos", verbose_name=_("offer or need")
    )
    image = models.ImageField(
        _("picture"), upload_to="exchanges/", width_field="width", height_field="height"
    )
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    alt = models.CharField(_("alternative text"), max_length=300)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("picture of an offer or need")
        verbose_name_plural = _("pictures of offers and needs")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.alt

    def clean(self) -> None:
        """A new picture is drawn anew without what its file tells besides; one that is stored stays."""
        if pictures.is_new(self.image):
            try:
                self.image = pictures.without_metadata(self.image.file)
            except ValidationError as error:
                raise ValidationError({"image": error}) from error
