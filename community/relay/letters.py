"""The mail that carries a message from one member to another; afterwards its text is nowhere here."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from ..letters.sending import Letter, one_line, send
from . import links
from .models import Block, RelayedMessage

TASK = "relay_message"


def announce(message: RelayedMessage) -> None:
    """Have it sent: in its transaction, so that the task is there if and only if the message is."""
    app.configure_task(TASK).defer(message=message.pk)


def tell(pk: int) -> bool:
    """Send a message, once; whether it was sent. One of the two may be gone by now, or want no word of the other."""
    with transaction.atomic():
        rows = RelayedMessage.objects.select_for_update(of=("self",)).select_related("sender", "receiver")
        message = rows.filter(pk=pk, done_at=None).first()
        if message is None:
            return False
        text = message.text
        message.text, message.done_at = "", timezone.now()
        message.save(update_fields=["text", "done_at"])
        if not _arrives(message):
            return False
        # Before the commit: what could not be sent keeps its text, and is tried again.
        _send(message, text)
    return True


def _arrives(message: RelayedMessage) -> bool:
    if not (message.sender.is_active and message.receiver.is_active):
        return False
    return not Block.objects.filter(by=message.receiver, blocked=message.sender).exists()


def _send(message: RelayedMessage, text: str) -> None:
    sender, receiver = message.sender, message.receiver

    def letter() -> Letter:
        name = one_line(sender.public_name)
        shown = {
            "name": name,
            "is_reply": message.is_reply,
            # Marked line by line, so that nobody writes as if they were the site.
            "lines": [f"> {line}".rstrip() for line in text.splitlines()],
            "shares_address": message.shares_address,
            "reply": links.address_of(message),
            "page": settings.SITE_URL + sender.get_absolute_url(),
        }
        subject = _("%(name)s answers you") if message.is_reply else _("%(name)s writes to you")
        reply_to = sender.email if message.shares_address else ""
        return Letter(subject % {"name": name}, "community/mails/relayed.txt", shown, reply_to=reply_to)

    send(receiver.email, receiver.language, letter)
