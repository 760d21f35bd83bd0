"""Files that only a view gives out, after it has asked who may have them."""

import os

from django.conf import settings
from django.core.files.storage import FileSystemStorage


class PrivateStorage(FileSystemStorage):
    """Files that no address leads to, in the folder that the settings name."""

    base_url = None

    @property
    def base_location(self) -> str:
        """As it is now: each test has a folder of its own."""
        return str(settings.ATTACHMENTS_ROOT)

    @property
    def location(self) -> str:
        """The whole path."""
        return os.path.abspath(self.base_location)  # noqa: PTH100
