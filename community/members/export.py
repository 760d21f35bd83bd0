"""All that the site holds of a member, as one file to take away."""

import io
import json
import zipfile

from django.core.serializers.json import DjangoJSONEncoder

from .belongings import registered
from .models import Member


def archive(member: Member) -> bytes:
    """A zip with a JSON file of each room; small, as it holds words alone."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for belonging in registered():
            text = json.dumps(belonging.given(member), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
            packed.writestr(belonging.file, text)
    return buffer.getvalue()
