"""Instants as the clocks of a campaign show them: what a form takes, and what pages say."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

TYPED = "%Y-%m-%dT%H:%M"
CONTINENTS = (
    "Europe",
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Indian",
    "Pacific",
)


@cache
def zones() -> list[tuple[str, str]]:
    """Time zones to choose from, those of Europe first."""
    names = [name for name in available_timezones() if name.split("/")[0] in CONTINENTS]
    names.sort(key=lambda name: (CONTINENTS.index(name.split("/")[0]), name))
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in names)]


class MomentField(forms.DateTimeField):
    """A date and an hour without a time zone, which the form adds."""

    widget = forms.DateTimeInput({"type": "datetime-local"}, format=TYPED)

    def to_python(self, value: Any) -> datetime | None:
        """As it was typed, without a time zone."""
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value
        try:
            return datetime.strptime(str(value).strip()[:16], TYPED)
        except ValueError as error:
            raise forms.ValidationError(_("Expected a date and an hour.")) from error

    def prepare_value(self, value: Any) -> Any:
        """As it is typed."""
        return value.strftime(TYPED) if isinstance(value, datetime) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether something else was typed."""
        return self.prepare_value(initial) != data


def at(moment: datetime, time_zone: str) -> datetime:
    """The instant when the clocks there show this; ValidationError for an hour that they leave out in spring."""
    zone = ZoneInfo(time_zone)
    instant = moment.replace(tzinfo=zone)
    if instant.astimezone(ZoneInfo("UTC")).astimezone(zone).replace(tzinfo=None) != moment:
        raise forms.ValidationError(_("The clocks leave out this hour on that day."))
    return instant


def place_of(time_zone: str) -> str:
    """The town by which a time zone is named."""
    return time_zone.rpartition("/")[2].replace("_", " ")


def last_day(moment: datetime, time_zone: str) -> tuple[datetime, bool]:
    """When something ends by the clocks there, and whether that is the midnight at the end of a day."""
    local = moment.astimezone(ZoneInfo(time_zone))
    is_midnight = (local.hour, local.minute) == (0, 0)
    return (local - timedelta(minutes=1) if is_midnight else local), is_midnight
