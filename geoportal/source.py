"""The source of the running version, for whoever uses it (AGPL-3.0, section 13)."""

import io
import tarfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

# Named one by one, so that nothing private that lies beside them is ever handed out.
PARTS = (
    "campaigns",
    "community",
    "docs",
    "fixtures",
    "geo",
    "geoportal",
    "importers",
    "initiatives",
    "launcher",
    "locale",
    "static",
    "templates",
    "territories",
    "tests",
    "vocabulary",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "manage.py",
    "pyproject.toml",
    "requirements.txt",
    "requirements-dev.txt",
)


def _wanted(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    name = Path(entry.name).name
    # What is hidden is somebody's own: `.env`, the notes of an editor.
    if name == "__pycache__" or name.endswith((".pyc", ".mo")) or name.startswith("."):
        return None
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry


def archive(root: Path) -> Iterator[bytes]:
    """A gzipped tar of the project below `root`, a part at a time."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        for part in PARTS:
            if (root / part).exists():
                tar.add(root / part, arcname=f"social-planet/{part}", filter=_wanted)
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


@login_not_required
@require_safe
def download(request: HttpRequest) -> StreamingHttpResponse:
    """The project as a file."""
    answer = StreamingHttpResponse(archive(settings.BASE_DIR), content_type="application/gzip")
    answer["Content-Disposition"] = 'attachment; filename="social-planet.tar.gz"'
    return answer
