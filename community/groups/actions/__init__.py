"""What is done with a group and its people: a verb is a function that checks the right, in one transaction."""

from .asking import accept_request, ask, refuse_request, withdraw_request
from .founding import archive, create, reopen, revise
from .inviting import accept, forget_expired, invite, invite_again, revoke
from .people import change_role, hand_over, join, leave, remove, set_frequency
from .shared import ClosedError

__all__ = [
    "ClosedError",
    "accept",
    "accept_request",
    "archive",
    "ask",
    "change_role",
    "create",
    "forget_expired",
    "hand_over",
    "invite",
    "invite_again",
    "join",
    "leave",
    "refuse_request",
    "remove",
    "reopen",
    "revise",
    "revoke",
    "set_frequency",
    "withdraw_request",
]
