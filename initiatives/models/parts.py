"""Rows that belong to one initiative: themes, territories, translations, contacts, photos."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from geo import pictures
from territories.models import Territory
from vocabulary.models import Licence, Theme

from ..enums import ContactKind, Visibility
from ..phones import validate_phone
from ..validators import check_lengths
from .initiative import Initiative
from .tracking import added_in, notes_initiatives, tracked


@tracked()
class InitiativeTheme(models.Model):
    """A theme of an initiative, the main one included."""

    initiative = models.ForeignKey(
        Initiative,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="theme_links",
        verbose_name=_("initiative"),
    )
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, related_name="initiative_links", verbose_name=_("theme")
    )
    added_in = added_in()

    class Meta:
        verbose_name = _("theme of an initiative")
        verbose_name_plural = _("themes of initiatives")
        triggers = notes_initiatives()
        constraints = [models.UniqueConstraint(fields=["initiative", "theme"], name="initiative_theme_once")]

    def __str__(self) -> str:
        return f"{self.initiative} · {self.theme}"


class InitiativeTerritory(models.Model):
    """A territory that contains the public position; written by placement.py alone."""

    initiative = models.ForeignKey(
        Initiative,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="territory_links",
        verbose_name=_("initiative"),
    )
    territory = models.ForeignKey(
        Territory,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="initiative_links",
        verbose_name=_("territory"),
    )

    class Meta:
        verbose_name = _("territory of an initiative")
        verbose_name_plural = _("territories of initiatives")
        triggers = notes_initiatives()
        constraints = [
            models.UniqueConstraint(fields=["initiative", "territory"], name="initiative_territory_once")
        ]
        indexes = [models.Index(fields=["territory", "initiative"], name="initiative_by_territory")]

    def __str__(self) -> str:
        return f"{self.initiative} · {self.territory}"


@tracked()
class Translation(models.Model):
    """Texts of an initiative in a further language."""

    initiative = models.ForeignKey(
        Initiative,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="translations",
        verbose_name=_("initiative"),
    )
    language = models.CharField(_("language"), max_length=3)
    name = models.CharField(_("name"), max_length=200, blank=True)
    summary = models.CharField(_("summary"), max_length=400, blank=True)
    description = models.TextField(_("description"), max_length=20_000, blank=True)
    added_in = added_in()

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "language"], name="translation_once_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.initiative} ({self.language})"

    def clean(self) -> None:
        """Texts no longer than they may."""
        check_lengths(self)


@tracked()
class Contact(models.Model):
    """One way to reach an initiative, and who may see it."""

    initiative = models.ForeignKey(
        Initiative,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="contacts",
        verbose_name=_("initiative"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=ContactKind)
    value = models.CharField(_("value"), max_length=254)
    visibility = models.CharField(
        _("visibility"), max_length=10, choices=Visibility, default=Visibility.NOBODY
    )
    added_in = added_in()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "kind"], name="contact_once_a_kind"),
            models.CheckConstraint(condition=~Q(value=""), name="contact_has_value"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.initiative}"

    def clean(self) -> None:
        """An e-mail must be one, a telephone number too; a kind that is none has its own error."""
        validate = {ContactKind.EMAIL: validate_email, ContactKind.PHONE: validate_phone}.get(self.kind)
        if validate:
            validate(self.value)


@tracked()
class Photo(models.Model):
    """A picture with words for those who do not see it, and its licence."""

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="photos", verbose_name=_("initiative")
    )
    image = models.ImageField(_("picture"), upload_to="photos/", width_field="width", height_field="height")
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    alt = models.CharField(_("alternative text"), max_length=300)
    credit = models.CharField(_("author"), max_length=160, blank=True)
    licence = models.ForeignKey(
        Licence, on_delete=models.PROTECT, related_name="+", verbose_name=_("licence")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    added_in = added_in()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
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
