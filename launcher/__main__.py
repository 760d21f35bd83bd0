"""python3 -m launcher VERB: the one entry; must parse on old Pythons to tell them so."""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Social Planet needs Python 3.11 or newer, this is "
        + sys.version.split()[0]
        + ": name a newer one, for example make PYTHON=python3.12"
    )

try:
    from launcher.verbs import main

    status = main(sys.argv[1:])
except KeyboardInterrupt:
    # Before the signals are ours.
    status = 130
sys.exit(status)
