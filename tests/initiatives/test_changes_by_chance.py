"""Whatever verbs follow on one another, a copy that follows them is the export, and so are the pages of all."""

import io
import json
from contextlib import suppress

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from community.models import Group
from importers.models import ImportRun
from initiatives import actions
from initiatives.groups import actions as groups
from initiatives.merging import actions as merging
from initiatives.models import Exchange, Initiative, Merge, Network
from initiatives.workflow import TransitionRefusedError as WorkflowError
from tests.factories import ExchangeFactory, InitiativeFactory, MemberFactory
from vocabulary.exchange import CATEGORIES, Kind

from .following import Copy, exported, listed

pytestmark = pytest.mark.django_db(transaction=True)
VERBS = (
    "publish",
    "draft",
    "archive",
    "restore",
    "revise",
    "merge",
    "split",
    "import",
    "undo",
    "rename",
    "erase",
    "name",
    "hide",
    "offer",
    "end",
    "hand",
)
REFUSED = (ValidationError, WorkflowError, PermissionDenied, CommandError, SystemExit)
RECORDS = (
    "id;name;lat;lon;theme\n1;Le Fournil;45.76;4.83;co-housing\n2;La Remise {0};45.75;4.85;repair-cafes\n"
)


def one(number: int, **found) -> Initiative | None:
    """Some initiative, or None where there is none."""
    rows = list(Initiative.objects.filter(**found).order_by("pk"))
    return rows[number % len(rows)] if rows else None


def do(verb: str, number: int, file) -> None:
    """A verb, if there is something that it can be done to."""
    by = MemberFactory(is_superuser=True)
    shown, archived = one(number, status="published"), one(number, status="archived")
    if verb in ("publish", "draft"):
        InitiativeFactory(name=f"{verb} {number}", published=verb == "publish")
    elif verb == "archive" and shown:
        actions.archive(shown, by=None)
    elif verb == "restore" and archived and not Merge.objects.open().filter(merged=archived).exists():
        actions.restore(archived, by=None)
    elif verb == "revise" and shown:
        actions.revise(shown, by=None, values={"founded": 1950 + number})
    elif verb == "merge":
        other = one(number + 1, status="published")
        if shown and other and shown != other:
            merging.merge(other, into=shown, by=by)
    elif verb == "split" and (merge := Merge.objects.open().order_by("pk").last()):
        merging.split(merge, by=by)
    elif verb == "import":
        file.write_text(RECORDS.format(number))
        call_command("import_initiatives", file, network="grain-commun", write=True, stdout=open_nowhere())
    elif verb == "undo" and (run := ImportRun.objects.order_by("pk").last()):
        call_command("undo_import", run.pk, stdout=open_nowhere())
    elif verb == "rename":
        Network.objects.update(slug=f"grain-{number}")
        Network.objects.update(slug="grain-commun")
        Network.objects.update(website=f"https://{number}.example")
    elif verb == "name" and shown:
        group, _is_new = Group.objects.get_or_create(
            slug="ovens", defaults={"name": "Ovens", "language": "en"}
        )
        groups.name_group(shown, group=group, by=None)
    elif verb == "hide":
        Group.objects.update(kind="private" if number % 2 else "open")
    elif verb == "offer" and shown:
        ExchangeFactory(initiative=shown, kind=Kind.values[number % 2], category=list(CATEGORIES)[number % 8])
    elif verb == "end" and (open_one := Exchange.objects.filter(status="open").order_by("pk").last()):
        Exchange.objects.filter(pk=open_one.pk).update(status="expired", ended_at=timezone.now())
    elif verb == "hand" and shown:
        Exchange.objects.filter(status="open").update(initiative=shown)
    elif verb == "erase" and shown:
        shown.delete()


def open_nowhere():
    """What commands say is not looked at here."""
    return io.StringIO()


STEPS = st.lists(
    st.tuples(st.sampled_from(VERBS), st.integers(0, 60), st.booleans()), min_size=4, max_size=10
)


def test_a_copy_follows_whatever_happens(network, bakery, tmp_path):
    early = Copy().follow()

    @settings(
        max_examples=5,
        deadline=None,
        database=None,
        derandomize=True,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(steps=STEPS)
    def happen(steps):
        begun = Copy()
        for verb, number, reads in steps:
            # What is refused leaves nothing behind, and so nothing to be told.
            with suppress(*REFUSED), transaction.atomic():
                do(verb, number, tmp_path / "records.csv")
            if reads:
                begun.step()
                early.step()
                assert listed() == exported(), json.dumps(steps)
        assert begun.follow().features == early.follow().features == exported() == listed(), json.dumps(steps)

    happen()
