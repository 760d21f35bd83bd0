"""Reports, as browsers send them."""

from django.urls import reverse

from initiatives.models import Initiative, Report
from initiatives.reports import actions

LIST = "/en/moderation/reports/"


def address(initiative) -> str:
    """Of the page on which an initiative is reported."""
    return reverse("report", args=[initiative.slug])


def send(client, initiative, kind="gone", **more):
    """Send the form."""
    return client.post(address(initiative), {"kind": kind, **more})


def reported(initiative: Initiative, kind="gone", **more) -> Report:
    """One that waits."""
    given = {"by": None, "message": "Seen from the street", "email": "", "language": "en", **more}
    return actions.report(initiative, kind=kind, **given)


def settle(client, one, decision, **more):
    """Send the form of the page of one."""
    return client.post(f"{LIST}{one.pk}/settle/", {"decision": decision, **more})
