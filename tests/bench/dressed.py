"""The site with its files as visitors get them: the content in their names, packed ahead."""

from geoportal.settings import base

from .settings import *  # noqa: F403

STORAGES = base.STORAGES
STATIC_ROOT = base.VAR_DIR / "bench" / "static"
