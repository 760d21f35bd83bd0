"""A suggestion, as a browser sends it."""

from django.urls import reverse

from initiatives.models import Initiative, Proposal
from initiatives.proposals import actions


def fields(client, initiative, **changes) -> dict:
    """What the form shows, with changes; a field set to None is missing."""
    form = client.get(address(initiative)).context["form"]
    given = {}
    for bound in form:
        value = bound.value()
        if value in (None, "", [], False):
            continue
        if isinstance(value, list):
            given[bound.name] = [str(one) for one in value]
        else:
            given[bound.name] = str(getattr(value, "pk", value))
    # A browser ends lines so.
    return {
        name: value.replace("\n", "\r\n") if isinstance(value, str) else value
        for name, value in {**given, **changes}.items()
        if value is not None
    }


def address(initiative) -> str:
    """Of the page on which a change is suggested."""
    return reverse("suggest_change", args=[initiative.slug])


def suggest(client, initiative, **changes):
    """Send it."""
    return client.post(address(initiative), fields(client, initiative, **changes))


def proposal(initiative: Initiative, values=None, **more) -> Proposal:
    """One that waits."""
    initiative.refresh_from_db()
    given = {"by": None, "message": "", "email": "", "language": "fr", "of": initiative.updated_at}
    return actions.propose(initiative, values=values or {}, **{**given, **more})


def stored(initiative: Initiative) -> Initiative:
    """As it is in the database."""
    return Initiative.objects.get(pk=initiative.pk)
