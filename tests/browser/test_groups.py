"""Pages of groups in a browser: nothing that hinders anybody, no page wider than the screen."""

import pytest

from community.models import GroupRequest
from tests.community.groups import group_of, invitation
from tests.factories import MemberFactory

from .looks import both_looks

pytestmark = pytest.mark.django_db(transaction=True)

OWN = ["", "edit/", "people/", "members/", "mail/", "leave/", "hand-over/", "archive/"]


@both_looks
def test_axe_finds_nothing_on_pages_of_groups(axe, size, scheme, page, client, live_server):
    ana = MemberFactory()
    group = group_of("public", ana, MemberFactory(), name="Sharedovensandtables" * 5)
    GroupRequest.objects.create(group=group, member=MemberFactory(), message="Hello")
    invitation(group, f"{'long' * 12}@demo.example")
    client.force_login(ana)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    for path in ["groups/", "groups/?q=none", "groups/new/", *[f"groups/{group.slug}/{one}" for one in OWN]]:
        page.goto(f"{live_server.url}/en/{path}")
        assert axe(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
