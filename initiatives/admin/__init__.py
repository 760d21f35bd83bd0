"""The administration's view of the room; what changes state calls the same actions as everyone."""

from .exchange import (
    ConversationAdmin,
    ConversationMessageAdmin,
    ExchangeAdmin,
    ExchangeMatchAdmin,
    ExchangePhotoAdmin,
    ExchangeReportAdmin,
)
from .exports import ExportAdmin
from .following import FollowAdmin
from .initiatives import InitiativeAdmin
from .lexicon import WordAdmin
from .links import LinkAdmin
from .matching import ExchangeKeyAdmin, ExchangeWordsAdmin
from .records import IdentityAdmin, NetworkAdmin
from .snapshots import SnapshotAdmin
from .viewing import PageViewsAdmin

__all__ = [
    "ConversationAdmin",
    "ConversationMessageAdmin",
    "ExchangeAdmin",
    "ExchangeKeyAdmin",
    "ExchangeMatchAdmin",
    "ExchangePhotoAdmin",
    "ExchangeReportAdmin",
    "ExchangeWordsAdmin",
    "ExportAdmin",
    "FollowAdmin",
    "IdentityAdmin",
    "InitiativeAdmin",
    "LinkAdmin",
    "NetworkAdmin",
    "PageViewsAdmin",
    "SnapshotAdmin",
    "WordAdmin",
]
