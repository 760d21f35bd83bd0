"""Closed lists of imports."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RunStatus(TextChoices):
    """How far a run came."""

    WAITING = "waiting", pgettext_lazy("run of an import", "waiting")
    RUNNING = "running", _("running")
    READY = "ready", pgettext_lazy("run of an import", "to be decided")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    UNDONE = "undone", pgettext_lazy("run of an import", "undone")


class Schedule(TextChoices):
    """How often a source is read again."""

    NEVER = "never", pgettext_lazy("import", "by hand only")
    DAILY = "daily", pgettext_lazy("import", "every day")
    WEEKLY = "weekly", pgettext_lazy("import", "every week")


class Level(TextChoices):
    """The ladder of errors: a bad value is a warning, a bad row is refused, a bad file stops the run.

    A duplicate is a row that is there already: another row of the file, or an initiative that is here
    already, which it joins. Kept is what the house says otherwise, and goes on saying.
    """

    WARNING = "warning", _("warning")
    DUPLICATE = "duplicate", pgettext_lazy("result of a run", "duplicate")
    KEPT = "kept", pgettext_lazy("result of a run", "kept")
    REFUSED = "refused", pgettext_lazy("result of a run", "refused")
