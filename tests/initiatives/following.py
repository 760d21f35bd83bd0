"""A program that keeps a copy by following the changes."""

import json

from django.test import Client


class Copy:
    """What a reader of `/api/changes/` has, page by page."""

    def __init__(self, limit: int = 2) -> None:
        self.client, self.limit = Client(), limit
        self.since: str | None = None
        self.features: dict[str, dict] = {}
        self.told: list[tuple[str, str]] = []

    def step(self) -> bool:
        """One page; whether there is more."""
        data = {"limit": self.limit, **({"since": self.since} if self.since else {})}
        answer = self.client.get("/api/changes/", data)
        assert answer.status_code == 200, answer.content
        page = answer.json()
        for change in page["changes"]:
            self.told.append((change["change"], change["id"]))
            assert set(change) == {"id", "change", "at", "feature"}
            if change["change"] == "removed":
                assert change["feature"] is None
                self.features.pop(change["id"], None)
            else:
                assert change["feature"]["id"] == change["id"]
                self.features[change["id"]] = change["feature"]
        self.since = page["next"]
        return page["more"]

    def follow(self) -> "Copy":
        """All that there is for now."""
        while self.step():
            pass
        return self

    def last(self) -> list[tuple[str, str]]:
        """What was told since the last time that somebody asked, change and id."""
        told, self.told = self.told, []
        return told


def exported() -> dict[str, dict]:
    """The export of all, by id."""
    answer = Client().get("/exports/initiatives.geojson?located=any")
    return {feature["id"]: feature for feature in json.loads(answer.getvalue())["features"]}


def listed() -> dict[str, dict]:
    """The pages of all, which remember what they told before, by id."""
    found, address = {}, "/api/initiatives/?located=any&limit=7"
    while address:
        page = Client().get(address).json()
        found |= {feature["id"]: feature for feature in page["features"]}
        address = page["next"]
    return found
