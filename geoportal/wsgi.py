"""Entry for the web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geoportal.settings.base")

django = get_wsgi_application()

# Its modules need the applications that Django has just set up.
from .shortcut import Shortcut  # noqa: E402

application = Shortcut(django)
