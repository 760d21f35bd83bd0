"""The lexicon: words that published initiatives use, for completion and for typing errors."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_WORD = 40


class Word(models.Model):
    """A folded word of names, towns, tags and summaries; derived, so it may lag behind and has no history.

    `example` is the oldest published initiative that uses it, one with a position if there is any; `spelling` is how
    that one writes it, in lower case with its accents.
    """

    word = models.CharField(_("word"), max_length=LONGEST_WORD)
    uses = models.PositiveIntegerField(
        _("uses"), help_text=_("Number of published initiatives that use the word.")
    )

    spelling = models.TextField(_("word"))
    # A number rather than a relation: the initiative may be gone before the next count.
    example = models.PositiveBigIntegerField(_("initiative"))

    class Meta:
        verbose_name = _("word of the lexicon")
        verbose_name_plural = _("words of the lexicon")
        ordering = ["-uses", "word"]
        indexes = [GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="word_likeness")]
        constraints = [
            # One index says that a word is there once, finds beginnings, and answers without the table.
            models.UniqueConstraint(
                fields=["word"], opclasses=["text_pattern_ops"], include=["uses"], name="word_beginning"
            )
        ]

    def __str__(self) -> str:
        return self.word
