"""A paper of one page to hang up: what stands in a campaign, how and until when it can be liked, a code to scan."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from .cards import opened
from .drawing import hues, strokes
from .drawing.letters import Face, Fitted, drawable, fitted
from .facts import Facts

WIDTH, HEIGHT = A4
MARGIN, BAND, SIDE, CODE = 48, 64, 232, 168
# The lower part, with the code.
FLOOR = 246
INK, PALE, WHITE = "ink", "ink-2", hues.WHITE
# Dots for an inch of paper that a printer can show.
DOTS = 150


@dataclass(frozen=True)
class Call:
    """What whoever reads the paper may do, in words, and the address that counts where they come from."""

    heading: str
    steps: tuple[str, ...]
    until: str
    pitch: str
    link: str
    # The same without what is counted, to be typed.
    address: str


@cache
def _faces() -> None:
    """Make the letters known to the library, once."""
    for face in Face:
        registerFont(TTFont(face, str(face.path)))


def poster(facts: Facts, call: Call) -> bytes:
    """The page as PDF; its text can be read and found."""
    _faces()
    written = io.BytesIO()
    # Nothing of the moment or the machine is in it.
    canvas = Canvas(written, pagesize=A4, invariant=1, lang=facts.language)
    canvas.setTitle(f"{facts.name} – {facts.title}")
    canvas.setAuthor(settings.SITE_NAME)
    canvas.setSubject(facts.words)
    _head(canvas, facts)
    _middle(canvas, facts, call)
    _foot(canvas, facts, call)
    canvas.showPage()
    canvas.save()
    return written.getvalue()


def _measure(face: Face):
    return lambda text, size: stringWidth(text, face, size)


def _fit(text: str, face: Face, width: float, height: float, sizes: Sequence[float]) -> Fitted:
    return fitted(drawable(text, face), _measure(face), width, height, sizes)


def _fill(canvas: Canvas, hue: hues.Hue | str) -> None:
    red, green, blue = hues.token(hue) if isinstance(hue, str) else hue
    canvas.setFillColorRGB(red / 255, green / 255, blue / 255)


def _stroke(canvas: Canvas, hue: hues.Hue, wide: float) -> None:
    canvas.setStrokeColorRGB(*(part / 255 for part in hue))
    canvas.setLineWidth(wide)


def _write(canvas: Canvas, shown: Fitted, face: Face, x: float, top: float, hue: hues.Hue | str) -> float:
    """Lines from the top down; where they end."""
    _fill(canvas, hue)
    canvas.setFont(face, shown.size)
    for number, line in enumerate(shown.lines):
        canvas.drawString(x, top - shown.size - number * shown.leading, line)
    return top - shown.height


def _head(canvas: Canvas, facts: Facts) -> None:
    """The campaign and the site; below, the picture or the colour of the theme."""
    _fill(canvas, hues.of_accent(facts.accent))
    canvas.rect(0, HEIGHT - BAND, WIDTH, BAND, stroke=0, fill=1)
    name = _fit(settings.SITE_NAME, Face.TITLE, 130, BAND, (18, 15, 12, 9))
    left = WIDTH - MARGIN - max(stringWidth(line, Face.TITLE, name.size) for line in name.lines)
    middle = HEIGHT - BAND / 2
    _write(canvas, name, Face.TITLE, left, middle + name.height / 2, WHITE)
    _ring(canvas, left - 22, middle, 11, WHITE)
    _fill(canvas, WHITE)
    canvas.circle(left - 22, middle, 2.6, stroke=0, fill=1)
    title = _fit(facts.title, Face.STRONG, left - 44 - 2 * MARGIN, BAND - 16, (19, 17, 15, 13, 11, 9))
    _write(canvas, title, Face.STRONG, MARGIN, middle + title.height / 2, WHITE)
    icon, bottom = facts.themes[0][0], HEIGHT - BAND - SIDE
    size = (round(WIDTH * DOTS / 72), round(SIDE * DOTS / 72))
    picture = opened(facts.picture, size)
    if picture is not None:
        jpeg = io.BytesIO()
        picture.save(jpeg, "JPEG", quality=84)
        canvas.drawImage(ImageReader(jpeg), 0, bottom, WIDTH, SIDE)
        credit = _fit(facts.credit, Face.TEXT, WIDTH / 2, 10, (7, 6))
        _write(canvas, credit, Face.TEXT, MARGIN, bottom - 2, PALE)
        return
    hue = hues.of_theme(icon)
    _fill(canvas, hues.mixed(hue, 0.13))
    canvas.rect(0, bottom, WIDTH, SIDE, stroke=0, fill=1)
    _ring(canvas, WIDTH / 2, bottom + SIDE / 2, 74, hue)
    _icon(canvas, icon, WIDTH / 2 - 38, bottom + SIDE / 2 - 38, 76, hue)


def _middle(canvas: Canvas, facts: Facts, call: Call) -> None:
    """Theme and standing, name, place, and why it stands there, in the words of whoever put it forward."""
    (icon, theme), width, top = facts.themes[0], WIDTH - 2 * MARGIN, HEIGHT - BAND - SIDE - 26
    hue = hues.of_theme(icon)
    _fill(canvas, hue)
    canvas.circle(MARGIN + 13, top - 13, 13, stroke=0, fill=1)
    _icon(canvas, icon, MARGIN + 5, top - 21, 16, WHITE)
    told = _fit(f"{theme} · {facts.line}", Face.STRONG, width - 38, 28, (13, 11, 9))
    _write(canvas, told, Face.STRONG, MARGIN + 38, top - 13 + told.height / 2, hue)
    name = _fit(facts.name, Face.TITLE, width, 132, (40, 36, 32, 28, 25, 22, 19, 17, 15))
    top = _write(canvas, name, Face.TITLE, MARGIN, top - 38, INK)
    place = _fit(facts.place, Face.TEXT, width, 18, (13, 11, 9, 8))
    top = _write(canvas, place, Face.TEXT, MARGIN, top - 4, PALE) - 10
    pitch = _fit(call.pitch, Face.TEXT, width, top - FLOOR - 14, (12, 11, 10, 9, 8))
    _write(canvas, pitch, Face.TEXT, MARGIN, top, INK)


def _foot(canvas: Canvas, facts: Facts, call: Call) -> None:
    """The code, and what to do with it."""
    accent = hues.of_accent(facts.accent)
    _fill(canvas, hues.mixed(accent, 0.08))
    canvas.rect(0, 0, WIDTH, FLOOR, stroke=0, fill=1)
    corner = FLOOR / 2 - CODE / 2
    _code(canvas, call.link, MARGIN, corner, CODE)
    left = MARGIN + CODE + 26
    width = WIDTH - left - MARGIN
    heading = _fit(call.heading, Face.TITLE, width, 54, (24, 21, 18, 15, 13))
    top = _write(canvas, heading, Face.TITLE, left, corner + CODE, accent) - 6
    for number, step in enumerate(call.steps, 1):
        shown = _fit(f"{number}. {step}", Face.TEXT, width, 36, (12, 11, 10, 9, 8))
        top = _write(canvas, shown, Face.TEXT, left, top, INK) - 3
    until = _fit(call.until, Face.STRONG, width, 34, (13, 12, 11, 10, 9, 8))
    top = _write(canvas, until, Face.STRONG, left, top - 2, INK) - 5
    _write(canvas, _fit(call.address, Face.TEXT, width, 26, (10, 9, 8, 7, 6)), Face.TEXT, left, top, PALE)


def _code(canvas: Canvas, link: str, x: float, y: float, size: float) -> None:
    """The code as squares, on white with its quiet border."""
    rows = matrix(link)
    one = size / len(rows)
    _fill(canvas, WHITE)
    canvas.rect(x, y, size, size, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
    path = canvas.beginPath()
    for row, squares in enumerate(rows):
        for column, is_dark in enumerate(squares):
            if is_dark:
                path.rect(x + column * one, y + size - (row + 1) * one, one, one)
    canvas.drawPath(path, stroke=0, fill=1)


def matrix(link: str) -> list[list[bool]]:
    """The squares of a code, its quiet border of four among them."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(link)
    code.make(fit=True)
    return code.get_matrix()


def _ring(canvas: Canvas, x: float, y: float, radius: float, hue: hues.Hue) -> None:
    _stroke(canvas, hue, radius * 0.26)
    canvas.setLineCap(0)
    for part in range(6):
        canvas.arc(x - radius, y - radius, x + radius, y + radius, 90 + 60 * part + 4, 52)


def _icon(canvas: Canvas, name: str, x: float, y: float, size: float, hue: hues.Hue) -> None:
    scale = size / strokes.SIZE
    _stroke(canvas, hue, 1.75 * scale)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    for line in strokes.icon(name):
        path = canvas.beginPath()
        path.moveTo(x + line[0][0] * scale, y + size - line[0][1] * scale)
        for across, down in line[1:]:
            path.lineTo(x + across * scale, y + size - down * scale)
        canvas.drawPath(path, stroke=1, fill=0)
