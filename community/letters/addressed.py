"""Rows that keep an address for answers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from . import boxes
from .models import Letterbox


class Addressed(models.Model):
    """A row with an address for answers, empty once it is no longer needed; its letterbox follows it."""

    letterbox = models.ForeignKey(
        Letterbox,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="%(class)ss",
        verbose_name=_("letterbox"),
    )

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        """Keep the letterbox that of the address."""
        written = kwargs.get("update_fields")
        if written is None or "email" in written:
            self.letterbox = boxes.of(self.email) if self.email else None
            if written is not None:
                kwargs["update_fields"] = {*written, "letterbox"}
        super().save(*args, **kwargs)
