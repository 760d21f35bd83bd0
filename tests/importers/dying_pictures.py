"""A worker in a process of its own that dies fetching: `python -m tests.importers.dying_pictures STAGE MEDIA`."""

import os
import signal
import sys

import django
from django.conf import settings


def main() -> None:
    """Die by SIGKILL after a stage."""
    stage, settings.MEDIA_ROOT = sys.argv[1:]
    django.setup()
    from importers.pictures import coming
    from initiatives.models import Photo

    place, name = {
        "taken": (coming, "_taken"),
        "drawn": (coming, "_drawn"),
        "stored": (Photo, "save"),
        "written": (coming, "_write"),
    }[stage]
    plain = getattr(place, name)

    def struck(*given, **more):
        plain(*given, **more)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(place, name, struck)
    coming.fetch_due()


if __name__ == "__main__":
    main()
