"""What initiatives keep for a time: rows of the table by which a night deletes and the legal page explains."""

from django.utils.translation import gettext_lazy as _

from community.kept import Kept

from .exchange.talking import keeping as exchange
from .reports import actions as reports
from .submitting import actions as submitting
from .telling import forgetting
from .viewing import counting

KEPT = (
    Kept(
        "unconfirmed_initiatives",
        _("Initiatives that were sent in with an address which nobody confirmed"),
        _("one week"),
        _("So long the link of the mail works."),
        submitting.forget_unconfirmed,
        in_parts=True,
    ),
    Kept(
        "addresses",
        _("Addresses of those who sent in an initiative or suggested a change without an account"),
        _("a month after the last answer; three years for what is on the map"),
        _("So that we can answer, and ask once a year whether all is still right."),
        forgetting.forget,
    ),
    Kept(
        "report_addresses",
        _("Addresses that were left with a report"),
        _("90 days after the answer"),
        _("Somebody may still ask back."),
        reports.forget_addresses,
    ),
    Kept(
        "views",
        _("How often pages were seen, by day: numbers alone"),
        _("two years"),
        _("So that a year can be compared with the one before."),
        counting.forget,
    ),
    Kept(
        "exchange_conversations",
        _("What people wrote to each other on an offer or need"),
        _("one year after it ended"),
        _("So long both sides may look up what they agreed on."),
        exchange.forget_conversations,
    ),
    Kept(
        "exchange_photos",
        _("Pictures of offers and needs"),
        _("one year after it ended"),
        _("So long somebody may renew what expired."),
        exchange.forget_photos,
    ),
    Kept(
        "exchange_reports",
        _("Reports on offers and needs that are closed"),
        _("one year"),
        _("So that moderators know what was decided when it happens again."),
        exchange.forget_reports,
    ),
    Kept(
        "ended_exchanges",
        _("Offers and needs that have ended"),
        _("three years"),
        _("So that figures of a year can be compared with those before."),
        exchange.forget_ended,
    ),
)
