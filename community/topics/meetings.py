"""When and where a group meets, as people give it: checked in one place, said in one way."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

LONGEST_PLACE = 200
LONGEST = timedelta(days=14)
# What lies outside is a slip of the keyboard, and clocks of mail programs cannot hold all of it.
FIRST = datetime(2000, 1, 1, tzinfo=UTC)
LAST = datetime(2100, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Meeting:
    """A date with a place; without a date it is no meeting."""

    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""

    def checked(self) -> "Meeting":
        """The same with a place on one line; ValidationError beside each field that is wrong."""
        place = " ".join(self.place.replace("\x00", "").split())
        errors = self._errors(place)
        if errors:
            raise ValidationError(errors)
        return Meeting(self.starts_at, self.ends_at, place)

    def _errors(self, place: str) -> dict[str, str]:
        errors = {}
        if len(place) > LONGEST_PLACE:
            errors["place"] = _("At most %(n)s signs.") % {"n": LONGEST_PLACE}
        if self.starts_at is None:
            if self.ends_at or place:
                errors["starts_at"] = _("Say when it begins.")
        elif not FIRST <= self.starts_at < LAST:
            errors["starts_at"] = _("Choose a year from 2000 to 2099.")
        elif self.ends_at and self.ends_at < self.starts_at:
            errors["ends_at"] = _("It ends before it begins.")
        elif self.ends_at and self.ends_at > self.starts_at + LONGEST:
            errors["ends_at"] = _("A meeting lasts 14 days at most.")
        return errors


NONE = Meeting()


def day_in_words(moment: datetime) -> str:
    """A date by the clock of the site."""
    return date_format(timezone.localtime(moment), "DATE_FORMAT")


def clock_in_words(starts_at: datetime, ends_at: datetime | None) -> str:
    """From when to when by the clock of the site, whose name stands with it."""
    start = timezone.localtime(starts_at)
    time = date_format(start, "TIME_FORMAT")
    if ends_at is None or ends_at == starts_at:
        return f"{time} {start:%Z}"
    end = timezone.localtime(ends_at)
    until = date_format(end, "TIME_FORMAT")
    if end.date() == start.date() and end.tzname() == start.tzname():
        return f"{time}–{until} {end:%Z}"
    if end.date() == start.date():
        return f"{time} {start:%Z} – {until} {end:%Z}"
    return f"{time} {start:%Z} – {day_in_words(ends_at)}, {until} {end:%Z}"
