"""What tests of pictures share: a server that has some, and an export of ours that names them."""

import csv
import io
import json
from http.server import BaseHTTPRequestHandler
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, PngImagePlugin

from importers.models import AwaitedPicture
from initiatives.models import Initiative, Photo
from tests.worker import work

SECRET = "taken at home"


def drawn(colour: str = "red", form: str = "PNG") -> bytes:
    """The file of a small picture that tells more than it shows."""
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", SECRET)
    file = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(file, form, pnginfo=words)
    return file.getvalue()


class Gallery(BaseHTTPRequestHandler):
    """Answers by what its path asks for."""

    asked: list[str] = []
    status = 503

    def do_GET(self):
        """A picture, in several manners."""
        self.asked.append(self.path)
        body, headers, status = drawn(), {}, 200
        match self.path.strip("/").split("/")[0]:
            case "gone":
                status = 404
            case "page":
                body = b"<!DOCTYPE html><html><title>Garden</title>"
            case "half":
                body = body[: len(body) // 2]
            case "gif":
                file = io.BytesIO()
                Image.new("RGB", (4, 3)).save(file, "GIF")
                body = file.getvalue()
            case "inside":
                status, headers, body = 302, {"Location": "http://169.254.169.254/latest"}, b""
            case "huge":
                headers = {"Content-Length": str(13 * 1024**2)}
            case "away":
                status = self.status
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_given):
        """Quietly."""


def one(address: str, alt: str = "An oven", licence: str | None = "CC0-1.0", **more) -> dict:
    """A picture as an export names it."""
    return {"url": address, "alt": alt, "credit": None, "licence": licence, **more}


def exported(client) -> dict[str, str]:
    """The row of the one initiative that is there, as our CSV has it."""
    text = b"".join(client.get("/exports/initiatives.csv").streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    return row


def written(path: Path, row: dict[str, str], photos: object, **changed: str) -> Path:
    """That row as a file, with other pictures; a text stands there as it is."""
    told = photos if isinstance(photos, str) else json.dumps(photos, ensure_ascii=False)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, row)
        writer.writeheader()
        writer.writerow({**row, "photos": told, **changed})
    return path


def stored(name: str) -> str:
    """Lay a picture into the storage; its address."""
    return f"/media/{default_storage.save(name, ContentFile(drawn()))}"


def fetched() -> list[tuple[str, int]]:
    """(state, tries) of each picture once the worker did what is due."""
    work("fetch_pictures")
    return list(AwaitedPicture.objects.values_list("state", "tries"))


def shown() -> list[tuple[str, str, str]]:
    """(alt, credit, licence) of the pictures of the one initiative that is there."""
    return list(Initiative.objects.get().photos.values_list("alt", "credit", "licence__code"))


def files(folder: Path) -> list[str]:
    """Names of all pictures in the storage."""
    return sorted(path.name for path in (folder / "photos").glob("*"))


def lonely(folder: Path) -> set[str]:
    """Files that no picture has, and pictures without a file."""
    return {f"photos/{name}" for name in files(folder)} ^ set(Photo.objects.values_list("image", flat=True))
