"""Entry for the web server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geoportal.settings.base")

django = get_wsgi_application()

# Its modules need the applications that Django has just set up.
from .shortcut import Shortcut  # noqa: E402

application = Shortcut(django)

# What the applications hold stays as long as the process: to look through it for garbage again and again took a
# good part of the time of a page of Features.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)
