"""The picture of 1200 by 630 that other sites show beside a link to a campaign or to what stands in it."""

import io
import logging
import math
from functools import cache

from django.conf import settings
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw, ImageOps

from .drawing import hues, strokes
from .drawing.letters import Face, drawable, fitted, font, in_pixels
from .facts import Facts

log = logging.getLogger(__name__)

WIDTH, HEIGHT = 1200, 630
# The strip below, the picture at the right, and the space around the words.
BAND, SIDE, MARGIN = 112, 440, 56
TOP = HEIGHT - BAND
# Masks are drawn so much larger, and made small again.
FINE = 4
NAMES = (76, 68, 60, 54, 48, 43, 38, 34, 30, 27)
BELOW = (34, 30, 27, 24, 21)
# Six segments of the sign of the site: where each begins and ends, in degrees.
SEGMENTS = tuple((60 * part - 90 + 4, 60 * part - 30 - 4) for part in range(6))


def card(facts: Facts) -> bytes:
    """The picture as PNG."""
    image = Image.new("RGB", (WIDTH, HEIGHT), hues.token("paper"))
    if len(facts.themes) == 1:
        _picture(image, facts)
        _one(image, facts)
    else:
        _discs(image, facts)
        _words(image, facts, MARGIN)
    _band(image, facts)
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


def _one(image: Image.Image, facts: Facts) -> None:
    """The theme of an initiative above its name."""
    icon, name = facts.themes[0]
    hue, size = hues.of_theme(icon), 64
    draw = ImageDraw.Draw(image)
    disc(image, icon, (MARGIN, MARGIN), size)
    width = WIDTH - SIDE - 3 * MARGIN - size
    shown = fitted(drawable(name, Face.STRONG), in_pixels(Face.STRONG), width, size, (30, 26, 23, 20))
    for number, line in enumerate(shown.lines):
        y = MARGIN + size / 2 + (number - (len(shown.lines) - 1) / 2) * shown.leading
        draw.text((MARGIN + size + 20, y), line, hue, font(Face.STRONG, round(shown.size)), anchor="lm")
    _words(image, facts, MARGIN + size + 20)


def _words(image: Image.Image, facts: Facts, top: int) -> None:
    """Its name, as large as it fits, and where it is."""
    draw, width = ImageDraw.Draw(image), WIDTH - SIDE - 2 * MARGIN
    place = fitted(drawable(facts.place, Face.TEXT), in_pixels(Face.TEXT), width, 40, (30, 26, 23, 20))
    room = TOP - top - MARGIN / 2 - (place.height + 16 if place.lines else 0)
    name = fitted(drawable(facts.name, Face.TITLE), in_pixels(Face.TITLE), width, room, NAMES)
    y = top + max(0.0, (room - name.height) / 2)
    for line in name.lines:
        draw.text((MARGIN, y), line, hues.token("ink"), font(Face.TITLE, round(name.size)), anchor="la")
        y += name.leading
    for line in place.lines:
        draw.text(
            (MARGIN, y + 16), line, hues.token("ink-2"), font(Face.TEXT, round(place.size)), anchor="la"
        )
        y += place.leading


def _band(image: Image.Image, facts: Facts) -> None:
    """What it is in which campaign, and whose site this is, in the campaign's colour."""
    draw, middle = ImageDraw.Draw(image), TOP + BAND / 2
    draw.rectangle((0, TOP, WIDTH, HEIGHT), hues.of_accent(facts.accent))
    name = drawable(settings.SITE_NAME, Face.TITLE)
    brand = fitted(name, in_pixels(Face.TITLE), SIDE - MARGIN - 72, BAND, (34, 28, 23))
    left = round(WIDTH - MARGIN - max(font(Face.TITLE, brand.size).getlength(line) for line in brand.lines))
    for number, line in enumerate(brand.lines):
        y = middle + (number - (len(brand.lines) - 1) / 2) * brand.leading
        draw.text((left, y), line, hues.WHITE, font(Face.TITLE, brand.size), anchor="lm")
    ring = _ring(52, 10)
    image.paste(hues.WHITE, (left - 68, round(middle - 26)), ring)
    words = drawable(" · ".join(part for part in (facts.line, facts.title) if part), Face.STRONG)
    told = fitted(words, in_pixels(Face.STRONG), left - 68 - 2 * MARGIN, BAND - 24, BELOW)
    for number, line in enumerate(told.lines):
        y = middle + (number - (len(told.lines) - 1) / 2) * told.leading
        draw.text((MARGIN, y), line, hues.WHITE, font(Face.STRONG, round(told.size)), anchor="lm")


def _picture(image: Image.Image, facts: Facts) -> None:
    """The picture at the right; without one a ring in the theme's colour with its icon."""
    box, found = (WIDTH - SIDE, 0), opened(facts.picture, (SIDE, TOP))
    if found is not None:
        image.paste(found, box)
        _credit(image, facts.credit)
        return
    icon = facts.themes[0][0]
    hue = hues.of_theme(icon)
    image.paste(hues.mixed(hue, 0.13, hues.token("paper")), (*box, WIDTH, TOP))
    middle, size = WIDTH - SIDE / 2, 300
    corner = (round(middle - size / 2), round((TOP - size) / 2))
    image.paste(hue, corner, _ring(size, 26))
    mark = 140
    image.paste(hue, (round(middle - mark / 2), round((TOP - mark) / 2)), _icon(icon, mark))


def _credit(image: Image.Image, text: str) -> None:
    """Whose picture it is, small, at its foot."""
    told = fitted(drawable(text, Face.TEXT), in_pixels(Face.TEXT), SIDE - 32, 24, (16, 14, 12))
    if not told.lines:
        return
    face = font(Face.TEXT, round(told.size))
    wide = face.getlength(told.lines[0]) + 20
    draw = ImageDraw.Draw(image)
    draw.rectangle((WIDTH - wide, TOP - 28, WIDTH, TOP), hues.token("paper"))
    draw.text((WIDTH - 10, TOP - 14), told.lines[0], hues.token("ink-2"), face, anchor="rm")


def opened(name: str, size: tuple[int, int]) -> Image.Image | None:
    """A stored picture, cut to a size; None where there is none."""
    if not name:
        return None
    try:
        with default_storage.open(name) as file, Image.open(file) as picture:
            picture.draft("RGB", (2 * size[0], 2 * size[1]))
            upright = ImageOps.exif_transpose(picture)
            whole = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except OSError:
        log.warning("picture %s of a nomination cannot be read", name)
        return None
    cut = ImageOps.fit(whole, size, Image.Resampling.BICUBIC)
    if cut.mode == "RGB":
        return cut
    ground = Image.new("RGBA", size, (*hues.token("paper"), 255))
    return Image.alpha_composite(ground, cut).convert("RGB")


def _discs(image: Image.Image, facts: Facts) -> None:
    """The themes of a campaign, two in a row."""
    hue = hues.of_accent(facts.accent)
    image.paste(hues.mixed(hue, 0.1, hues.token("paper")), (WIDTH - SIDE, 0, WIDTH, TOP))
    size, gap = 72, 20
    shown = facts.themes[:10]
    rows = math.ceil(len(shown) / 2)
    for number, (icon, _name) in enumerate(shown):
        x = WIDTH - SIDE / 2 + (number % 2 - 1) * (size + gap) + gap / 2
        y = (TOP - rows * (size + gap) + gap) / 2 + number // 2 * (size + gap)
        disc(image, icon, (round(x), round(y)), size)


def disc(image: Image.Image, icon: str, corner: tuple[int, int], size: int) -> None:
    """The round mark of a theme."""
    image.paste(hues.of_theme(icon), corner, _round(size))
    inset = round(size * 0.2)
    image.paste(hues.WHITE, (corner[0] + inset, corner[1] + inset), _icon(icon, size - 2 * inset))


@cache
def _round(size: int) -> Image.Image:
    large = Image.new("L", (size * FINE, size * FINE))
    ImageDraw.Draw(large).ellipse((0, 0, size * FINE - 1, size * FINE - 1), 255)
    return large.resize((size, size), Image.Resampling.BOX)


@cache
def _ring(size: int, thick: int) -> Image.Image:
    """The sign of the site: a ring of six, and a point."""
    large = Image.new("L", (size * FINE, size * FINE))
    draw, end = ImageDraw.Draw(large), size * FINE - 1
    for begin, stop in SEGMENTS:
        draw.arc((0, 0, end, end), begin, stop, 255, thick * FINE)
    if size < 100:
        point = size * FINE * 0.12
        draw.ellipse((end / 2 - point, end / 2 - point, end / 2 + point, end / 2 + point), 255)
    return large.resize((size, size), Image.Resampling.BOX)


@cache
def _icon(name: str, size: int) -> Image.Image:
    """An icon, its lines with round ends."""
    scale = size * FINE / strokes.SIZE
    large = Image.new("L", (size * FINE, size * FINE))
    draw, wide = ImageDraw.Draw(large), 1.75 * scale
    for line in strokes.icon(name):
        points = [(x * scale, y * scale) for x, y in line]
        draw.line(points, 255, round(wide))
        for x, y in points:
            draw.ellipse((x - wide / 2, y - wide / 2, x + wide / 2, y + wide / 2), 255)
    return large.resize((size, size), Image.Resampling.BOX)
