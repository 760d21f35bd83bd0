"""What of an offer or need is compared with others, and how many use each word; derived, kept by the matching."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from .exchange import Exchange

LONGEST_KEY = 80


class ExchangeWords(models.Model):
    """Ideas and stems of an open offer or need, each behind a mark of kind and category: one index for each side.

    `read_with` tells the vocabulary that they were read with: those read with a former one are read anew at night.
    """

    exchange = models.OneToOneField(
        Exchange,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="words",
        verbose_name=_("offer or need"),
    )
    keys = ArrayField(models.CharField(max_length=LONGEST_KEY), verbose_name=_("words"), default=list)
    read_with = models.CharField(_("vocabulary"), max_length=16)

    class Meta:
        verbose_name = _("words of an offer or need")
        verbose_name_plural = _("words of offers and needs")
        ordering = ["exchange"]
        indexes = [GinIndex(fields=["keys"], name="exchange_words_keys", fastupdate=False)]

    def __str__(self) -> str:
        return str(self.exchange)


class ExchangeKey(models.Model):
    """How many open ones of a side use a word, counted at night: what is rare tells more, and is looked up first."""

    key = models.CharField(_("word"), max_length=LONGEST_KEY, primary_key=True)
    uses = models.PositiveIntegerField(_("uses"))

    class Meta:
        verbose_name = _("word of offers and needs")
        verbose_name_plural = _("words of offers and needs, counted")
        ordering = ["-uses", "key"]

    def __str__(self) -> str:
        return self.key
