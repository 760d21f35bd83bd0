"""What a run writes down of the pictures that its records name; the worker fetches them afterwards."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from procrastinate.contrib.django import app

from initiatives import bulk

from .. import words
from ..cells import Texts
from ..licences import Licences
from ..mapping import Mapping
from ..models import ImportRun
from .forgetting import forget
from .models import AwaitedPicture
from .values import PHOTOS, pictures_of

FETCH = "fetch_pictures"
HEAP = 1_000


def await_pictures(run: ImportRun, mapping: Mapping) -> None:
    """Note the pictures of what was added or changed just now, in the caller's transaction; of other files nothing."""
    if PHOTOS not in mapping.fields:
        return
    made = _made(run, mapping)
    awaits = False
    while heap := list(islice(made, HEAP)):
        # The source says otherwise now: what is still awaited of an earlier run does not come.
        earlier = AwaitedPicture.objects.awaited().exclude(run=run)
        forget(earlier.filter(initiative__in={one.initiative_id for one in heap}))
        AwaitedPicture.objects.bulk_create(heap)
        awaits = True
    if awaits:
        app.configure_task(FETCH).defer()


def _made(run: ImportRun, mapping: Mapping) -> Iterator[AwaitedPicture]:
    texts = Texts(replace(mapping, fields={PHOTOS: mapping.fields[PHOTOS]}))
    licences = Licences(words.licences())
    for row, initiative, raw in bulk.giving(PHOTOS):
        # What is wrong with them was told when the record was cleaned.
        found, _missed = pictures_of(texts.of(raw).get(PHOTOS, ""), licences)
        for order, one in enumerate(found):
            yield AwaitedPicture(
                run=run,
                initiative_id=initiative,
                row=row,
                order=order,
                address=one.address,
                alt=one.alt,
                credit=one.credit,
                licence_id=one.licence,
            )
