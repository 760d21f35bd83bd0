"""How the doors of the API take changes: who asks, what for, what comes back; the rights are those of actions.py."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError as Invalid
from django.http import Http404, HttpResponse
from django.urls import reverse
from rest_framework import status
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import APIException, NotAuthenticated, ValidationError
from rest_framework.parsers import JSONParser
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from community.members.authentication import BearerAuthentication
from community.members.models import Member
from community.members.throttles import WritingThrottle

from . import actions
from .api_feature import answer_for, unchanged
from .enums import Verb, Visibility
from .merging import following
from .models import Initiative
from .selection import refuse_parameters
from .workflow import TransitionRefusedError
from .writing import RENAMED, values_of

# Names of values as a Feature has them.
MEMBERS = {value: name for name, value in RENAMED.items()} | {"position": "geometry"}
LARGEST_BODY = 1024 * 1024


class ConflictError(APIException):
    """The workflow has no such step from where the initiative stands."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "conflict"


class TooLargeError(APIException):
    """More than any initiative takes."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = f"Expected at most {LARGEST_BODY} bytes."


class GeoJSONParser(JSONParser):
    """GeoJSON under its own media type."""

    media_type = "application/geo+json"


class WritingView(APIView):
    """A door that takes changes too; who only reads is not asked for a name, so that caches may answer."""

    parser_classes = (GeoJSONParser, JSONParser)

    def get_authenticators(self) -> Sequence[BaseAuthentication]:
        """Tokens and sessions, for changes alone."""
        return [] if self._reads else [BearerAuthentication(), SessionAuthentication()]

    def get_throttles(self) -> Sequence[BaseThrottle]:
        """So many changes a minute for each member; who reads is counted as everywhere."""
        return super().get_throttles() if self._reads else [WritingThrottle()]

    @property
    def _reads(self) -> bool:
        return self.request.method in SAFE_METHODS

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse what is too large, has parameters, or comes from nobody."""
        super().initial(request, *args, **kwargs)
        if self._reads or not hasattr(self, request.method.lower()):
            # What is not possible here at all is refused as such, whoever asks.
            return
        refuse_parameters(request.query_params)
        if request.user is None:
            raise NotAuthenticated
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
            raise TooLargeError


class GoneError(APIException):
    """It was merged into one that is not shown any more either."""

    status_code = status.HTTP_410_GONE
    default_detail = "It was merged into another initiative, which is not published any more."


def created(request: Request) -> HttpResponse:
    """A draft from a Feature, 201."""
    initiative = _changed(actions.create, by=request.user, values=values_of(request.data))
    answer = answer_for(initiative, request, status.HTTP_201_CREATED)
    answer["Location"] = f"{request.path}{initiative.uuid}/"
    return answer


def revised(request: Request, uuid: UUID) -> HttpResponse:
    """The members that a Feature has are written, the others stay; PreconditionFailedError as `If-Match` asks."""
    initiative = _found(uuid, request.user, Verb.REVISE)
    given = values_of(request.data)
    with unchanged(initiative, request, renames="name" in given):
        values = _behind_what_is_shown(initiative, given)
        changed = _changed(actions.revise, initiative, by=request.user, values=values)
    return answer_for(changed, request)


def stepped(request: Request, uuid: UUID, verb: str) -> HttpResponse:
    """A verb is done, `{"reason": "…"}` says why; ConflictError where the workflow forbids it."""
    if verb not in map(str, actions.VERBS):
        raise Http404(f"There is no such step; expected one of: {', '.join(actions.VERBS)}.")
    initiative = _found(uuid, request.user, Verb(verb))
    given = request.data
    reason = given.get("reason", "") if isinstance(given, dict) else None
    if not isinstance(reason, str) or set(given) - {"reason"}:
        raise ValidationError({"reason": ['Expected {"reason": "…"} or nothing.']})
    with unchanged(initiative, request):
        changed = _changed(actions.VERBS[Verb(verb)], initiative, by=request.user, reason=reason)
    return answer_for(changed, request)


def elsewhere(uuid: UUID) -> HttpResponse:
    """The way from a merged initiative to the one that it lives on in; Http404, GoneError."""
    merged = Initiative.objects.filter(uuid=uuid).first()
    found = merged and following.survivor(merged)
    if not found:
        raise Http404("No initiative has this identifier.")
    if not found.is_published:
        raise GoneError
    return following.leading(reverse("api_initiative", args=[found.uuid]))


def _found(uuid: UUID, by: Member, verb: Verb) -> Initiative:
    """An initiative that the member may know of and change so; Http404, PermissionDenied."""
    found = Initiative.objects.filter(uuid=uuid).first()
    if found is None or not (found.is_published or by.has_perm("initiatives.read_unpublished", found)):
        raise Http404("No initiative has this identifier.")
    actions.check_right(by, verb, found)
    return found


def _behind_what_is_shown(initiative: Initiative, values: dict[str, Any]) -> dict[str, Any]:
    """Without what a Feature only brings back as it was shown: the exact place, street and hidden contacts stay."""
    shown = {name: getattr(initiative, f"public_{name}") for name in ("street", "postcode", "locality")}
    values = {name: value for name, value in values.items() if name not in shown or value != shown[name]}
    position, public = values.get("position"), initiative.public_position
    if position and public and position.coords == public.coords:
        del values["position"], values["has_no_position"]
    if "contacts" in values:
        hidden = initiative.contacts.exclude(visibility=Visibility.EVERYONE)
        kept = {contact.kind: (contact.value, contact.visibility) for contact in hidden}
        values["contacts"] = kept | values["contacts"]
    return values


def _changed(verb: Callable[..., Initiative], *args: Any, **values: Any) -> Initiative:
    try:
        return verb(*args, **values)
    except TransitionRefusedError as error:
        raise ConflictError(str(error)) from error
    except Invalid as error:
        raise ValidationError(
            {MEMBERS.get(name, name): texts for name, texts in error.message_dict.items()}
        ) from error
