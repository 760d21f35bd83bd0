"""What its people answer when they are asked whether an initiative is still right."""

from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import actions
from ..enums import Answer, Verb
from ..models import Initiative, UpkeepRequest
from . import links

LONGEST_NOTE = UpkeepRequest._meta.get_field("note").max_length


class State(StrEnum):
    """Where a question stands."""

    OPEN = "open"
    ANSWERED = "answered"
    EXPIRED = "expired"
    UNPUBLISHED = "unpublished"
    NOT_THEIRS = "not_theirs"


class ClosedError(Exception):
    """The question cannot be answered, or not any more."""

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.state = state


def state_of(asked: UpkeepRequest) -> State:
    """Whether it can still be answered: a change that was told may be followed by another answer."""
    if asked.answer in (Answer.RIGHT, Answer.ENDED):
        return State.ANSWERED
    if links.has_expired(asked):
        return State.EXPIRED
    if not asked.initiative.is_published:
        return State.UNPUBLISHED
    if asked.member and not asked.member.has_perm(f"initiatives.{Verb.CONFIRM}", asked.initiative):
        return State.NOT_THEIRS
    return State.OPEN


@transaction.atomic
def answer(asked: UpkeepRequest, *, answer: Answer, note: str = "") -> UpkeepRequest:
    """Take an answer: right confirms, ended closes, changed needs a note that reviewers read.

    Whoever proved by the link that a submission's address is theirs answers without an account, as the site itself.
    """
    # The initiative first, as its actions lock it: two answers must not wait for each other.
    initiative = Initiative.objects.held().get(pk=asked.initiative_id)
    locked = UpkeepRequest.objects.select_for_update(of=("self",)).select_related("submission", "member")
    asked = locked.filter(pk=asked.pk).first()
    if asked is None:
        raise ClosedError(State.NOT_THEIRS)
    asked.initiative = initiative
    if (state := state_of(asked)) != State.OPEN:
        raise ClosedError(state)
    note = note.strip()
    if answer == Answer.CHANGED:
        if not note:
            raise ValidationError({"note": _("Say what has changed.")})
        if len(note) > LONGEST_NOTE:
            raise ValidationError(
                {"note": _("At most %(count)s characters, please.") % {"count": LONGEST_NOTE}}
            )
        asked.note = note
    elif answer == Answer.RIGHT:
        asked.initiative = actions.confirm(initiative, by=asked.member)
    else:
        asked.initiative = actions.close(initiative, by=asked.member)
    asked.answer, asked.answered_at = answer, timezone.now()
    asked.save(update_fields=["answer", "answered_at", "note"])
    return asked
