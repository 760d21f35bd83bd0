"""The set of data as schema.org has it, for search engines that look for data."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

from vocabulary.models import Licence

from ..describing import as_script
from ..exporting.formats import FORMATS
from ..models import Snapshot
from ..snapshots import reading
from . import texts


def json_ld(newest: Snapshot | None) -> dict[str, Any]:
    """The whole as a Dataset, with the files of the newest snapshot if there is one."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{settings.SITE_URL}/catalog.ttl#initiatives",
        "name": texts.title(),
        "description": texts.description(),
        "url": f"{settings.SITE_URL}{reverse('data')}",
        "keywords": texts.KEYWORDS,
        "license": Licence.objects.filter(code=settings.DATA_LICENCE).values_list("url", flat=True).first()
        or settings.DATA_LICENCE,
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": texts.publisher(), "url": f"{settings.SITE_URL}/"},
        "spatialCoverage": {"@type": "Place", "name": "Europe"},
        "distribution": [
            _download(format.media_type, f"{settings.SITE_URL}{reverse(f'export_{format.suffix}')}")
            for format in FORMATS.values()
        ],
    }
    if newest:
        data["version"] = newest.label
        data["temporalCoverage"] = newest.label
        data["distribution"] += [
            {
                **_download(file["media_type"], reading.address(newest.label, file["name"])),
                "contentSize": f"{file['bytes']} B",
                "sha256": file["sha256"],
            }
            for file in newest.files
            if file["name"].startswith("initiatives.")
        ]
    return data


def _download(media_type: str, address: str) -> dict[str, str]:
    return {
        "@type": "DataDownload",
        "encodingFormat": media_type.partition(";")[0],
        "contentUrl": address,
    }


def script(newest: Snapshot | None) -> SafeString:
    """The same as a script element."""
    return as_script(json_ld(newest))
