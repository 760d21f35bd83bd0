"""The page that makes the code for another site: choose what the frame shows, see it, copy."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from initiatives import presenting
from initiatives.figures.describing import theme_choices
from initiatives.selection import Selection, parse_page
from territories.models import Place
from vocabulary.models import Theme

from . import code, looks
from .looks import Look
from .oembed import title_of

# Opened on a town where no zoom is chosen.
TOWN = 12
OWN = ("lang", "panel", "scheme", "size", "place", "zoom", "view", "page")


class BuildForm(forms.Form):
    """How the map shall look in the frame; all may be left out."""

    lang = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    panel = forms.ChoiceField(
        label=gettext_lazy("Beside the map"),
        required=False,
        choices=[
            ("", gettext_lazy("Nothing: the map alone")),
            (looks.LIST, gettext_lazy("The list; what is shown stays as you choose it here")),
            (looks.FILTERS, gettext_lazy("The list, search and themes; visitors may choose otherwise")),
        ],
    )
    scheme = forms.ChoiceField(
        label=gettext_lazy("Colours"),
        required=False,
        choices=[
            ("", gettext_lazy("As the visitor’s device")),
            ("light", gettext_lazy("Light")),
            ("dark", gettext_lazy("Dark")),
        ],
    )
    size = forms.ChoiceField(
        label=gettext_lazy("Size"), required=False, choices=[(size.name, size.label) for size in code.SIZES]
    )
    place = forms.CharField(label=gettext_lazy("Town where the map opens"), required=False, max_length=120)
    zoom = forms.IntegerField(
        label=gettext_lazy("Zoom, from 2 to 18"), required=False, min_value=2, max_value=18
    )
    view = forms.CharField(label=gettext_lazy("Or zoom/latitude/longitude"), required=False, max_length=40)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lang"].choices = settings.LANGUAGES

    def clean_view(self) -> str:
        """A view that the map can show."""
        text = self.cleaned_data["view"]
        if text and not looks.is_view(text):
            raise forms.ValidationError(_("Expected zoom/latitude/longitude, such as 8/45.76/4.84."))
        return text

    def clean(self) -> dict:
        """The view of a town that was named; what was found by moving the map counts more."""
        cleaned = super().clean()
        name, zoom = cleaned.get("place"), cleaned.get("zoom")
        if cleaned.get("view") or not name:
            if zoom and not name:
                self.add_error("place", _("Name the town that the map shall be near to."))
            return cleaned
        town = Place.objects.starting_with(name).first()
        if town is None:
            self.add_error("place", _("No town of this name is known here."))
            return cleaned
        lat, lon = round(town.position.y, 4), round(town.position.x, 4)
        cleaned["view"] = f"{zoom or TOWN}/{lat:g}/{lon:g}"
        return cleaned

    @property
    def look(self) -> Look:
        """As the page for frames takes it."""
        return Look(**{name: self.cleaned_data.get(name) or "" for name in looks.NAMES})


@dataclass(frozen=True)
class Made:
    """What another site needs."""

    size: code.Size
    address: str
    oembed: str
    iframe: str
    preview: str


def _made(selection: Selection, form: BuildForm) -> Made:
    language = form.cleaned_data.get("lang") or get_language()
    size = next((one for one in code.SIZES if one.name == form.cleaned_data.get("size")), code.SIZES[0])
    with override(language):
        address = code.address(selection.query, form.look)
        frame = code.iframe(selection.query, title_of(selection), size.width, size.height, form.look)
    asked = urlencode({"format": "json", "url": address})
    return Made(
        size=size,
        address=address,
        oembed=f"{settings.SITE_URL}{reverse('oembed')}?{asked}",
        iframe=frame,
        preview=address.removeprefix(settings.SITE_URL),
    )


@login_not_required
@require_safe
def build(request: HttpRequest) -> HttpResponse:
    """The form and the code for what it holds; 400 where a value could not be used."""
    selection, errors, unknown = parse_page(request.GET, own=OWN)
    # An empty form is as good as one that nobody has touched.
    data = {"lang": get_language(), "size": code.SIZES[0].name} | {
        name: request.GET[name] for name in BuildForm.base_fields if name in request.GET
    }
    form = BuildForm(data)
    is_right = form.is_valid()
    context = {
        "selection": selection,
        "errors": errors,
        "unknown_parameters": unknown,
        "form": form,
        "words": (selection.get("q") or ("",))[0],
        "theme_choices": theme_choices(selection, Theme.objects.roots()),
        **presenting.choices(selection),
        "pills": presenting.pills(selection, reverse("embed_build")),
        "path": reverse("embed_build"),
        "made": _made(selection, form) if is_right else None,
    }
    return render(
        request, "geoportal/embed_build.html", context, status=400 if errors or not is_right else 200
    )
