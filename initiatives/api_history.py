"""`?as_of=`: a Feature of a former moment, at the address of the one of today."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.urls import reverse
from django.utils import timezone

from geo.errors import InvalidParameterError
from geo.parameters import is_dropped

from .api_writing import GoneError
from .fields import InstantField
from .history import moments
from .merging import following
from .models import Initiative, Merge

NAME = "as_of"
# No day is written in more characters, no instant in fewer but with the letter that parts day and time.
LONGEST_DAY = 10


def moment_of(data: QueryDict) -> datetime | None:
    """The moment that is asked for, None where none is; a day means its end, UTC, or now. InvalidParameterError."""
    for name in data:
        if name != NAME and not is_dropped(name):
            raise InvalidParameterError(name[:80], f"Unknown parameter. This door takes {NAME} alone.")
    texts = data.getlist(NAME)
    if not texts:
        return None
    if len(texts) > 1:
        raise InvalidParameterError(NAME, f"Given {len(texts)} times, expected once.")
    text = texts[0].strip()
    try:
        moment = InstantField().clean(text)
    except ValidationError as error:
        raise InvalidParameterError(NAME, " ".join(error.messages)) from error
    now = timezone.now()
    if moment > now:
        raise InvalidParameterError(
            NAME, f"Expected no later moment than now, {now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}."
        )
    if len(text) <= LONGEST_DAY and "T" not in text:
        moment = min(now, moment + timedelta(days=1, microseconds=-1))
    return moment


def answer(uuid: UUID, moment: datetime) -> HttpResponse:
    """The Feature of then, or the way to the one that it was merged into before; Http404, GoneError.

    What nobody but its people may read today has no public history.
    """
    initiative = Initiative.objects.defer("position", "search").filter(uuid=uuid).first()
    if initiative is None:
        raise Http404("No initiative has this identifier.")
    survivor = following.survivor(initiative)
    if survivor is not None and not survivor.is_published:
        raise GoneError
    if survivor is None and not initiative.is_published:
        raise Http404("No published initiative has this identifier.")
    feature = moments.feature(initiative, moment)
    if feature is not None:
        return JsonResponse(feature, content_type="application/geo+json")
    merge = Merge.objects.open().filter(merged=initiative, at__lte=moment).select_related("kept").first()
    if merge is None:
        raise Http404("It was not published at that moment.")
    asked = urlencode({NAME: moment.isoformat().replace("+00:00", "Z")})
    return following.leading(f"{reverse('api_initiative', args=[merge.kept.uuid])}?{asked}")
