"""Every route that is open without signing in is named here; all others ask for it."""

import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from geoportal.problems import MACHINE
from tests.factories import MemberFactory

from .files import none

MACHINES = {
    "agenda_feed",
    "activity_feed",
    "api_campaign",
    "api_campaigns",
    "api_changes",
    "api_collective",
    "api_collectives",
    "api_docs",
    "api_group",
    "api_groups",
    "api_initiative",
    # It takes changes alone and asks for whom.
    "api_initiative_step",
    "api_initiatives",
    "api_member",
    "api_members",
    "api_network",
    "api_networks",
    "api_offer",
    "api_offers",
    "api_schema",
    "api_territories",
    "api_theme",
    "api_themes",
    "boundary_tile",
    "campaign_card",
    "campaign_recompute",
    "campaign_results",
    "campaign_tally",
    "campaigns_feed",
    "catalog_jsonld",
    "catalog_ttl",
    "count",
    "export_csv",
    "export_csvw",
    "export_fgb",
    "export_file",
    "export_geojson",
    "export_geojsonl",
    "export_gpkg",
    "export_made",
    "export_parquet",
    "feed",
    "exchange_feed",
    "exchange_figures_csv",
    "figures_csv",
    "healthz",
    "javascript_catalog",
    "network_csv",
    "network_graphml",
    # Pictures and papers of what everyone sees in a campaign.
    "nominee_card",
    "nominee_poster",
    "oembed",
    "ogc",
    "ogc_api",
    "ogc_collection",
    "ogc_collections",
    "ogc_conformance",
    "ogc_item",
    "ogc_items",
    "ogc_queryables",
    "ogc_schema",
    "readyz",
    "robots",
    "sitemap",
    "sitemap.xml",
    "snapshot",
    "snapshot_file",
    "source",
    "territory_outline",
    "themes_ttl",
    "territory_shapes",
    "tile_json",
    "tile_mvt",
    "tilejson",
    "tiles_json",
    # A machine door that does not exist answers as one.
    rf"(?:{'|'.join(MACHINE)})/",
}
PAGES = {
    "about",
    # Private groups are there for their members alone, and in no calendar.
    "agenda",
    "activity",
    # Who suggested a change without an account says by a signed link that the address is theirs.
    "answers",
    # One in preparation answers 404 to all but those who run campaigns.
    "campaign",
    "campaigns",
    "nominee",
    "rule",
    "accessibility",
    # Where a campaign says so one likes without an account, by a code that is mailed.
    "code",
    "code_enter",
    "collective",
    "collectives",
    "contributions",
    "data",
    "data_dictionary",
    "embed",
    "export_page",
    "embed_build",
    "figures",
    # The way out of the mail of what is followed.
    "follow_letters",
    "glossary",
    "group",
    "group_agenda",
    # As with that of a collective, its invitation.
    "group_invited",
    "group_members",
    "groups",
    # The way out of a group's mail asks nobody to sign in either.
    "group_letters",
    # A private one is not there for others than its members.
    "initiative",
    "initiative_card",
    "initiative_history",
    "initiative_panel",
    "initiative_rows",
    "initiative_versions_compared",
    "initiatives",
    # Who may import, and how to become one of them; the runs themselves only for stewards.
    "imports",
    # Whoever has the link of an invitation may read it before they have an account.
    "invitation",
    "legal",
    # Offers and needs that are open, and the one click of a mail that lets one stand on.
    "list",
    "one",
    "renewing",
    # It asks who likes by itself: a member, or whoever has proved an address.
    "like",
    # The way out of letters asks nobody to sign in.
    "letters",
    "map",
    # One meeting for a calendar, by the right to read its topic.
    "meeting",
    "member",
    # Whoever was written to answers by the link of the mail.
    "member_reply",
    "members",
    "members_places",
    "network",
    "networks",
    # Whoever sees that something is wrong needs no account either.
    "report",
    # The way out of the mails of matches.
    "match_letters",
    # Whoever looks for something need not be a member.
    "solutions",
    "set_language",
    # How to tell others of what stands in a campaign.
    "share",
    "snapshots",
    # The topics of public and open groups; private ones answer 404.
    "topic",
    "topic_attachment",
    "topics",
    "topics_feed",
    # Who is asked whether all is still right needs no account either.
    "still",
    # Who hands in an initiative needs no account; a signature in the address proves who comes back.
    "submission",
    "submission_again",
    "submission_confirm",
    "submission_correct",
    "submit",
    "submit_preview",
    "submit_similar",
    # Public ones; private ones answer 404.
    "space",
    "space_file",
    "space_logo",
    "space_members",
    # As with that of a collective, its invitation.
    "space_invited",
    "spaces",
    "suggest",
    # Whoever knows better needs no account either; somebody reads it before anything changes.
    "suggest_change",
    "territory",
    "unlike",
}
# Before someone has signed in, and signing out.
ENTRANCE = {
    "account_confirm_email",
    "account_confirm_login_code",
    "account_email_verification_sent",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_signup",
    "mfa_authenticate",
}
PUBLIC = MACHINES | PAGES | ENTRANCE
SAMPLES = {"uuid": "00000000-0000-4000-8000-000000000000", "int": "1"}


def routes(resolver: URLResolver, before: str = "") -> list[tuple[str, URLPattern]]:
    """(address with its parameters, route) of all but the administration, which has a door of its own."""
    found = []
    for entry in resolver.url_patterns:
        address = before + str(entry.pattern).removeprefix("^")
        if isinstance(entry, URLPattern):
            found.append((address, entry))
        elif entry.namespace != "admin":
            found += routes(entry, address)
    return found


def is_public(route: URLPattern) -> bool:
    """Whether LoginRequiredMiddleware lets everyone in."""
    return not getattr(route.callback, "login_required", True)


ROUTES = routes(get_resolver())
PRIVATE = [address for address, route in ROUTES if not is_public(route)]


def test_public_routes_are_those_we_mean():
    none(sorted({route.name or address for address, route in ROUTES if is_public(route)} ^ PUBLIC))


def sample(address: str) -> str:
    """An address with something in the place of each parameter."""
    filled = re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES.get(found[1], "x"), address)
    return "/" + re.sub(r"\(\?P<\w+>[^()]*\)", "x", filled).removesuffix("$")


@pytest.mark.django_db
@pytest.mark.parametrize("address", PRIVATE)
def test_all_other_routes_ask_to_sign_in(client, address):
    answer = client.get(sample(address))
    assert answer.status_code == 302
    assert "/accounts/login/?next=" in answer.headers["Location"]


@pytest.mark.django_db
def test_the_administration_asks_to_sign_in(client):
    answer = client.get("/admin/initiatives/initiative/")
    assert answer.status_code == 302
    assert "/login/?next=/admin/" in answer.headers["Location"]


@pytest.mark.django_db
def test_the_administration_is_closed_to_members(client):
    client.force_login(MemberFactory())
    answer = client.get("/admin/initiatives/initiative/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/admin/login/")
