"""Versions put together from what is there and what was there: always what stood there at the time."""

import pghistory
import pytest
from django.contrib.gis.geos import Point
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from initiatives import actions
from initiatives.content import FIELDS
from initiatives.enums import ContactKind, Verb, Visibility
from initiatives.history import comparing
from initiatives.history.reading import Version, current_networks, versions
from initiatives.models import Contact, Initiative, InitiativeTheme, Translation
from initiatives.placement import place
from tests.factories import InitiativeFactory, MemberFactory, NetworkFactory
from tests.initiatives.asking import counted
from vocabulary.models import Theme

MAIL = {ContactKind.EMAIL: ("a@demo.example", Visibility.EVERYONE)}
PHONE = {ContactKind.PHONE: ("+33199001234", Visibility.NOBODY)}


def stands(initiative: Initiative) -> dict:
    """All that the database says of an initiative now, in a form that can be compared."""
    row = Initiative.objects.get(pk=initiative.pk)
    return {
        "row": {name: str(getattr(row, name)) for name in (*FIELDS, "slug", "status")},
        "themes": sorted(row.theme_links.values_list("theme_id", flat=True)),
        "networks": sorted(row.memberships.filter(until=None).values_list("network_id", flat=True)),
        "contacts": sorted(row.contacts.values_list("kind", "value", "visibility")),
        "translations": sorted(row.translations.values_list("language", "name", "summary", "description")),
    }


def told(version: Version) -> dict:
    """The same as a version tells it."""
    row = Initiative(**{name: value for name, value in version.row.items() if not name.startswith("pgh_")})

    def part(name: str, *columns: str) -> list:
        return sorted(tuple(one[column] for column in columns) for one in version.parts[name])

    return {
        "row": {name: str(getattr(row, name)) for name in (*FIELDS, "slug", "status")},
        "themes": [key for (key,) in part("themes", "theme_id")],
        "networks": sorted(current_networks(version)),
        "contacts": part("contacts", "kind", "value", "visibility"),
        "translations": part("translations", "language", "name", "summary", "description"),
    }


def test_a_new_one_has_one_version(bakery):
    draft = InitiativeFactory(name="Le Four", contacts=MAIL)
    (only,) = versions(draft)
    assert (only.number, only.verbs, only.by, only.network) == (1, (Verb.CREATE,), None, None)
    assert told(only) == stands(draft)


def test_each_verb_leads_to_a_version_that_says_who_when_and_why(cast, bakery):
    moderator = cast["moderator"]
    before = len(versions(bakery))
    actions.revise(bakery, by=moderator, values={"summary": "Du pain"}, reason="A better line")
    actions.confirm(bakery, by=cast["facilitator"])
    actions.archive(bakery, by=moderator, reason="Closed for a year")
    found = versions(bakery)
    assert [version.number for version in found] == list(range(before + 3, 0, -1))
    steps = list(bakery.status_changes.all())
    said = [(version.verbs, version.by, version.reason, version.at) for version in found[:3]]
    assert said == [((Verb(step.verb),), step.by, step.reason, step.at) for step in steps[:3]]
    assert [version.is_published for version in found[:3]] == [False, True, True]


def test_parts_come_go_and_come_back(bakery):
    networks = [NetworkFactory(), NetworkFactory()]
    german = {"language": "de", "name": "Ofen", "summary": "", "description": ""}
    repair = Theme.objects.get(slug="repair-cafes")
    states = [stands(bakery)]
    for values in (
        {"contacts": MAIL | PHONE, "networks": networks},
        {"contacts": {}, "themes": [repair]},
        {"contacts": MAIL, "translations": [german], "name": "Le Four"},
        {"contacts": MAIL, "networks": networks[1:], "themes": []},
        {"translations": [german | {"name": "Backofen"}]},
        {"translations": [], "networks": networks},
    ):
        actions.revise(bakery, by=None, values=values)
        states.append(stands(bakery))
    assert [told(version) for version in versions(bakery)[: len(states)]] == states[::-1]


def test_several_changes_in_one_context_are_one_version(bakery):
    before, first = len(versions(bakery)), stands(bakery)
    with pghistory.context(url="/"):
        actions.revise(bakery, by=None, values={"contacts": MAIL, "summary": "One"})
        actions.revise(bakery, by=None, values={"contacts": {}, "summary": "Two"})
        actions.revise(bakery, by=None, values={"contacts": PHONE})
        actions.archive(bakery, by=None)
    found = versions(bakery)
    assert len(found) == before + 1
    assert found[0].verbs == (Verb.REVISE, Verb.REVISE, Verb.REVISE, Verb.ARCHIVE)
    assert [told(version) for version in found[:2]] == [stands(bakery), first]


def test_what_was_made_and_sent_in_one_context_has_one_version(theme):
    with pghistory.context(url="/"):
        made = actions.create(by=None, values={"name": "Le Four", "primary_theme": theme, "contacts": MAIL})
        actions.submit(made, by=None)
    (only,) = versions(made)
    assert only.verbs == (Verb.CREATE, Verb.SUBMIT)
    assert told(only) == stands(made)


def test_what_changed_past_the_actions_is_there_too(bakery):
    first = stands(bakery)
    Contact.objects.create(initiative=bakery, kind="email", value="a@demo.example")
    with pghistory.context(url="/admin/"):
        Initiative.objects.filter(pk=bakery.pk).update(summary="By hand")
        Translation.objects.create(initiative=bakery, language="de", name="Ofen")
    found = versions(bakery)
    assert found[0].verbs == (Verb.REVISE,)
    assert told(found[0]) == stands(bakery)
    assert told(found[1])["translations"] == []
    assert told(found[1])["row"] == first["row"]


def test_a_new_boundary_makes_no_version(bakery, rhone):
    before = len(versions(bakery))
    rhone.delete()
    place(initiatives=[bakery.pk])
    assert len(versions(bakery)) == before


def test_rows_from_before_their_context_was_kept_count_as_there_from_the_beginning(bakery):
    InitiativeTheme.objects.update(added_in=None)
    actions.revise(bakery, by=None, values={"summary": "Du pain"})
    assert [len(version.parts["themes"]) for version in versions(bakery)] == [1, 1, 1]


EDIT = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["Le Four", "La Miche", "Le Fournil"]),
        "summary": st.sampled_from(["", "Du pain", "Du bon pain"]),
        "tags": st.sampled_from([[], ["pain"], ["pain", "four"]]),
        "position": st.sampled_from([Point(4.8, 45.7, srid=4326), Point(5.1, 45.9, srid=4326)]),
        "precision": st.sampled_from(["exact", "region"]),
        "contacts": st.sampled_from([{}, MAIL, PHONE, MAIL | PHONE]),
        "translations": st.lists(
            st.fixed_dictionaries(
                {
                    "language": st.sampled_from(["de", "es"]),
                    "name": st.sampled_from(["", "Ofen"]),
                    "summary": st.just(""),
                    "description": st.just(""),
                }
            ),
            max_size=2,
            unique_by=lambda row: row["language"],
        ),
        "theme_slugs": st.lists(st.sampled_from(["repair-cafes", "food-agriculture"]), unique=True),
    },
)


@pytest.mark.django_db
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(edits=st.lists(EDIT, min_size=1, max_size=6))
def test_every_version_is_what_stood_there(edits):
    made = InitiativeFactory(name="Le Fournil", contacts=MAIL)
    states = [stands(made)]
    for edit in edits:
        slugs = edit.pop("theme_slugs", None)
        values = edit if slugs is None else edit | {"themes": list(Theme.objects.filter(slug__in=slugs))}
        actions.revise(made, by=None, values=values)
        states.append(stands(made))
    assert [told(version) for version in versions(made)] == states[::-1]


def test_a_version_takes_a_fixed_number_of_statements(bakery):
    def statements() -> int:
        with counted() as asked:
            versions(bakery)
        return len(asked)

    few = statements()
    for number in range(10):
        actions.revise(
            bakery, by=None, values={"summary": f"Line {number}", "contacts": [MAIL, {}][number % 2]}
        )
    assert statements() == few <= 17


# ── Texts ───────────────────────────────────────────────────────────────────────────────────────


def marked(before: str, after: str) -> str:
    """A text with marks around what was taken away and what came."""
    marks = {"same": "{}", "removed": "[-{}-]", "added": "[+{}+]"}
    return "".join(marks[piece.kind].format(piece.text) for piece in comparing.pieces(before, after))


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("Du bon pain", "Du pain", "Du [-bon -]pain"),
        ("", "Du pain", "[+Du pain+]"),
        ("Du pain", "", "[-Du pain-]"),
        ("Un four, du pain.", "Un four. Du pain.", "Un four[-, du-][+. Du+] pain."),
        ("a\n\nb", "a\n\nc", "a\n\n[-b-][+c+]"),
    ],
)
def test_words_that_went_and_came_are_marked(before, after, shown):
    assert marked(before, after) == shown


@given(before=st.text(), after=st.text())
def test_a_marked_text_holds_both(before, after):
    found = comparing.pieces(before, after)
    assert "".join(piece.text for piece in found if piece.kind != "added") == before
    assert "".join(piece.text for piece in found if piece.kind != "removed") == after


def test_a_text_made_to_take_long_does_not():
    words = [f"{number:02x}" for number in range(50)] * 130
    shown = comparing.pieces("x " + " ".join(sorted(words)), "y " + " ".join(sorted(words, reverse=True)))
    assert len(shown) < 6


@pytest.mark.django_db
def test_the_first_version_names_whoever_made_it():
    author = MemberFactory(public_name="Ada")
    made = actions.create(by=author, values={"name": "Le Four"}, reason="A new one")
    (only,) = versions(made)
    assert (only.by, only.reason) == (author, "A new one")
    author.delete()
    (only,) = versions(made)
    assert only.by is None
