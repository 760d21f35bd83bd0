"""What tests of campaigns share: one in any phase, nominations in any state, the mails that the worker would send."""

from datetime import datetime, timedelta

from django.core import mail
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from campaigns.enums import NominationState, Phase
from campaigns.jury import letters as jury
from campaigns.models import Campaign, Nomination
from campaigns.models.campaign import DATES
from campaigns.nominating import letters as nominating
from community.groups.enums import GroupKind
from initiatives.models import Initiative
from tests.factories import GroupFactory, InitiativeFactory
from vocabulary.models import Theme

ROOTS = ("food-agriculture", "housing-living")
# How many days before and after now each date lies, in each phase.
BEGUN = {
    Phase.DRAFT: 1,
    Phase.CALL: -5,
    Phase.SELECTION: -15,
    Phase.LIKES: -25,
    Phase.COUNTING: -35,
    Phase.RESULTS: -45,
}


def dates_from(first: datetime, days: int = 10) -> dict[str, datetime]:
    """The dates of a campaign, so many days after each other."""
    return {name: first + timedelta(days=days * place) for place, name in enumerate(DATES)}


def campaign_in(phase: str, *, floor: int = 1, ceiling: int = 3, **fields) -> Campaign:
    """A campaign in a phase, past the actions, with all ten themes and its group."""
    first = timezone.now().replace(microsecond=0) + timedelta(days=BEGUN[phase])
    kind = GroupKind.PRIVATE if phase == Phase.DRAFT else GroupKind.OPEN
    values = {
        "slug": f"campaign-{Campaign.objects.count() + 1}",
        "titles": {"en": "States General 2027"},
        "stories": {"en": "Ten themes, twenty initiatives.\n\nMore of it."},
        "rules": {"en": "The most liked of each theme."},
        "group": GroupFactory(kind=kind),
        "phase": phase,
        **dates_from(first),
        **fields,
    }
    made = Campaign.objects.create(**values)
    for order, theme in enumerate(Theme.objects.roots()):
        made.themes.create(theme=theme, floor=floor, ceiling=ceiling, order=order)
    return made


def nominated(
    campaign: Campaign,
    initiative: Initiative | None = None,
    state: str = NominationState.ACCEPTED,
    theme: Theme | None = None,
    **fields,
) -> Nomination:
    """An initiative in a campaign, past the actions."""
    initiative = initiative or InitiativeFactory(published=True)
    row = campaign.themes.get(theme=theme or initiative.root_theme)
    values = {"pitch": "It bakes for all of the quarter.", "language": "en", **fields}
    return Nomination.objects.create(
        campaign=campaign, initiative=initiative, theme=row, state=state, **values
    )


def sent() -> list:
    """The mails that wait for the worker, sent."""
    kinds = {
        nominating.TASK: nominating.send_one,
        nominating.CHANGE: nominating.send_change,
        jury.TASK: jury.send_one,
    }
    for job in ProcrastinateJob.objects.filter(task_name__in=kinds).order_by("id"):
        kinds[job.task_name](**job.args)
    messages = list(mail.outbox)
    mail.outbox.clear()
    return messages
