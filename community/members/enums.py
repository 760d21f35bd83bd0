"""Roles of people, and who may see what they tell."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a member does for the whole site; named as functions."""

    MODERATOR = "moderator", _("moderation")
    ANIMATOR = "animator", _("community management")
    TREASURER = "treasurer", _("treasury")


class CollectiveRole(TextChoices):
    """What a member does in a collective."""

    FACILITATOR = "facilitator", _("facilitation")
    MEMBER = "member", _("member")


class Visibility(TextChoices):
    """Who may see a field."""

    EVERYONE = "everyone", _("Everyone")
    MEMBERS = "members", _("Members")
    NOBODY = "nobody", _("No one (internal)")
