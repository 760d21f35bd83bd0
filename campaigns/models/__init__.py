"""Models of the room, gathered for Django."""

from .campaign import Campaign, CampaignChange, CampaignTheme
from .code import BallotCode
from .jury import Conflict, Juror, JuryNote
from .likes import Ballot, Like, LikeFlag, LikeLine
from .nomination import Nomination
from .visits import CampaignVisit

__all__ = [
    "Ballot",
    "BallotCode",
    "Campaign",
    "CampaignChange",
    "CampaignTheme",
    "CampaignVisit",
    "Conflict",
    "Juror",
    "JuryNote",
    "Like",
    "LikeFlag",
    "LikeLine",
    "Nomination",
]
