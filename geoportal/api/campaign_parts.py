"""The schema of a campaign, beside those of lower rooms."""

from campaigns.mapping.api import PUBLIC
from campaigns.models.campaign import DATES

from .parts import BY_LANGUAGE, INSTANT, NUMBER, SCHEMAS, TEXT, TEXTS, Schema, members, or_null

CAMPAIGN = members(
    {
        "slug": TEXT,
        "url": TEXT,
        "titles": BY_LANGUAGE,
        "stories": BY_LANGUAGE,
        "phase": {**TEXT, "enum": list(PUBLIC)},
        "time_zone": TEXT,
        **dict.fromkeys(DATES, INSTANT),
        "territory": or_null(TEXT),
        "languages": TEXTS,
        "themes": {
            "type": "array",
            "items": members({"theme": TEXT, "floor": NUMBER, "ceiling": NUMBER}),
        },
        "group": or_null(TEXT),
        "previous": or_null(TEXT),
        "candidates": {**or_null(NUMBER), "description": "Null once the selection is made."},
        "selected": {**or_null(NUMBER), "description": "Laureates among them; null before likes open."},
        "laureates": {**or_null(NUMBER), "description": "Null before the results."},
    }
)
ALL: dict[str, Schema] = {**SCHEMAS, "Campaign": CAMPAIGN}
