"""Whether an initiative may stand in a campaign: asked before it is chosen, and once more when it is put forward."""

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from community.models import Member
from initiatives.enums import Status
from initiatives.models import Initiative
from initiatives.vouching.reading import own
from vocabulary.models import Theme

from ..enums import NominationState
from ..models import Campaign, CampaignTheme, Nomination

# Handed in, and not decided on: by who nominates it, as nobody else knows of it.
ON_THE_WAY = (Status.PENDING, Status.CHANGES_ASKED)


def known_to(member: Member) -> QuerySet[Initiative]:
    """That a member may put forward: what everyone sees, and what is their own and on the way."""
    mine = own(member).filter(status__in=ON_THE_WAY)
    return Initiative.objects.filter(Q(status=Status.PUBLISHED) | Q(pk__in=mine.values("pk")))


def within(campaign: Campaign, rows: QuerySet[Initiative]) -> QuerySet[Initiative]:
    """Those that lie in its territory."""
    return rows.in_territories([campaign.territory_id]) if campaign.territory_id else rows


def with_standing(campaign: Campaign, rows: QuerySet[Initiative]) -> QuerySet[Initiative]:
    """Each with whether it stands in the campaign already."""
    there = Nomination.objects.filter(campaign=campaign, initiative=OuterRef("pk"))
    return rows.annotate(is_nominated=Exists(there.exclude(state=NominationState.WITHDRAWN)))


def preset(campaign: Campaign, initiative: Initiative) -> CampaignTheme | None:
    """The theme of the campaign that the initiative's main theme belongs to."""
    root: Theme | None = initiative.root_theme
    return campaign.themes.filter(theme=root).first() if root else None


def check(campaign: Campaign, initiative: Initiative, theme: CampaignTheme, by: Member | None) -> None:
    """Refuse what may not stand there. ValidationError by field."""
    told = {}
    known = Initiative.objects.filter(pk=initiative.pk)
    seen = known.filter(status__in=(Status.PUBLISHED, *ON_THE_WAY)) if by is None else known_to(by) & known
    if not seen.exists():
        told["initiative"] = _("This initiative is not published.")
    elif not within(campaign, known).exists():
        told["initiative"] = _(
            "It does not lie in %(territory)s, where this campaign looks for initiatives."
        ) % {"territory": campaign.territory.name}
    if theme.campaign_id != campaign.pk:
        told["theme"] = _("Choose one of the themes of the campaign.")
    if told:
        raise ValidationError(told)
