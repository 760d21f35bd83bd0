"""What people write in groups."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..groups.models import Group
from .files import Checked, checked
from .meetings import LONGEST_PLACE, Meeting
from .models import LONGEST_REASON, LONGEST_TEXT, LONGEST_TITLE, MOST_FILES

ENDINGS = ".pdf,.png,.jpg,.jpeg,.webp,.odt,.ods,.odp,.odg,.docx,.xlsx,.csv,.txt"


def _title() -> forms.CharField:
    return forms.CharField(label=gettext_lazy("Title"), max_length=LONGEST_TITLE)


def _text(rows: int = 8) -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Text"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": rows}),
        help_text=gettext_lazy(
            "Markdown works: *emphasis*, lists, [links](https://example.org). "
            "Write @ and a name to tell somebody of the group."
        ),
    )


class FilesInput(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True

    def value_from_datadict(self, data, files, name):
        """All of them."""
        return files.getlist(name)


class FilesField(forms.FileField):
    """Files of kinds that may be attached, with their kinds."""

    widget = FilesInput({"accept": ENDINGS, "multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list[Checked]:
        """Each of them; ValidationError with the name of each that is none."""
        given = [one for one in data or [] if one]
        if len(given) > MOST_FILES:
            raise ValidationError(_("At most %(n)s files.") % {"n": MOST_FILES})
        kept, wrong = [], []
        for file in given:
            try:
                kept.append(checked(super().clean(file)))
            except ValidationError as error:
                wrong += error.error_list
        if wrong:
            raise ValidationError(wrong)
        return kept


def _files() -> FilesField:
    return FilesField(
        label=gettext_lazy("Files"),
        required=False,
        help_text=gettext_lazy(
            "At most five, 5 megabytes each: PDF, pictures, OpenDocument, DOCX, XLSX, CSV or plain text."
        ),
    )


def _moment(label: str) -> forms.DateTimeField:
    # The only form of date and time that browsers send.
    widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, required=False, widget=widget)


class MeetingForm(forms.Form):
    """When and where, for what may be a meeting."""

    starts_at = _moment(gettext_lazy("Begins"))
    ends_at = _moment(gettext_lazy("Ends"))
    place = forms.CharField(label=gettext_lazy("Place"), max_length=LONGEST_PLACE, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = _("Time zone: %(zone)s") % {"zone": settings.TIME_ZONE}
        for name in ("starts_at", "ends_at"):
            self.fields[name].help_text = told

    def values(self) -> dict[str, Any]:
        """What the actions take."""
        given = dict(self.cleaned_data)
        when = {name: given.pop(name) for name in MeetingForm.base_fields}
        return {**given, "meeting": Meeting(**when)}


class TopicForm(MeetingForm):
    """A new topic with its first post."""

    title = _title()
    text = _text()
    files = _files()
    field_order = ["title", "text", "files"]


class ReplyForm(forms.Form):
    """A post in a topic."""

    text = _text(5)
    files = _files()


class EditForm(forms.Form):
    """Other words."""

    text = _text(10)


class ChangeForm(MeetingForm):
    """Another title, another date."""

    title = _title()
    field_order = ["title"]


class AnnouncementForm(forms.Form):
    """A post for everyone of the group."""

    title = _title()
    text = _text()


class ReportForm(forms.Form):
    """What is wrong."""

    reason = forms.CharField(
        label=gettext_lazy("What is wrong?"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy(
            "Those who keep order in the group read this; whoever wrote the post does not."
        ),
    )


class MoveForm(forms.Form):
    """Where a topic goes."""

    to = forms.ModelChoiceField(
        Group.objects.none(),
        label=gettext_lazy("To which group?"),
        to_field_name="slug",
        empty_label=None,
    )

    def __init__(self, *args: Any, among, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = among
