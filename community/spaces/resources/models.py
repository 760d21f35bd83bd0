"""SpaceResource: a link or a file on the page of a space."""

import uuid
from urllib.parse import urlsplit

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ...members.models import Member
from ...storage import PrivateStorage
from ...topics.enums import FileKind
from ..models import Space

LONGEST_TITLE = 150
LONGEST_ADDRESS = 500
LONGEST_NAME = 120
MOST = 100


def files() -> PrivateStorage:
    """Where files lie: no address leads to them."""
    return PrivateStorage()


def file_path(resource: "SpaceResource", name: str) -> str:
    """A name that tells nothing; what it was called stands in the row."""
    return f"spaces/{uuid.uuid4()}.{resource.kind}"


class SpaceResource(models.Model):
    """What a space points to: an address elsewhere, or a file that is kept here."""

    space = models.ForeignKey(
        Space, on_delete=models.CASCADE, related_name="resources", verbose_name=_("space")
    )
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    url = models.URLField(
        _("address"), max_length=LONGEST_ADDRESS, blank=True, validators=[URLValidator(["http", "https"])]
    )
    file = models.FileField(_("file"), storage=files, upload_to=file_path, max_length=100, blank=True)
    name = models.CharField(_("name"), max_length=LONGEST_NAME, blank=True)
    size = models.PositiveIntegerField(_("size in bytes"), default=0)
    kind = models.CharField(_("kind"), max_length=5, choices=FileKind, blank=True)
    position = models.PositiveSmallIntegerField(_("order"))
    by = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    added_at = models.DateTimeField(_("added"), default=timezone.now)

    class Meta:
        verbose_name = _("resource of a space")
        verbose_name_plural = _("resources of spaces")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint("space", Lower("title"), name="space_resource_once"),
            models.CheckConstraint(
                condition=(Q(url="") & ~Q(file="")) | (~Q(url="") & Q(file="")),
                name="space_resource_link_or_file",
            ),
            models.CheckConstraint(
                condition=Q(file="") | Q(kind__in=FileKind.values), name="space_resource_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def host(self) -> str:
        """Where a link leads."""
        return urlsplit(self.url).hostname or ""
