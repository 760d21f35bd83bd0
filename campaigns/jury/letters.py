"""The mail to who is in a jury, sent by the worker after the change is there."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from community.letters.sending import Letter, send
from vocabulary.names import in_language

from ..models import Juror

TASK = "tell_juror"


def tell(juror: Juror) -> None:
    """Have them told, in the transaction that takes them in."""
    app.configure_task(TASK).defer(juror=juror.pk)


def send_one(juror: int) -> bool:
    """Tell them; whether they are still in it."""
    rows = Juror.objects.select_related("campaign", "member").filter(pk=juror, member__is_active=True)
    found = rows.first()
    if found is None:
        return False

    def letter() -> Letter:
        campaign = in_language(found.campaign.titles)
        shown = {
            "campaign": campaign,
            "begins": found.campaign.selection_from,
            "ends": found.campaign.likes_from,
            "time_zone": found.campaign.time_zone,
            "link": settings.SITE_URL + reverse("campaigns:jury", args=[found.campaign.slug]),
        }
        subject = _("You are in the jury of “%(campaign)s”") % {"campaign": campaign}
        return Letter(subject, "campaigns/mail/juror.txt", shown)

    send(found.member.email, found.member.language, letter)
    return True
