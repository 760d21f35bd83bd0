"""People: members, and later their groups, dues and resources; the letters that the site writes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunityConfig(AppConfig):
    name = "community"
    verbose_name = _("Community")

    def ready(self) -> None:
        """What somebody wants goes with them when their address changes."""
        from allauth.account.signals import email_changed

        from .letters import boxes

        def moved(from_email_address, to_email_address, **_more) -> None:
            if from_email_address and to_email_address:
                boxes.move(from_email_address.email, to_email_address.email)

        email_changed.connect(moved, weak=False, dispatch_uid="letterboxes")
