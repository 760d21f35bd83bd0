"""Each door of the API: what it is for, what it takes, what it answers. The schema and its page are made of this."""

from dataclasses import dataclass, field

from campaigns.mapping.api import PUBLIC
from initiatives.actions import VERBS
from initiatives.filters import InitiativeFilterSet

from .parts import NUMBER, TEXT, UUID, Schema, listed, ref

GEOJSON = "application/geo+json"
JSON = "application/json"
DESCRIPTIONS = (
    "application/vnd.oai.openapi+json",
    JSON,
    "application/yaml",
    "application/vnd.oai.openapi",
)


@dataclass(frozen=True)
class Parameter:
    """One parameter of an address or of its query string."""

    name: str
    about: str
    schema: Schema = field(default_factory=lambda: TEXT)
    place: str = "query"


@dataclass(frozen=True)
class Door:
    """One method at one address; `answers` are media types with their schemas, `refusals` the statuses of problems."""

    method: str
    about: str
    tag: str
    answers: dict[str, Schema] = field(default_factory=dict)
    takes: tuple[Parameter, ...] = ()
    more: str = ""
    status: int = 200
    body: dict[str, Schema] = field(default_factory=dict)
    refusals: tuple[int, ...] = (400, 404, 406, 429)
    # How the example's address goes on, and the body it sends.
    example: str = ""
    sends: str = ""
    is_conditional: bool = True

    @property
    def writes(self) -> bool:
        """Whether a name is asked for."""
        return self.method != "get"


FILTERS = {
    "q": "Words, accents and capitals aside; the last may be a beginning.",
    "theme": "Slugs of themes, any of them; a theme takes its subthemes too.",
    "territory": "Codes of territories: inside any of them.",
    "network": "Slugs of networks, any of them.",
    "collective": "Slugs of collectives, any of them.",
    "group": "Slugs of working groups, any of them.",
    "campaign": "Slugs of campaigns, any of them: what stands there as everyone is told now.",
    "offers": "Categories of open offers, any of them; any for all.",
    "needs": "Categories of open needs, any of them; any for all.",
    "legal_form": "Slugs of legal forms.",
    "language": "Codes of languages spoken.",
    "since": "Founded in this year or later.",
    "bbox": "minlon,minlat,maxlon,maxlat in WGS 84; minlon > maxlon crosses the antimeridian.",
    "near": "lon,lat,metres.",
    "updated_since": "A date or an instant (ISO 8601).",
    "located": "yes (default), no or any: with a public position, without, or both.",
}
OFFERS = {
    "kind": "offer or need.",
    "category": "Categories, any of them.",
    "theme": "Slugs of themes, any of them; a theme takes its subthemes too.",
    "territory": "Code of a territory: the town lies inside.",
    "near": "lon,lat,metres: the town lies within.",
}
LIMIT = Parameter(
    "limit", "How many at most, 100 unless told; above 1000 it is 1000.", {**NUMBER, "minimum": 1}
)
CURSOR = Parameter("cursor", "As the address in next has it.")
SLUG = Parameter("name", "Slug.", TEXT, "path")
INITIATIVE = Parameter("uuid", "Identifier of an initiative.", UUID, "path")
WRITING = (400, 401, 403, 404, 409, 410, 412, 413, 415, 429)


def filters() -> tuple[Parameter, ...]:
    """The filters of a selection, those of higher rooms included."""
    return tuple(Parameter(name, FILTERS.get(name, "")) for name in InitiativeFilterSet.base_filters)


def _list(tag: str, about: str, schema: str) -> Door:
    return Door("get", about, tag, {JSON: listed(ref(schema))}, (LIMIT, CURSOR), example="?limit=10")


def _item(tag: str, about: str, schema: str, name: Parameter = SLUG) -> Door:
    return Door("get", about, tag, {JSON: ref(schema)}, (name,))


def _all_initiatives() -> dict[str, list[Door]]:
    feature = {GEOJSON: ref("Feature")}
    written = {GEOJSON: ref("WrittenFeature"), JSON: ref("WrittenFeature")}
    return {
        "api_initiatives": [
            Door(
                "get",
                "Published initiatives, in pages",
                "Initiatives",
                {GEOJSON: ref("FeatureCollection")},
                (*filters(), LIMIT, CURSOR),
                more="next leads on, and stays right while data change.",
                example="?theme=food-agriculture&limit=10",
            ),
            Door(
                "post",
                "A new draft",
                "Initiatives",
                feature,
                status=201,
                body=written,
                refusals=WRITING,
                sends='{"type": "Feature", "properties": {"name": "Repair café"}}',
            ),
        ],
    }


def _one_initiative() -> dict[str, list[Door]]:
    feature = {GEOJSON: ref("Feature")}
    written = {GEOJSON: ref("WrittenFeature"), JSON: ref("WrittenFeature")}
    return {
        "api_initiative": [
            Door(
                "get",
                "One initiative",
                "Initiatives",
                feature,
                (INITIATIVE, Parameter("as_of", "A day or an instant: as it was published then.")),
                more="One that was merged leads on to the one that it lives on in (301), 410 where that is not shown.",
                refusals=(301, 400, 404, 406, 410, 429),
            ),
            Door(
                "patch",
                "Other values",
                "Initiatives",
                feature,
                (INITIATIVE,),
                more="If-Match with the ETag that was read makes sure that nobody wrote in between.",
                body=written,
                refusals=WRITING,
                sends='{"type": "Feature", "properties": {"founded": 2012}}',
            ),
        ],
        "api_initiative_step": [
            Door(
                "post",
                "A step of the workflow",
                "Initiatives",
                feature,
                (
                    INITIATIVE,
                    Parameter("verb", "What is to be done.", {**TEXT, "enum": [*map(str, VERBS)]}, "path"),
                ),
                body={JSON: ref("Reason")},
                refusals=WRITING,
                sends='{"reason": "Moved away."}',
            )
        ],
    }


def _what_changed() -> dict[str, list[Door]]:
    return {
        "api_changes": [
            Door(
                "get",
                "What changed since a cursor",
                "Initiatives",
                {JSON: ref("Changes")},
                (
                    Parameter("since", "The cursor of the last answer; without one, all from the beginning."),
                    LIMIT,
                ),
                more="Keep next and ask again with it: your copy stays the export with located=any. Created and "
                "updated both mean: put this Feature in the place of the one you have. 410 asks to begin anew.",
                refusals=(400, 406, 410, 429),
            )
        ],
        "count": [
            Door(
                "get",
                "How many match",
                "Initiatives",
                {JSON: ref("Count")},
                filters(),
                example="?territory=FR",
                refusals=(400,),
            )
        ],
    }


def _words_and_people() -> dict[str, list[Door]]:
    return {
        "api_themes": [_list("Words and places", "Themes", "Theme")],
        "api_theme": [_item("Words and places", "One theme", "Theme")],
        "api_territories": [_list("Words and places", "Territories, without boundaries", "Territory")],
        "territory_outline": [
            Door(
                "get",
                "The outline of a territory",
                "Words and places",
                {JSON: ref("Outline")},
                (Parameter("code", "Code of a territory.", TEXT, "path"),),
                refusals=(400, 404),
                is_conditional=False,
            )
        ],
        "api_collectives": [_list("People", "Collectives", "Collective")],
        "api_collective": [_item("People", "One collective", "Collective")],
        "api_networks": [_list("People", "Partner networks", "Network")],
        "api_network": [_item("People", "One network", "Network")],
        "api_groups": [_list("People", "Working groups", "Group")],
        "api_group": [_item("People", "One working group", "Group")],
        "api_campaigns": [
            Door(
                "get",
                "Campaigns past their preparation",
                "People",
                {JSON: listed(ref("Campaign"))},
                (Parameter("phase", f"Phases, any of them: {', '.join(PUBLIC)}."), LIMIT, CURSOR),
                example="?phase=likes",
            )
        ],
        "api_campaign": [_item("People", "One campaign", "Campaign")],
        "api_offers": [
            Door(
                "get",
                "Offers and needs that are open",
                "People",
                {JSON: listed(ref("Offer"))},
                (*(Parameter(name, about) for name, about in OFFERS.items()), LIMIT, CURSOR),
                example="?kind=offer&category=job",
            )
        ],
        "api_offer": [
            _item(
                "People",
                "One of them",
                "Offer",
                Parameter("name", "Number of an offer or need.", NUMBER, "path"),
            )
        ],
        "api_members": [_list("People", "Members of the directory, as everyone sees them", "Member")],
        "api_member": [
            _item(
                "People", "One of them", "Member", Parameter("name", "Identifier of a member.", UUID, "path")
            )
        ],
    }


def _itself() -> dict[str, list[Door]]:
    return {
        "api_schema": [
            Door(
                "get",
                "This description, as OpenAPI 3.1",
                "About",
                {media: {"type": "object"} for media in DESCRIPTIONS},
                (
                    Parameter(
                        "format",
                        "json or yaml, before what Accept asks for.",
                        {**TEXT, "enum": ["json", "yaml"]},
                    ),
                ),
            )
        ],
        "api_docs": [
            Door("get", "This page", "About", {"text/html": TEXT}, refusals=(400,), is_conditional=False)
        ],
    }


def doors() -> dict[str, list[Door]]:
    """By the name of the route, in the order in which they are told."""
    parts = (_all_initiatives, _one_initiative, _what_changed, _words_and_people, _itself)
    return {name: of_route for part in parts for name, of_route in part().items()}
