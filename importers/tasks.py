"""Work of the background worker that concerns imports."""

from procrastinate.contrib.django import app

from . import actions, regular
from .boundaries import actions as boundaries


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
