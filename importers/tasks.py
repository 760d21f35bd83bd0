"""Work of the background worker that concerns imports."""

from procrastinate.contrib.django import app

from . import actions, regular
from .boundaries import actions as boundaries
from .pictures import coming
from .pictures.awaiting import FETCH


@app.task(name=actions.LOOK)
def look_at_import(run: int) -> None:
    """Read a file that was handed in, without writing."""
    actions.look(run)


@app.task(name=actions.WRITE)
def write_import(run: int, even_so: bool = False) -> None:
    """Write a run that somebody decided on."""
    actions.write_now(run, even_so=even_so)


@app.task(name=boundaries.LOOK)
def look_at_boundaries(run: int) -> None:
    """Read boundaries that were handed in, without writing."""
    boundaries.look(run)


@app.task(name=boundaries.WRITE)
def write_boundaries(run: int) -> None:
    """Write boundaries that somebody decided on."""
    boundaries.write_now(run)


@app.task(name=FETCH)
def fetch_pictures() -> None:
    """Fetch pictures that imports wait for."""
    coming.fetch_due()


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="fetch_awaited_pictures", pass_context=False)
def fetch_awaited_pictures(timestamp: int) -> None:
    """Try again to fetch pictures that could not be had, every five minutes."""
    coming.fetch_due()


@app.periodic(cron="27 1 * * *")
@app.task(queueing_lock="read_regular_sources", pass_context=False)
def read_regular_sources(timestamp: int) -> None:
    """Read the addresses that are due, once a night."""
    regular.read_due()


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="give_up_lost_imports", pass_context=False)
def give_up_lost_imports(timestamp: int) -> None:
    """Say of runs whose worker died that they failed, once an hour."""
    regular.give_up_lost()
