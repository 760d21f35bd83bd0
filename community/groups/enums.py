"""Kinds of groups, and what somebody is in one."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class GroupKind(TextChoices):
    """Who reads a group, and how one comes in; the words of the glossary."""

    # All read, members write; who wants to join asks.
    PUBLIC = "public", pgettext_lazy("kind of group", "public")
    # All read, anyone with an account joins.
    OPEN = "open", pgettext_lazy("kind of group", "open")
    # Members only, by invitation; for others it is not there.
    PRIVATE = "private", pgettext_lazy("kind of group", "private")


class GroupRole(TextChoices):
    """What a member does in a group."""

    ANIMATOR = "animator", _("animation")
    MEMBER = "member", _("member")


class Frequency(TextChoices):
    """How often somebody gets mail of a group."""

    EACH = "each", _("each message")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")
    NONE = "none", _("never")
