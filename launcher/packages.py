"""The step that makes the machine ready."""

from launcher import distribution, needs
from launcher.apt import Apt, names
from launcher.errors import Trouble
from launcher.paths import Checkout


def ensure(checkout: Checkout, *, database: bool, browser_tests: bool) -> None:
    """Install what is missing; no package manager is called when nothing is."""
    apt = Apt(checkout)
    missing = needs.missing(checkout, database=database, browser_tests=browser_tests)
    if missing or apt.was_interrupted:
        if distribution.is_ubuntu() and any("chromium" in need.packages for need in missing):
            raise Trouble(
                "The browser tests need a Chromium or Chrome (Ubuntu's own is a snap, which they cannot drive): "
                "install one and name it, for example CHROMIUM=/usr/bin/google-chrome."
            )
        apt.install(missing)
        still = needs.missing(checkout, database=database, browser_tests=browser_tests)
        if still:
            raise Trouble(f"Still missing after the installation: {names(still)} (log: {apt.log})")
