"""Cleans one record: texts become values of the house; a bad value is a warning, a bad row refused."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_noop as _

from initiatives.enums import Precision, Reach
from initiatives.phones import country_of, normalise_phone
from initiatives.validators import validate_opening_hours

from .cells import Texts
from .hours import as_osm
from .licences import Licences
from .mapping import Mapping
from .phrases import Phrase, PhraseError, longer, phrase
from .pictures.values import PHOTOS, pictures_of
from .places.countries import Countries
from .places.postcodes import fits, padded
from .places.whereabouts import Whereabouts
from .records import LONGEST_KEY, Draft
from .telephones import first_number, tells_country
from .text import as_text, fold, html_to_text, is_empty, lines, listed, one_line, shortened
from .themes import Theme, ThemeGuesser
from .theming import ThemeFinder
from .transforms import YEAR
from .translating import DESCRIPTION, NAME, SUMMARY, translations_of
from .websites import PAGE, normal_url

LONGEST = {"street": 200, "postcode": 20, "locality": 120, "opening_hours": 400, "email": 254}
# Of what an initiative may have several of.
LONGEST_OF_SEVERAL, MOST = {"tags": 60, "labels": 80}, 40
UNKNOWN_THEME = _("no theme known for this value")
UNKNOWN_WAITS = _("no theme known for this value: waits for review")
UNKNOWN_BESIDE = _("no theme known for this value; others beside it are known")
HOURS = _("expected the syntax of OpenStreetMap, such as Mo-Fr 09:00-18:00")
SHORTENED = _("longer than %(most)s characters: shortened")
TOO_MANY = _("expected at most %(most)s of at most %(longest)s characters")
FORBIDDEN = _("%(forbids)s: expected a licence under which data may be used again")
LANGUAGE = re.compile(r"^[a-z]{2,3}$")
# A letter or a digit of any script.
LETTER = re.compile(r"[^\W_]")
# Most are such, and need no second look.
PLAIN_EMAIL = re.compile(
    r"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,4}[a-z]{2,20}"
)


@dataclass(frozen=True)
class Words:
    """What the house knows of words, as plain values: read from the tables by words.py."""

    countries: list[tuple[str, dict[str, str]]]
    themes: list[Theme]
    legal_forms: dict[tuple[str, str], int]
    licences: list[tuple[str, str, int]]
    # Of the country by which rows are read that name none: WKB, in degrees.
    outline: bytes = b""


class Cleaner:
    """Holds what a run needs to read values: countries, themes, legal forms. It asks the database nothing."""

    def __init__(self, mapping: Mapping, words: Words, licence: int | None = None) -> None:
        """`licence`: the key of that of records which name none themselves."""
        self._given = mapping, words, licence
        self.mapping = mapping
        self.texts = Texts(mapping)
        self.countries = Countries(words.countries)
        self.whereabouts = Whereabouts(mapping, self.countries, words.outline)
        self.finder = ThemeFinder(mapping, ThemeGuesser(words.themes, mapping.themes.values))
        self.theme_ids = {theme.slug: theme.pk for theme in words.themes}
        self.legal_forms = words.legal_forms
        self.licences = Licences(words.licences)
        self.licence = self.licences.of_code(mapping.defaults.get("licence", "")) or licence

    def __reduce__(self) -> tuple:
        """Another process makes one of the same."""
        return Cleaner, self._given

    def clean(self, draft: Draft) -> None:
        """Fill the draft's row; position and key are not its task."""
        self._skip(draft)
        if draft.refused:
            return
        self._texts(draft)
        if draft.refused:
            return
        self._address(draft)
        self._contacts(draft)
        self._facts(draft)
        self._themes(draft)

    def _skip(self, draft: Draft) -> None:
        for column, values in self.mapping.skip.items():
            value = as_text(draft.raw.values.get(column)).strip()
            if fold(value) in {fold(one) for one in values}:
                draft.refuse(column, value, _("left out, as the mapping says"))

    def _texts(self, draft: Draft) -> None:
        row, texts = draft.row, draft.texts
        row.name = one_line(html_to_text(texts.get("name", "")))
        if not LETTER.search(row.name):
            draft.refuse("name", row.name, _("no name"))
        elif len(row.name) > NAME:
            draft.refuse("name", row.name, longer(row.name, NAME))
        summary = one_line(html_to_text(texts.get("summary", "")))
        description = lines(html_to_text(texts.get("description", "")))
        if len(summary) > SUMMARY:
            description = description or summary
            draft.warn("summary", summary, phrase(SHORTENED, most=SUMMARY))
        if len(description) > DESCRIPTION:
            draft.warn("description", description, phrase(SHORTENED, most=DESCRIPTION))
        row.summary, row.description = shortened(summary, SUMMARY), shortened(description, DESCRIPTION)
        language = texts.get("language", "").strip().lower()[:3] or self.mapping.defaults.get("language", "")
        if language and not LANGUAGE.match(language):
            draft.warn("language", language, _("expected a language code such as fr"))
            language = ""
        row.description_language = language

    def _short(self, draft: Draft, name: str) -> str:
        text = draft.texts.get(name, "")
        if text and len(text := one_line(text)) > LONGEST[name]:
            draft.warn(name, text, longer(text, LONGEST[name]))
            return ""
        return text

    def _address(self, draft: Draft) -> None:
        row = draft.row
        country = draft.texts.get("country", "")
        code = self.countries.code(country) if country else ""
        if country and not code:
            draft.warn("country", country, _("expected a country's name or its code of two letters"))
        draft.texts, row.country = self.whereabouts.apart(draft.texts, code)
        row.street, row.locality = self._short(draft, "street"), self._short(draft, "locality")
        row.postcode = padded(self._short(draft, "postcode"), row.country)
        draft.read_as = self.whereabouts.read_as(row.country, row.postcode, draft)

    def _contacts(self, draft: Draft) -> None:
        row, texts = draft.row, draft.texts
        email = texts.get("email", "").strip().removeprefix("mailto:").split(";")[0].strip()
        if email:
            try:
                if not PLAIN_EMAIL.fullmatch(email):
                    validate_email(email)
                row.email = self._short(draft, "email") and email
            except ValidationError:
                draft.warn("email", email, _("expected an e-mail address"))
        phone = first_number(texts.get("phone", ""))
        if phone:
            try:
                row.phone = normalise_phone(phone, draft.read_as)
                told = country_of(row.phone) if not row.country and tells_country(phone) else ""
                if told and fits(row.postcode, told):
                    draft.read_as = told
            except ValueError:
                draft.warn("phone", phone, _("expected a telephone number, with country code or a country"))
        website = texts.get("website", "").strip()
        if website:
            try:
                row.website = normal_url(website)
            except PhraseError as error:
                draft.warn("website", website, error.phrase)

        page = as_text(draft.raw.values.get(self.mapping.url)) if self.mapping.url else ""
        if not is_empty(page):
            try:
                row.url = normal_url(page, PAGE)
            except PhraseError as error:
                draft.warn("url", page, error.phrase)

    def _facts(self, draft: Draft) -> None:
        row, texts = draft.row, draft.texts
        founded = texts.get("founded", "")
        if founded:
            year = YEAR.search(founded)
            row.founded = int(year[1]) if year else None
            if not year:
                draft.warn("founded", founded, _("expected a year"))
        hours = self._short(draft, "opening_hours")
        if hours:
            try:
                validate_opening_hours(hours)
                row.opening_hours = hours
            except ValidationError:
                row.opening_hours = as_osm(hours, draft.read_as)
            if not row.opening_hours:
                draft.warn("opening_hours", hours, HOURS)
        row.tags = self._several(draft, "tags")
        row.labels = self._several(draft, "labels")
        row.languages = self._languages(draft)
        row.reach = texts.get("reach", "").strip()
        if row.reach and row.reach not in Reach.values:
            draft.warn(
                "reach", row.reach, phrase(_("expected one of %(known)s"), known=", ".join(Reach.values))
            )
            row.reach = ""
        if form := fold(texts.get("legal_form", "")):
            row.legal_form = self.legal_forms.get((draft.read_as, form)) or self.legal_forms.get(("", form))
        # As keys are read: whatever stands inside one tells it from others.
        row.parent = texts.get("parent", "").strip()
        if len(row.parent) > LONGEST_KEY:
            draft.warn("parent", row.parent, longer(row.parent, LONGEST_KEY))
            row.parent = ""
        self._licence(draft)
        if translated := texts.get("translations", ""):
            row.translations, missed = translations_of(translated, row.description_language)
            for why in missed:
                draft.warn("translations", translated, why)
        if named := texts.get(PHOTOS, ""):
            self._pictures(draft, named)
        row.precision = draft.raw.precision or self.mapping.defaults.get("precision", Precision.EXACT)

    def _licence(self, draft: Draft) -> None:
        """That of the record, else of the file; a record that may not be published again is refused."""
        text = draft.texts.get("licence", "")
        draft.row.licence, forbids = self.licences.read(text) if text else (self.licence, "")
        if forbids:
            draft.refuse("licence", text, phrase(FORBIDDEN, forbids=Phrase(forbids)))
        elif text and draft.row.licence is None:
            draft.warn("licence", text, _("not recognised: no licence is kept with this record"))

    def _pictures(self, draft: Draft, named: str) -> None:
        """Whether there are any that can be taken; they are fetched once the record is written."""
        found, missed = pictures_of(named, self.licences)
        for value, why in missed:
            draft.warn(PHOTOS, value, why)
        if found:
            draft.beside.append(PHOTOS)

    def _several(self, draft: Draft, name: str) -> list[str]:
        text = draft.texts.get(name, "")
        if not text:
            return []
        longest = LONGEST_OF_SEVERAL[name]
        kept, is_whole = listed(text, longest, MOST)
        if not is_whole:
            draft.warn(name, text, phrase(TOO_MANY, most=MOST, longest=longest))
        return list(kept)

    def _languages(self, draft: Draft) -> list[str]:
        text = draft.texts.get("languages", "")
        if not text:
            return []
        codes = dict.fromkeys(part.strip().lower() for part in re.split(r"[;|,\s]+", text) if part.strip())
        known = [code for code in codes if LANGUAGE.match(code)]
        if len(known) < len(codes):
            draft.warn("languages", text, _("expected language codes such as fr; de"))
        return known[:MOST]

    def _themes(self, draft: Draft) -> None:
        found = self.finder.find(draft.raw.values, draft.texts, draft.row.name)
        if not found.slugs:
            if self.mapping.guessed:
                # Nobody said how to read the file: somebody looks at what it does not say.
                draft.warn(
                    "themes", found.came, UNKNOWN_WAITS if found.came else _("no theme: waits for review")
                )
            else:
                draft.refuse("themes", found.came, UNKNOWN_THEME if found.came else _("no theme"))
            return
        for part in found.unknown:
            draft.warn("themes", part, UNKNOWN_BESIDE)
        for answer in found.odd:
            draft.warn("themes", answer, _("expected yes or no"))
        if found.why:
            draft.warn("themes", found.came or draft.row.name, found.why)
        draft.row.themes = [self.theme_ids[slug] for slug in found.slugs]
        draft.row.primary_theme = draft.row.themes[0]
