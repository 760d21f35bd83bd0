#!/usr/bin/env python3
"""Django's command line, inside the set-up that `make run` makes."""

import os
import sys


def main() -> None:
    """Enter .venv, join the private database when none is given, and run the command."""
    if sys.version_info < (3, 11):
        sys.exit(
            f"manage.py needs Python 3.11 or newer, this is {sys.version.split()[0]} ({sys.executable})."
        )
    from launcher import django

    django.enter(sys.argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geoportal.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
