"""One row of everything that waits for somebody, and the pages that show it."""

from community.collectives import actions as collectives
from community.collectives import links as collective_links
from community.collectives.claims import actions as claims
from community.letters import boxes
from community.letters import links as letter_links
from community.letters.enums import Kind
from community.members.enums import CollectiveRole, Role
from community.models import CollectiveMembership, Invitation, Member
from initiatives import actions
from initiatives.merging import actions as merging
from initiatives.models import Initiative, Submission
from initiatives.proposals import links as proposal_links
from initiatives.submitting import links as submission_links
from territories.models import Collective
from tests.factories import CollectiveFactory, InitiativeFactory, MemberFactory
from tests.initiatives.merging import dressed, twin
from tests.initiatives.proposing import proposal
from tests.initiatives.reporting import reported

# No place to break a line: whatever cannot wrap shows.
LONG = "Zusammenfahrgelegenheitsgenossenschaft Oberrhein"
SLUG = "le-fournil-des-deux-rives"
OWN = "tables-du-rhone"


def busy_member() -> Member:
    """Who may see all of it: a moderator who runs the collective of the fixture `europe`."""
    maud = MemberFactory(public_name="Maud", roles=[Role.MODERATOR], public_name_seen_by="everyone")
    CollectiveMembership.objects.create(
        member=maud, collective=Collective.objects.get(slug=OWN), role=CollectiveRole.FACILITATOR
    )
    return maud


def _initiatives(maud: Member) -> list[str]:
    bakery = dressed(Initiative.objects.get(slug=SLUG))
    own = Collective.objects.get(slug=OWN)
    other = twin(name=f"Fournil {LONG}", collective=own, position=bakery.position)
    gone = twin(name="Four des Deux Rives", position=bakery.position)
    merge = merging.merge(gone, into=Initiative.objects.get(slug="radio-passerelle"), by=maud)
    waits = InitiativeFactory(name=LONG, collective=own)
    actions.submit(waits, by=None, reason="Merci de relire.")
    proposed = proposal(bakery, {"summary": "Pain bio", "founded": 2009}, message="Since spring.")
    report = reported(bakery, "duplicate", other=other, message="The same people.")
    reported(bakery, "abuse", message="It sells watches.")
    return [
        "/moderation/",
        "/moderation/?status=rejected",
        f"/moderation/{waits.uuid}/",
        "/moderation/proposals/",
        f"/moderation/proposals/{proposed.pk}/",
        "/moderation/reports/",
        f"/moderation/reports/{report.pk}/",
        f"/moderation/{other.uuid}/",
        f"/moderation/{other.uuid}/merge/{bakery.uuid}/",
        f"/moderation/merges/{merge.pk}/undo/",
        f"/initiatives/{SLUG}/suggest/",
    ]


def _collectives(maud: Member) -> list[str]:
    own = Collective.objects.get(slug=OWN)
    zoe = MemberFactory(public_name="Zoé")
    CollectiveMembership.objects.create(member=MemberFactory(public_name=LONG), collective=own)
    collectives.invite(
        own, by=maud, email=f"{LONG.split()[0].lower()}@demo.example", role="member", language="fr"
    )
    claim = claims.by_request(own, by=zoe, message="I cook there on Fridays.")
    values = {"name": "Les Neuves", "purposes": {"fr": "Ensemble"}, "territory": own.territory, "website": ""}
    collectives.found(by=zoe, values=values)
    free = CollectiveFactory(name=LONG, territory=own.territory, website="https://oberrhein.example/")
    return [
        "/moderation/collectives/",
        "/collectives/new/",
        "/accounts/collectives/",
        f"/collectives/{free.slug}/claim/",
        *(f"/collectives/{OWN}/{page}/" for page in ("claim", "people", "edit", "leave", "dashboard")),
        f"/collectives/{OWN}/dashboard/?name=nothing",
        f"/collectives/{OWN}/claims/{claim.pk}/",
        f"/collectives/{OWN}/",
        f"/collectives/{free.slug}/",
    ]


def pages_of(maud: Member) -> list[str]:
    """Pages that ask to sign in, below the language."""
    return [*_initiatives(maud), *_collectives(maud)]


def open_pages() -> list[str]:
    """Pages for everyone and pages behind a link of a mail, once `pages_of` has made what they show."""
    handed_in = InitiativeFactory(name="Café des Réparations")
    sent = Submission.objects.create(initiative=handed_in, email="someone@demo.example", language="fr")
    waiting = proposal(Initiative.objects.get(slug=SLUG), {"summary": "Brioches"}, email="nadia@demo.example")
    silent, asked = (boxes.fingerprints(f"{name}@demo.example")[0] for name in ("silent", "nadia"))
    boxes.silence(silent)
    return [
        "/initiatives/submit/",
        f"/initiatives/status/{submission_links.waiting_token_of(sent)}/",
        f"/initiatives/status/{submission_links.token_of(sent)}/",
        f"/initiatives/answers/{proposal_links.token_of(waiting)}/",
        f"/letters/{letter_links.token_of(silent, Kind.YEARLY)}/",
        f"/letters/{letter_links.token_of(asked, Kind.YEARLY)}/",
        f"/initiatives/{SLUG}/",
        f"/initiatives/{SLUG}/report/",
        f"/initiatives/{SLUG}/suggest/",
        f"/initiatives/{SLUG}/history/",
        f"/collectives/{OWN}/",
        f"/embed/?collective={OWN}",
        f"/invitations/{collective_links.invitation_token(Invitation.objects.get())}/",
    ]
