"""Pages of the room (with a language before them) and machine doors (without)."""

from functools import partial

from django.urls import path

from community.members import api as members
from territories import api as territory_lists
from vocabulary import api as vocabulary

from . import api, api_changes, api_networks
from .activity import views as activity
from .collectives import views as collectives
from .dashboards import views as dashboards
from .exchange import api as exchange_api
from .exchange import feed as exchange_feed
from .exchange.talking import urls as talking
from .exporting.formats import FORMATS
from .figures import people
from .figures import views as figures
from .following import views as following
from .graphs.writing import FORMATS as GRAPHS
from .groups import api as groups_api
from .groups import views as groups
from .merging import views as merging
from .proposals import views as proposals
from .reports import views as reports
from .reviews import views as reviews
from .snapshots import views as snapshots
from .spaces import views as spaces
from .upkeep import views as upkeep
from .views import (
    data,
    descriptions,
    doors,
    exports,
    history,
    made,
    places,
    proposing,
    public,
    reporting,
    submitting,
    suggest,
    territories,
)
from .vouching import views as vouching

pages = [
    path("initiatives/", public.listing, name="initiatives"),
    path("initiatives/rows/", public.rows, name="initiative_rows"),
    path("initiatives/panel/", public.panel, name="initiative_panel"),
    path("initiatives/submit/", submitting.submit, name="submit"),
    path("initiatives/submit/similar/", submitting.similar_ones, name="submit_similar"),
    path("initiatives/submit/preview/", submitting.preview, name="submit_preview"),
    path("initiatives/status/<str:token>/", submitting.submission, name="submission"),
    path("initiatives/status/<str:token>/confirm/", submitting.confirm, name="submission_confirm"),
    path("initiatives/status/<str:token>/again/", submitting.ask_again, name="submission_again"),
    path("initiatives/status/<str:token>/correct/", submitting.correct, name="submission_correct"),
    path("initiatives/answers/<str:token>/", proposing.answers, name="answers"),
    path("initiatives/still/<str:token>/", upkeep.still, name="still"),
    path("initiatives/vouching/", vouching.listing, name="vouching"),
    path("initiatives/vouching/<uuid:uuid>/", vouching.one, name="vouching_one"),
    path("initiatives/<str:slug>/", public.initiative, name="initiative"),
    path("initiatives/<str:slug>/card/", public.card, name="initiative_card"),
    path("initiatives/<str:slug>/suggest/", proposing.suggest_change, name="suggest_change"),
    path("initiatives/<str:slug>/proposals/", proposals.of_initiative, name="initiative_proposals"),
    path("initiatives/<str:slug>/report/", reporting.report, name="report"),
    path("initiatives/<str:slug>/groups/", groups.of_initiative, name="initiative_groups"),
    path("initiatives/<str:slug>/follow/", following.follow_initiative, name="follow_initiative"),
    path("initiatives/<str:slug>/history/", history.listing, name="initiative_history"),
    path(
        "initiatives/<str:slug>/history/<int:before>/<int:after>/",
        history.compared,
        name="initiative_versions_compared",
    ),
    path(
        "initiatives/<str:slug>/history/<int:number>/restore/",
        history.restoring,
        name="initiative_version_restoring",
    ),
    path("exports/<uuid:uuid>/", made.page, name="export_page"),
    path("data/", data.data, name="data"),
    path("data/dictionary/", data.dictionary, name="data_dictionary"),
    path("data/snapshots/", snapshots.listing, name="snapshots"),
    path("data/snapshots/make/", snapshots.make, name="snapshot_make"),
    path("search/suggest/", suggest.suggest, name="suggest"),
    path("networks/", places.networks, name="networks"),
    path("networks/<slug:slug>/", places.network, name="network"),
    path("collectives/", places.collectives, name="collectives"),
    path("collectives/<slug:slug>/", places.collective, name="collective"),
    path("collectives/<slug:slug>/dashboard/", dashboards.dashboard, name="collective_dashboard"),
    path("collectives/<slug:slug>/dashboard/step/", dashboards.step, name="collective_dashboard_step"),
    path("collectives/<slug:slug>/edit/", collectives.edit, name="collective_edit"),
    path("collectives/<slug:slug>/claims/<int:pk>/", collectives.decide, name="collective_claim_decide"),
    path("accounts/collectives/", collectives.mine, name="account_collectives"),
    path("moderation/collectives/", collectives.moderation, name="moderation_collectives"),
    path("follow/", following.follow_selection, name="follow"),
    path("follow/letters/<str:token>/", following.letters, name="follow_letters"),
    path("accounts/following/", following.mine, name="account_following"),
    path("accounts/following/<int:pk>/", following.change, name="follow_change"),
    path("moderation/", reviews.queue, name="moderation"),
    path("moderation/together/", reviews.bulk, name="moderation_bulk"),
    path("moderation/proposals/", proposals.listing, name="moderation_proposals"),
    path("moderation/proposals/<int:pk>/", proposals.one, name="moderation_proposal"),
    path("moderation/proposals/<int:pk>/decide/", proposals.decide, name="moderation_proposal_decide"),
    path("moderation/reports/", reports.listing, name="moderation_reports"),
    path("moderation/reports/<int:pk>/", reports.one, name="moderation_report"),
    path("moderation/reports/<int:pk>/settle/", reports.settle, name="moderation_report_settle"),
    *talking.moderation,
    path("moderation/merges/<int:pk>/undo/", merging.undoing, name="moderation_merge_undo"),
    path("moderation/<uuid:uuid>/merge/<uuid:other>/", merging.merging, name="moderation_merge"),
    path("moderation/<uuid:uuid>/apart/<uuid:other>/", merging.telling_apart, name="moderation_apart"),
    path("moderation/<uuid:uuid>/", reviews.one, name="moderation_one"),
    path("moderation/<uuid:uuid>/decide/", reviews.decide, name="moderation_decide"),
    path("moderation/<uuid:uuid>/claim/", reviews.claim, name="moderation_claim"),
    path("figures/", figures.figures, name="figures"),
    path("members/places/", people.members_by_region, name="members_places"),
    path("activity/", activity.page, name="activity"),
    path("groups/<slug:slug>/", groups.group, name="group"),
    path("spaces/<slug:slug>/", spaces.space, name="space"),
    path("spaces/<slug:slug>/edit/", spaces.edit, name="space_edit"),
    path("territories/<str:code>/", territories.territory, name="territory"),
]


def _counted(name: str):
    """How many published initiatives each of some rows holds, for the lists of lower rooms."""
    return staticmethod(partial(api_networks.counts, name))


# Views of Django REST framework, which answer problems themselves.
rest = {
    "api/initiatives/": (api.InitiativeList.as_view(), "api_initiatives"),
    "api/initiatives/<uuid:uuid>/": (api.InitiativeDetail.as_view(), "api_initiative"),
    "api/initiatives/<uuid:uuid>/<str:verb>/": (api.InitiativeStep.as_view(), "api_initiative_step"),
    "api/changes/": (api_changes.Changes.as_view(), "api_changes"),
    "api/themes/": (vocabulary.ThemeList.as_view(), "api_themes"),
    "api/themes/<str:name>/": (vocabulary.ThemeItem.as_view(), "api_theme"),
    "api/territories/": (
        territory_lists.TerritoryList.as_view(counts=_counted("territory")),
        "api_territories",
    ),
    "api/collectives/": (
        territory_lists.CollectiveList.as_view(counts=_counted("collective")),
        "api_collectives",
    ),
    "api/collectives/<str:name>/": (
        territory_lists.CollectiveItem.as_view(counts=_counted("collective")),
        "api_collective",
    ),
    "api/networks/": (api_networks.NetworkList.as_view(counts=_counted("network")), "api_networks"),
    "api/networks/<str:name>/": (
        api_networks.NetworkItem.as_view(counts=_counted("network")),
        "api_network",
    ),
    "api/groups/": (groups_api.GroupList.as_view(counts=_counted("group")), "api_groups"),
    "api/groups/<str:name>/": (groups_api.GroupItem.as_view(counts=_counted("group")), "api_group"),
    "api/offers/": (exchange_api.OfferList.as_view(), "api_offers"),
    "api/offers/<int:name>/": (exchange_api.OfferItem.as_view(), "api_offer"),
    "api/members/": (members.MemberList.as_view(), "api_members"),
    "api/members/<uuid:name>/": (members.MemberItem.as_view(), "api_member"),
}

machine = {
    "tiles/initiatives.json": (doors.tilejson, "tilejson"),
    "tiles/initiatives/<str:z>/<str:west>-<str:east>/<str:north>-<str:south>.json": (
        doors.tiles_json,
        "tiles_json",
    ),
    "tiles/initiatives/<str:z>/<str:x>/<str:y>.json": (doors.tile_json, "tile_json"),
    "tiles/initiatives/<str:z>/<str:x>/<str:y>.mvt": (doors.tile_mvt, "tile_mvt"),
    "tiles/territories/<str:z>/<str:x>/<str:y>.mvt": (territories.boundary_tile, "boundary_tile"),
    "tiles/territories/<str:scheme>.json": (territories.scheme_shapes, "territory_shapes"),
    "api/count": (doors.count, "count"),
    "api/territories/<str:code>/": (territories.outline, "territory_outline"),
    **{
        f"exports/initiatives.{suffix}": (partial(exports.export, suffix=suffix), f"export_{suffix}")
        for suffix in FORMATS
    },
    "exports/initiatives.csv-metadata.json": (exports.described, "export_csvw"),
    "exports/made/<uuid:uuid>": (made.made, "export_made"),
    "exports/made/<uuid:uuid>/<str:name>": (made.made_file, "export_file"),
    "data/snapshots/<str:label>/": (snapshots.folder, "snapshot"),
    "data/snapshots/<str:label>/<str:name>": (snapshots.file, "snapshot_file"),
    "catalog.ttl": (partial(descriptions.catalogue, form="turtle"), "catalog_ttl"),
    "catalog.jsonld": (partial(descriptions.catalogue, form="json-ld"), "catalog_jsonld"),
    "vocabularies/themes.ttl": (descriptions.themes, "themes_ttl"),
    "feeds/initiatives.atom": (descriptions.feed, "feed"),
    "feeds/activity.atom": (activity.atom, "activity_feed"),
    "feeds/exchange.atom": (exchange_feed.door, "exchange_feed"),
    **{
        f"exports/network.{suffix}": (partial(exports.network, suffix=suffix), f"network_{suffix}")
        for suffix in GRAPHS
    },
}
