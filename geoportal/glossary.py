"""The words of the site, each explained in a sentence without jargon."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from vocabulary.names import in_order


@dataclass(frozen=True)
class Entry:
    """A word and what it means here."""

    anchor: str
    word: str
    meaning: str


def entries() -> list[Entry]:
    """All entries in the order of the alphabet of the page's language."""
    return sorted([*_of_the_map(), *_of_the_commons()], key=lambda entry: in_order(entry.word))


def _of_the_map() -> list[Entry]:
    return [
        Entry(
            "sse",
            _("Social and solidarity economy"),
            _(
                "Everything that people make and do together for use rather than for profit: co-operatives, "
                "associations, mutuals, foundations, social enterprises, neighbours who organise themselves."
            ),
        ),
        Entry(
            "initiative",
            _("Initiative"),
            _("A place, a group, a service or an enterprise of this economy. Each mark on the map is one."),
        ),
        Entry(
            "collective",
            _("Territorial collective"),
            _("People of one area who put the initiatives they know on the map and keep them up to date."),
        ),
        Entry(
            "network",
            _("Partner network"),
            _("An organisation that brings initiatives together and shares its list of them with this map."),
        ),
        Entry(
            "theme",
            _("Theme"),
            _(
                "One of ten subjects, such as food or housing. It gives an initiative its colour and its icon."
            ),
        ),
        Entry(
            "territory",
            _("Territory"),
            _("An area with borders: a country, a region, a department, a town."),
        ),
    ]


def _of_the_commons() -> list[Entry]:
    return [
        Entry(
            "commons",
            _("Commons"),
            _(
                "What many people use and look after together, such as a garden, software, or the data of this map."
            ),
        ),
        Entry(
            "approximate",
            _("Approximate position"),
            _(
                "Some initiatives do not want their exact address shown. Their mark stands in the middle of an area "
                "around the true place, on the map and in every file."
            ),
        ),
        Entry(
            "legal-form",
            _("Legal form"),
            _("What the law calls an organisation: association, co-operative, mutual, foundation, company…"),
        ),
        Entry(
            "open-data",
            _("Open data"),
            _("Information that anyone may take, use and share again, as long as the source is named."),
        ),
        Entry(
            "free-software",
            _("Free software"),
            _("Software that anyone may use, study, change and pass on. This site is free software."),
        ),
        Entry(
            "moderation",
            _("Moderation"),
            _("People who read what is sent in before it appears on the map, and answer everyone."),
        ),
    ]
