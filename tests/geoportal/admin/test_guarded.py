"""What staff without the right to exact positions does not read."""

import pytest
from django.contrib.auth.models import Permission

from initiatives import actions
from initiatives.enums import ContactKind, Visibility
from initiatives.models import Identity, Initiative

from .pages import form_of, page

SECRETS = ("4.8357", "45.764", "rue Cachée", "secret@demo.example")


def signed_in(client, member):
    """The administration, signed in as someone with plain permissions to view."""
    member.is_staff = True
    member.save()
    names = ("view_initiative", "view_identity", "view_contact")
    member.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(member)
    return client


@pytest.fixture
def hidden(bakery, cast):
    """The bakery, known to the town only, and its source record."""
    values = {
        "precision": "locality",
        "street": "7 rue Cachée",
        "contacts": {ContactKind.EMAIL: ("secret@demo.example", Visibility.NOBODY)},
    }
    network = bakery.networks.get()
    Identity.objects.create(
        initiative=bakery, network=network, external_id="1", raw={"address": "7 rue Cachée"}
    )
    return actions.revise(bakery, by=None, values=values)


def bodies(client, hidden):
    """The pages of the initiative and of its source record."""
    rows = (hidden, hidden.identities.get())
    answers = [client.get(page(type(row), "change", row.pk)) for row in rows]
    assert [answer.status_code for answer in answers] == [200, 200]
    return [answer.content.decode() for answer in answers]


def test_plain_permissions_show_no_exact_position(client, cast, hidden):
    for body in bodies(signed_in(client, cast["visitor"]), hidden):
        assert [secret for secret in SECRETS if secret in body] == []
        assert hidden.name in body


def test_the_right_shows_it(client, cast, hidden):
    initiative, record = bodies(signed_in(client, cast["steward"]), hidden)
    assert [secret for secret in SECRETS if secret not in initiative] == []
    assert "rue Cachée" in record


def test_filters_of_an_address_do_not_tell_it_either(client, cast, hidden):
    signed_in(client, cast["visitor"])
    doors = (Initiative, "street__startswith", "7 rue"), (Identity, "raw__address__startswith", "7 rue")
    for model, lookup, value in doors:
        assert client.get(page(model, "changelist"), {lookup: value}).status_code == 400


def test_who_may_not_read_it_may_not_write_either(client, cast, hidden):
    clerk = cast["visitor"]
    signed_in(client, clerk)
    clerk.user_permissions.add(Permission.objects.get(codename="change_initiative"))
    address = page(Initiative, "change", hidden.pk)
    context = client.get(address).context
    assert not {"position", "street"} & set(context["adminform"].form.fields)
    assert "contacts" not in [inline.formset.prefix for inline in context["inline_admin_formsets"]]
    assert client.post(address, form_of(client, hidden, name="Mine")).status_code == 403
    hidden.refresh_from_db()
    assert (hidden.name, hidden.street) == ("Le Fournil des Deux Rives", "7 rue Cachée")
