"""What somebody looks for, in a sentence."""

from django import forms
from django.utils.translation import gettext_lazy as _

from territories.models import Place

LONGEST_SENTENCE, LONGEST_TOWN = 500, 100


class SolutionForm(forms.Form):
    """A sentence, and a town where it shall be near."""

    need = forms.CharField(
        label=_("What do you need?"),
        max_length=LONGEST_SENTENCE,
        help_text=_(
            "One sentence, in any of our five languages: we want to repair bicycles with young people."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    near = forms.CharField(
        label=_("Near which town?"),
        max_length=LONGEST_TOWN,
        required=False,
        help_text=_("Leave it empty to look everywhere."),
    )

    def clean_near(self) -> Place | None:
        """The largest town of that name, or that begins so."""
        name = self.cleaned_data["near"].strip()
        if not name:
            return None
        place = Place.objects.starting_with(name).first()
        if place is None:
            raise forms.ValidationError(_("We know no town of that name. Check how it is written."))
        return place
