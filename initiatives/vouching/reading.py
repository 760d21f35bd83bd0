"""What waits within a member's reach, what is their own, what neighbours said of it."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone

from community.members.belongings import addresses
from community.models import Member
from territories.enums import CollectiveStatus

from ..collectives.reading import TERRITORIES
from ..enums import Status, Verb
from ..models import Initiative, ReviewClaim, StatusChange, Submission, Vouch


def is_on() -> bool:
    """Whether neighbours validate here at all."""
    return settings.VOUCHES_NEEDED > 0


def near(member: Member) -> QuerySet[Initiative]:
    """In or below a territory in which a published collective of the member is rooted."""
    mine = member.collective_memberships.current().filter(collective__status=CollectiveStatus.PUBLISHED)
    roots = set(mine.values_list("collective__territory", flat=True))
    links = Initiative.territories.through.objects.filter(initiative=OuterRef("pk"), territory__in=roots)
    within = Q(Exists(links))
    for path in TERRITORIES:
        within |= Q(**{f"{path}__in": roots})
    return Initiative.objects.filter(within)


def own(member: Member) -> QuerySet[Initiative]:
    """That the member made or handed in, or that a collective of theirs carries."""
    made = StatusChange.objects.filter(initiative=OuterRef("pk"), verb__in=(Verb.CREATE, Verb.SUBMIT))
    handed_in = Submission.objects.annotate(address=Lower("email")).filter(initiative=OuterRef("pk"))
    carriers = member.collective_memberships.current().values("collective")
    return Initiative.objects.filter(
        Exists(made.filter(by=member))
        | Exists(handed_in.filter(address__in=addresses(member)))
        | Q(collective__in=carriers)
    )


def vouchable_by(member: Member) -> QuerySet[Initiative]:
    """That a member may vouch for; says the same as the rule `initiatives.vouch`."""
    if not (is_on() and member.is_authenticated and member.is_active):
        return Initiative.objects.none()
    return near(member).filter(status=Status.PENDING).exclude(pk__in=own(member).values("pk"))


def with_words(rows: QuerySet[Initiative], member: Member | None = None) -> QuerySet[Initiative]:
    """Adds since when they wait, how many vouch, whether somebody objects; of a member, what they said.

    A vouch counts for the version that was read, an objection until moderators have asked for changes.
    """
    vouches = Vouch.objects.standing().filter(initiative=OuterRef("pk")).order_by()
    number = vouches.values("initiative").annotate(number=Count("pk")).values("number")
    objections = Vouch.objects.objections().filter(initiative=OuterRef("pk"), at__gte=OuterRef("since"))
    rows = rows.with_since().annotate(vouched=Coalesce(Subquery(number), 0), is_objected=Exists(objections))
    if member is None:
        return rows
    return rows.annotate(
        has_vouched=Exists(vouches.filter(member=member)),
        has_objected=Exists(objections.filter(member=member)),
    )


def with_objections(rows: QuerySet[Initiative]) -> QuerySet[Initiative]:
    """Adds to rows with_since() how many `objections` leave each that waits to the moderators; none while it is off."""
    if not is_on():
        return rows.annotate(objections=Value(0))
    standing = Vouch.objects.objections().filter(initiative=OuterRef("pk"), at__gte=OuterRef("since"))
    number = standing.order_by().values("initiative").annotate(number=Count("pk")).values("number")
    waits = When(status=Status.PENDING, then=Coalesce(Subquery(number), 0))
    return rows.annotate(objections=Case(waits, default=0))


def left_behind(member: Member, vouchable: QuerySet[Initiative] | None = None) -> QuerySet[Initiative]:
    """That wait with an objection of a member who may vouch for them no more; `said` is why they objected."""
    vouchable = vouchable_by(member) if vouchable is None else vouchable
    if not is_on():
        return Initiative.objects.none()
    own_words = Vouch.objects.objections().filter(initiative=OuterRef("pk"), member=member)
    rows = with_words(Initiative.objects.filter(status=Status.PENDING), member).filter(has_objected=True)
    rows = rows.exclude(pk__in=vouchable.values("pk"))
    return rows.annotate(said=Subquery(own_words.values("reason")[:1])).order_by("since", "pk")


def due() -> QuerySet[Initiative]:
    """With enough vouches, without objection, waiting long enough, and in no reviewer's hands."""
    held = ReviewClaim.objects.current().filter(initiative=OuterRef("pk"))
    before = timezone.now() - timedelta(days=settings.VOUCH_DAYS)
    rows = with_words(Initiative.objects.filter(status=Status.PENDING)).filter(~Exists(held))
    return rows.filter(vouched__gte=settings.VOUCHES_NEEDED, is_objected=False, since__lte=before)


def for_reviewers(initiative: Initiative) -> dict:
    """What neighbours said of an initiative, with their names."""
    if not is_on():
        return {"words": [], "vouches_needed": 0}
    words = list(Vouch.objects.filter(initiative=initiative).select_related("member"))
    state = with_words(Initiative.objects.filter(pk=initiative.pk)).values("since", "vouched").get()
    for word in words:
        is_current = word.at >= state["since"] if word.is_objection else word.of == initiative.updated_at
        word.is_over = initiative.status == Status.PENDING and not is_current
    return {"words": words, "vouched": state["vouched"], "vouches_needed": settings.VOUCHES_NEEDED}
