"""Mail on an offer or need that ends soon, in the language of who gets it."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from community.letters.sending import Letter, one_line, send
from community.models import Member

from ..models import Exchange
from . import expiry, links, people

TASK = "tell_exchange_ends"
# A network may have many stewards; more mails than these help nobody.
MOST = 20


def announce_end(exchange: Exchange) -> None:
    """Have its people told: in the transaction that marks it, so that each is told if and only if it is marked."""
    for member in people.told(exchange).order_by("pk")[:MOST]:
        app.configure_task(TASK).defer(exchange=exchange.pk, member=member.pk)


def tell_end(pk: int, to: int) -> bool:
    """Tell one of them; whether it was sent. Meanwhile it may have ended, or been renewed."""
    now = timezone.now()
    rows = Exchange.objects.ending(now, now + expiry.REMIND_BEFORE, reminded=True)
    exchange = rows.select_related("initiative", "collective").filter(pk=pk).first()
    member = Member.objects.filter(pk=to, is_active=True).first()
    if exchange is None or member is None:
        return False
    if not Exchange.objects.run_by(member).filter(pk=pk).exists():
        return False

    def letter() -> Letter:
        holder = exchange.initiative or exchange.collective
        can_be_longer = expiry.can_be_longer(exchange, now)
        shown = {
            "title": exchange.title,
            "kind": exchange.kind,
            "holder": one_line(holder.name) if holder else "",
            "until": timezone.localtime(exchange.expires_at),
            "renew": links.renewing(exchange, member) if can_be_longer else "",
            "link": settings.SITE_URL + reverse("exchange:one", args=[exchange.pk]),
        }
        subject = _("“%(title)s” ends in a few days") % {"title": exchange.title}
        return Letter(
            subject,
            "initiatives/mail/exchange_ends.txt",
            shown,
            is_made_up=bool(exchange.initiative and exchange.initiative.is_demo),
        )

    send(member.email, member.language, letter)
    return True
