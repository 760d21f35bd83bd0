"""Web addresses in forms of the administration: one typed without a scheme is https."""

from django.db import models

ASSUME_HTTPS = {models.URLField: {"assume_scheme": "https"}}
