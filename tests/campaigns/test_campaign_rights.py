"""Who may do what in a campaign: every role, every verb, every phase, through the pages."""

import pytest
from django.db import transaction

from campaigns.enums import NominationState, Phase
from campaigns.models import Juror, JuryNote
from community.members.enums import Role
from tests.factories import CollectiveFactory, InitiativeFactory, MemberFactory
from tests.initiatives.pages import address

from .making import campaign_in, nominated

pytestmark = pytest.mark.django_db
ROLES = ["nobody", "other", "nominator", "people", "juror", "moderator", "manager", "staff", "admin"]
RUNNING = {"manager", "staff", "admin"}
SIGNED_IN = set(ROLES) - {"nobody"}
PUBLIC = set(Phase) - {Phase.DRAFT}
ANSWERED = {Phase.CALL, Phase.SELECTION}
STANDING = {*ANSWERED, Phase.LIKES}
STATES = NominationState
# A verb: its route, which nomination it names, what is sent; reading sends nothing.
VERBS = {
    "read": ("campaign", None, None),
    "read the rule": ("campaigns:rule", None, None),
    "read what waits": ("campaigns:nominee", STATES.PROPOSED, None),
    "read the jury": ("campaigns:jury", None, None),
    "read the nominations": ("campaigns:nominations", None, None),
    "read the form": ("campaigns:edit", None, None),
    "nominate": ("campaigns:nominate", None, {"pitch": "New", "language": "en"}),
    "say it in other words": ("campaigns:revise", STATES.ACCEPTED, {"pitch": "New", "language": "en"}),
    "say it before the answer": ("campaigns:revise", STATES.PROPOSED, {"pitch": "New", "language": "en"}),
    "accept": ("campaigns:answer", STATES.PROPOSED, {"accept": "1"}),
    "withdraw": ("campaigns:withdraw", STATES.ACCEPTED, {}),
    "judge": ("campaigns:judge", STATES.ACCEPTED, {"mark": "4"}),
    "declare a conflict": ("campaigns:conflict", STATES.ACCEPTED, {"reason": "Mine."}),
    "select": ("campaigns:select", STATES.ACCEPTED, {}),
    "announce": ("campaigns:announce", None, {}),
    "begin again": ("campaigns:again", None, {}),
    "take into the jury": ("campaigns:jurors", None, {"who": "Zoe Zest"}),
}


def allowed(verb: str, phase: str) -> set[str]:
    """Who may, so that something changes, or is read."""
    seen = phase in PUBLIC
    inside = RUNNING | ({"juror"} if seen else set())
    return {
        "read": set(ROLES) if seen else RUNNING,
        "read the rule": set(ROLES) if seen else RUNNING,
        "read what waits": inside | ({"nominator", "people"} if seen else set()),
        "read the jury": RUNNING | {"juror"},
        "read the nominations": RUNNING,
        "read the form": RUNNING,
        "nominate": SIGNED_IN if phase == Phase.CALL else set(),
        "say it in other words": {"nominator", "people"} if phase == Phase.CALL else set(),
        "say it before the answer": {"nominator"} if phase == Phase.CALL else set(),
        "accept": {"people"} if phase in ANSWERED else set(),
        "withdraw": _may_withdraw(phase),
        "judge": {"juror"} if phase == Phase.SELECTION else set(),
        "declare a conflict": {"juror"} if phase == Phase.SELECTION else set(),
        "select": RUNNING if phase == Phase.SELECTION else set(),
        "announce": RUNNING if phase == Phase.DRAFT else set(),
        "begin again": RUNNING,
        "take into the jury": RUNNING if phase in {Phase.DRAFT, *ANSWERED} else set(),
    }[verb]


def _may_withdraw(phase: str) -> set[str]:
    if phase not in STANDING:
        return set()
    return RUNNING | {"people"} | ({"nominator"} if phase == Phase.CALL else set())


@pytest.fixture
def people(db) -> dict:
    """One of each role; `people` run the collective that carries what is nominated."""
    roles = {"moderator": [Role.MODERATOR], "manager": [Role.ANIMATOR]}
    named = [name for name in ROLES if name not in ("nobody", "admin", "staff")]
    found = {name: MemberFactory(roles=roles.get(name, [])) for name in named}
    found["staff"] = MemberFactory(is_staff=True)
    found["admin"] = MemberFactory(is_staff=True, is_superuser=True)
    MemberFactory(public_name="Zoe Zest")
    return found


def standing(campaign) -> list:
    """What a verb may change."""
    campaign.refresh_from_db()
    return [
        campaign.phase,
        list(campaign.nominations.order_by("pk").values_list("pk", "state", "pitch")),
        campaign.jurors.count(),
        JuryNote.objects.count(),
        list(campaign.following.values_list("pk", flat=True)),
        [juror.conflicts.count() for juror in campaign.jurors.all()],
    ]


def does(client, campaign, verb: str, new) -> bool:
    """Whether a verb reads or changes something; it is as before afterwards."""
    route, state, sent = VERBS[verb]
    args = [campaign.slug]
    if state is not None:
        args.append(campaign.nominations.get(state=state).pk)
    path = address(route, *args)
    if sent is None:
        return client.get(path).status_code == 200
    if verb == "nominate":
        sent = {**sent, "theme": campaign.themes.get(theme=new.root_theme).pk}
        path += f"?initiative={new.uuid}"
    before = standing(campaign)
    with transaction.atomic():
        answer = client.post(path, sent)
        assert answer.status_code < 500
        changed = standing(campaign) != before
        transaction.set_rollback(True)
    return changed


@pytest.mark.parametrize("role", ROLES)
def test_each_role_does_what_it_may_and_nothing_else(client, people, role):
    collective = CollectiveFactory()
    collective.memberships.create(member=people["people"], role="facilitator")
    held = [InitiativeFactory(published=True, collective=collective) for _state in range(2)]
    new = InitiativeFactory(published=True)
    if role != "nobody":
        client.force_login(people[role])
    for phase in Phase:
        campaign = campaign_in(phase)
        Juror.objects.create(campaign=campaign, member=people["juror"])
        for initiative, state in zip(held, (STATES.PROPOSED, STATES.ACCEPTED)):
            nominated(campaign, initiative, state, by=people["nominator"])
        done = {verb for verb in VERBS if does(client, campaign, verb, new)}
        assert done == {verb for verb in VERBS if role in allowed(verb, phase)}, phase
