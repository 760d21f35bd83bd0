"""Closed lists of campaigns."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Phase(TextChoices):
    """What may be done in a campaign now; the worker goes from one to the next when its date has come."""

    DRAFT = "draft", pgettext_lazy("phase of a campaign", "in preparation")
    CALL = "call", pgettext_lazy("phase of a campaign", "call")
    SELECTION = "selection", pgettext_lazy("phase of a campaign", "selection")
    LIKES = "likes", pgettext_lazy("phase of a campaign", "likes")
    COUNTING = "counting", pgettext_lazy("phase of a campaign", "counting")
    RESULTS = "results", pgettext_lazy("phase of a campaign", "results")


# What the clock does: the phase after one, and the date that brings it. Results are published, not only reached.
STEPS = {
    Phase.DRAFT: (Phase.CALL, "call_from"),
    Phase.CALL: (Phase.SELECTION, "selection_from"),
    Phase.SELECTION: (Phase.LIKES, "likes_from"),
    Phase.LIKES: (Phase.COUNTING, "likes_until"),
}


class Totals(TextChoices):
    """What is told of likes before they close."""

    SEALED = "sealed", pgettext_lazy("running totals", "sealed until the results")
    OPEN = "open", pgettext_lazy("running totals", "open to everyone")


class TieRule(TextChoices):
    """Which of several with equally many likes goes first; chosen before likes open."""

    ALL = "all", _("All of them are laureates")
    ACCEPTED = "accepted", _("The one that accepted its nomination first")
    LOT = "lot", _("By lot, drawn from the seal of the log, so that anyone can draw again")


class NominationState(TextChoices):
    """Where a nomination stands."""

    PROPOSED = "proposed", pgettext_lazy("state of a nomination", "waits for its people")
    ACCEPTED = "accepted", pgettext_lazy("state of a nomination", "accepted")
    DECLINED = "declined", pgettext_lazy("state of a nomination", "declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a nomination", "withdrawn")
    SELECTED = "selected", pgettext_lazy("state of a nomination", "selected")
    LAUREATE = "laureate", pgettext_lazy("state of a nomination", "laureate")


# What everyone sees of a campaign's nominations once the selection is published.
CHOSEN = (NominationState.SELECTED, NominationState.LAUREATE)


# The states that everyone sees, by the stored phase: what the jury chose is not told before likes open.
_CALLED = (NominationState.ACCEPTED, NominationState.SELECTED)
SHOWN = {
    Phase.CALL: _CALLED,
    Phase.SELECTION: _CALLED,
    Phase.LIKES: CHOSEN,
    Phase.COUNTING: CHOSEN,
    Phase.RESULTS: CHOSEN,
}


class Standing(TextChoices):
    """What everyone is told of an initiative in a campaign, whatever the state of its nomination."""

    CANDIDATE = "candidate", pgettext_lazy("standing in a campaign", "candidate")
    SELECTED = "selected", pgettext_lazy("standing in a campaign", "selected")
    LAUREATE = "laureate", pgettext_lazy("standing in a campaign", "laureate")


class Act(TextChoices):
    """What a line of the log says."""

    LIKE = "like", pgettext_lazy("line of a log", "liked")
    UNLIKE = "unlike", pgettext_lazy("line of a log", "taken back")
    VOID = "void", pgettext_lazy("line of a log", "declared void")


class FlagKind(TextChoices):
    """Why likes are looked at by people."""

    BURST = "burst", _("Many likes within minutes")
    NETWORK = "network", _("Many ballots from one network")
    DISPOSABLE = "disposable", _("Addresses of a throw-away service")


class FlagState(TextChoices):
    """What became of a flag; two people decide alike, or the administration of the campaign does."""

    OPEN = "open", pgettext_lazy("state of a flag", "open")
    KEPT = "kept", pgettext_lazy("state of a flag", "likes kept")
    VOIDED = "voided", pgettext_lazy("state of a flag", "likes declared void")
