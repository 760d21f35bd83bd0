"""For how long ended offers and needs, their pictures, conversations and reports are kept."""

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from ...models import Conversation, Exchange, ExchangePhoto, ExchangeReport

CONVERSATIONS_KEPT_FOR = timedelta(days=365)
PHOTOS_KEPT_FOR = timedelta(days=365)
REPORTS_KEPT_FOR = timedelta(days=365)
# Figures compare a year with the two before.
EXCHANGES_KEPT_FOR = timedelta(days=3 * 365)


def delete_photos(rows: QuerySet[ExchangePhoto]) -> int:
    """Delete pictures, and their files once that is sure; their number."""
    for photo in rows:
        transaction.on_commit(partial(photo.image.storage.delete, photo.image.name), robust=True)
    return rows.delete()[0]


def delete(rows: QuerySet[Exchange]) -> int:
    """Delete offers and needs with all that hangs on them; their number."""
    keys = list(rows.values_list("pk", flat=True))
    delete_photos(ExchangePhoto.objects.filter(exchange__in=keys))
    Exchange.objects.filter(pk__in=keys).delete()
    return len(keys)


def forget_conversations() -> int:
    """Delete what was written on what ended long ago; the number of conversations."""
    late = Conversation.objects.filter(exchange__ended_at__lt=timezone.now() - CONVERSATIONS_KEPT_FOR)
    keys = list(late.values_list("pk", flat=True))
    Conversation.objects.filter(pk__in=keys).delete()
    return len(keys)


def forget_photos() -> int:
    """Delete pictures of what ended long ago; their number."""
    late = timezone.now() - PHOTOS_KEPT_FOR
    return delete_photos(ExchangePhoto.objects.filter(exchange__ended_at__lt=late))


def forget_reports() -> int:
    """Delete reports that were closed long ago; their number."""
    late = ExchangeReport.objects.filter(closed_at__lt=timezone.now() - REPORTS_KEPT_FOR)
    return late.delete()[0]


def forget_ended() -> int:
    """Delete what ended years ago; their number."""
    return delete(Exchange.objects.filter(ended_at__lt=timezone.now() - EXCHANGES_KEPT_FOR))
