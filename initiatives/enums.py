"""Closed lists of initiatives."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.letters import periods

# Of people too; here it is said of the contacts of an initiative.
from community.members.enums import Visibility as Visibility

# Made-up content carries this tag, so that pages and exports can say so.
DEMO_TAG = "demo"


class Status(TextChoices):
    """Where an initiative stands in the workflow."""

    DRAFT = "draft", pgettext_lazy("status of an initiative", "draft")
    PENDING = "pending", pgettext_lazy("status of an initiative", "awaiting review")
    CHANGES_ASKED = "changes_asked", pgettext_lazy("status of an initiative", "changes asked")
    PUBLISHED = "published", pgettext_lazy("status of an initiative", "published")
    REJECTED = "rejected", pgettext_lazy("status of an initiative", "not accepted")
    ARCHIVED = "archived", pgettext_lazy("status of an initiative", "archived")
    CLOSED = "closed", pgettext_lazy("status of an initiative", "ended")


class ProposalState(TextChoices):
    """What became of a proposed change."""

    OPEN = "open", pgettext_lazy("state of a proposal", "open")
    ACCEPTED = "accepted", pgettext_lazy("state of a proposal", "accepted")
    REFUSED = "refused", pgettext_lazy("state of a proposal", "refused")


class ReportKind(TextChoices):
    """What a reader says of an initiative."""

    GONE = "gone", _("It has ended")
    MOVED = "moved", _("It has moved")
    WRONG = "wrong", _("Something is wrong")
    DUPLICATE = "duplicate", _("It is on the map twice")
    ABUSE = "abuse", _("It is abuse")


class ReportState(TextChoices):
    """What became of a report."""

    OPEN = "open", pgettext_lazy("state of a report", "open")
    DONE = "done", pgettext_lazy("state of a report", "done")
    NOTHING = "nothing", pgettext_lazy("state of a report", "nothing to do")


class VouchKind(TextChoices):
    """What a neighbour says of an initiative that waits."""

    VOUCH = "vouch", pgettext_lazy("word of a neighbour", "vouches for it")
    OBJECTION = "objection", pgettext_lazy("word of a neighbour", "objects")


class ExchangeStatus(TextChoices):
    """Where an offer or need stands."""

    OPEN = "open", pgettext_lazy("status of an offer or need", "open")
    SETTLED = "settled", pgettext_lazy("status of an offer or need", "settled")
    EXPIRED = "expired", pgettext_lazy("status of an offer or need", "expired")
    WITHDRAWN = "withdrawn", pgettext_lazy("status of an offer or need", "withdrawn")
    REMOVED = "removed", pgettext_lazy("status of an offer or need", "removed by a moderator")


class Precision(TextChoices):
    """How finely the position may be shown."""

    EXACT = "exact", pgettext_lazy("precision of a position", "exact")
    STREET = "street", pgettext_lazy("precision of a position", "to the street")
    LOCALITY = "locality", pgettext_lazy("precision of a position", "to the town")
    REGION = "region", pgettext_lazy("precision of a position", "to the region")


class Reach(TextChoices):
    """How far an initiative acts."""

    LOCAL = "local", _("local")
    REGIONAL = "regional", _("regional")
    NATIONAL = "national", _("national")
    INTERNATIONAL = "international", _("international")


class ContactKind(TextChoices):
    """Ways to reach an initiative."""

    EMAIL = "email", _("e-mail")
    PHONE = "phone", _("telephone")


class Verb(TextChoices):
    """What can be done to an initiative; the table in workflow.py says from where to where."""

    CREATE = "create", _("create")
    SUBMIT = "submit", _("send for review")
    PUBLISH = "publish", _("publish")
    ASK_CHANGES = "ask_changes", _("ask for changes")
    REJECT = "reject", _("do not accept")
    ARCHIVE = "archive", _("archive")
    RESTORE = "restore", _("restore")
    CLOSE = "close", _("record as ended")
    CONFIRM = "confirm", _("confirm as up to date")
    REVISE = "revise", _("edit")
    IMPORT = "import", _("import")
    MERGE = "merge", _("merge into another")
    SPLIT = "split", _("undo the merge")


# Steps that whoever handed it in is told.
TELLING = (
    Verb.SUBMIT,
    Verb.PUBLISH,
    Verb.ASK_CHANGES,
    Verb.REJECT,
    Verb.ARCHIVE,
    Verb.RESTORE,
    Verb.CLOSE,
    Verb.MERGE,
    Verb.SPLIT,
)


class Answer(TextChoices):
    """What its people say when they are asked whether all is still right."""

    RIGHT = "right", _("all is right")
    CHANGED = "changed", _("something has changed")
    ENDED = "ended", _("it has ended")


class ViewKind(TextChoices):
    """Of what the views of a day are."""

    INITIATIVE = "initiative", pgettext_lazy("views", "page of an initiative")
    COLLECTIVE = "collective", pgettext_lazy("views", "page of a collective")
    # Summed up while counting: a collective may carry thousands.
    CARRIED = "carried", pgettext_lazy("views", "pages of the initiatives of a collective")


class ExportStatus(TextChoices):
    """How far a file of a selection is."""

    WAITING = "waiting", pgettext_lazy("file", "waiting")
    RUNNING = "running", pgettext_lazy("file", "being made")
    DONE = "done", pgettext_lazy("file", "ready")
    FAILED = "failed", pgettext_lazy("file", "failed")


class HowOften(TextChoices):
    """How often somebody hears of what they follow."""

    DAILY = periods.DAILY, _("once a day")
    WEEKLY = periods.WEEKLY, _("once a week")


class LinkKind(TextChoices):
    """What the first end of a link has to do with the second."""

    MEMBER_OF = "member_of", pgettext_lazy("kind of a link", "member of")
    PART_OF = "part_of", pgettext_lazy("kind of a link", "part of")
    PARTNER = "partner", pgettext_lazy("kind of a link", "partner of")
    SUPPLIES = "supplies", pgettext_lazy("kind of a link", "supplies")
    SUPPORTS = "supports", pgettext_lazy("kind of a link", "supports")
    SHARES_PLACE = "shares_place", pgettext_lazy("kind of a link", "shares a place with")
    OTHER = "other", pgettext_lazy("kind of a link", "is in touch with")

    @property
    def backwards(self) -> str:
        """The same in the words of the second end."""
        return str(BACKWARDS.get(self, self.label))

    @classmethod
    def mutual(cls) -> frozenset["LinkKind"]:
        """Kinds that read the same from both ends."""
        return frozenset(kind for kind in cls if kind not in BACKWARDS)


BACKWARDS = {
    LinkKind.MEMBER_OF: pgettext_lazy("kind of a link", "has as a member"),
    LinkKind.PART_OF: pgettext_lazy("kind of a link", "includes"),
    LinkKind.SUPPLIES: pgettext_lazy("kind of a link", "is supplied by"),
    LinkKind.SUPPORTS: pgettext_lazy("kind of a link", "is supported by"),
}


class SnapshotStatus(TextChoices):
    """Whether the files of a snapshot are there."""

    READY = "ready", pgettext_lazy("snapshot of the data", "published")
    WITHDRAWN = "withdrawn", pgettext_lazy("snapshot of the data", "withdrawn")
