"""Models of the room, gathered for Django."""

from .answering import Conversation, ConversationMessage, ExchangeMatch, ExchangeReport
from .exchange import Exchange, ExchangePhoto
from .export import Export
from .follow import Follow
from .grouping import InitiativeGroup
from .identity import Identity
from .initiative import Initiative
from .lexicon import Word
from .link import Link
from .matching import ExchangeKey, ExchangeWords
from .merge import DistinctPair, Merge
from .network import Network, NetworkMembership
from .parts import Contact, InitiativeTerritory, InitiativeTheme, Photo, Translation
from .proposal import Proposal
from .report import Report
from .review import ReviewClaim, ReviewScope
from .snapshot import Snapshot
from .submission import Submission
from .trail import OldSlug, StatusChange
from .upkeep import Aged, SiteCheck, UpkeepRequest
from .viewing import PageHit, PageViews
from .vouch import Vouch

__all__ = [
    "Aged",
    "Contact",
    "Conversation",
    "ConversationMessage",
    "DistinctPair",
    "Exchange",
    "ExchangeKey",
    "ExchangeMatch",
    "ExchangePhoto",
    "ExchangeReport",
    "ExchangeWords",
    "Export",
    "Follow",
    "Identity",
    "Initiative",
    "InitiativeGroup",
    "InitiativeTerritory",
    "InitiativeTheme",
    "Link",
    "Merge",
    "Network",
    "NetworkMembership",
    "OldSlug",
    "PageHit",
    "PageViews",
    "Photo",
    "Proposal",
    "Report",
    "ReviewClaim",
    "ReviewScope",
    "SiteCheck",
    "Snapshot",
    "StatusChange",
    "Submission",
    "Translation",
    "UpkeepRequest",
    "Vouch",
    "Word",
]
