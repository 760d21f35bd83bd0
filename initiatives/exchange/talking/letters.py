"""Mails of messages and removals, each to one person by a task of its own, so that a second try reaches nobody twice.

They tell no address, and an answer to one reaches nobody: whoever wants to answer does so on the page.
"""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from community.letters.sending import Letter, one_line, send
from community.models import Member
from community.topics import names

from ...models import ConversationMessage, Exchange, ExchangeReport
from .. import people

MESSAGE, SEND_MESSAGE = "tell_of_exchange_message", "send_exchange_message"
REMOVAL, SEND_REMOVAL = "tell_of_exchange_removal", "send_exchange_removal"


def tell_of(message: ConversationMessage) -> None:
    """Have a message mailed, within the transaction that wrote it."""
    app.configure_task(MESSAGE).defer(message=message.pk)


def tell_of_removal(report: ExchangeReport) -> None:
    """Have its people told why it was removed, within the transaction that did it."""
    app.configure_task(REMOVAL).defer(report=report.pk)


def _message(pk: int) -> ConversationMessage | None:
    """One with words; those of whoever left are gone."""
    rows = ConversationMessage.objects.exclude(text="").filter(pk=pk)
    related = ("by", "conversation__exchange__initiative", "conversation__exchange__collective")
    return rows.select_related(*related).first()


@transaction.atomic
def fan_out(pk: int) -> int:
    """A task for everyone who gets a message, all or none; their number."""
    if (message := _message(pk)) is None:
        return 0
    keys = list(people.hearing(message).order_by("pk").values_list("pk", flat=True))
    if keys:
        app.configure_task(SEND_MESSAGE).batch_defer(*({"message": pk, "member": key} for key in keys))
    return len(keys)


def send_message(pk: int, member: int) -> bool:
    """Mail a message to one of them, who may want to hear nothing of its author by now; whether it was sent."""
    message = _message(pk)
    reader = None if message is None else people.hearing(message).filter(pk=member).first()
    if reader is None:
        return False
    send(reader.email, reader.language, lambda: _written(message, reader))
    return True


def _written(message: ConversationMessage, reader: Member) -> Letter:
    conversation = message.conversation
    exchange = conversation.exchange
    name = one_line(names.name_of(message.by, reader))
    holder = exchange.initiative or exchange.collective
    shown = {
        "name": name,
        "for_whom": one_line(holder.name) if holder and message.from_people else "",
        "title": one_line(exchange.title),
        # Marked line by line, so that nobody writes as if they were the site.
        "lines": [f"> {line}".rstrip() for line in message.text.splitlines()],
        "link": _address("exchange:talk", exchange.pk, conversation.pk),
    }
    subject = _("%(name)s writes about “%(title)s”") % {"name": name, "title": exchange.title}
    return Letter(subject, "initiatives/mail/exchange_message.txt", shown, is_made_up=_is_made_up(exchange))


def _address(page: str, *args: int) -> str:
    return settings.SITE_URL + reverse(page, args=args)


def _is_made_up(exchange: Exchange) -> bool:
    return exchange.initiative is not None and exchange.initiative.is_demo


# ── Removals ────────────────────────────────────────────────────────────────────────────────────


def _report(pk: int) -> ExchangeReport | None:
    rows = ExchangeReport.objects.exclude(closed_at=None).filter(pk=pk)
    return rows.select_related("exchange__initiative", "exchange__collective").first()


@transaction.atomic
def fan_out_removal(pk: int) -> int:
    """A task for each of its people who is told; their number."""
    if (report := _report(pk)) is None:
        return 0
    keys = list(people.told(report.exchange).order_by("pk").values_list("pk", flat=True))
    if keys:
        app.configure_task(SEND_REMOVAL).batch_defer(*({"report": pk, "member": key} for key in keys))
    return len(keys)


def send_removal(pk: int, member: int) -> bool:
    """Tell one of its people why; whether it was sent."""
    report = _report(pk)
    reader = None if report is None else people.told(report.exchange).filter(pk=member).first()
    if reader is None:
        return False
    send(reader.email, reader.language, lambda: _written_removal(report))
    return True


def _written_removal(report: ExchangeReport) -> Letter:
    exchange = report.exchange
    shown = {"title": one_line(exchange.title), "reason": report.note}
    subject = _("“%(title)s” was removed") % {"title": exchange.title}
    return Letter(subject, "initiatives/mail/exchange_removed.txt", shown, is_made_up=_is_made_up(exchange))
