"""A program that writes through the API, and what it is told when it may not."""

import json

from django.test import Client

from community.members import tokens
from initiatives.models import Initiative

DOOR = "/api/initiatives/"
GEOJSON = "application/geo+json"
PROPERTIES = {
    "name": "Le Fournil des Deux Rives",
    "summary": "Du pain bio",
    "description": "**Du pain** au levain.",
    "description_language": "fr",
    "translations": {"de": {"name": "Zwei-Ufer-Bäckerei", "summary": "Brot"}},
    "themes": ["repair-cafes"],
    "primary_theme": "co-housing",
    "legal_form": "association",
    "founded": 2012,
    "parent": None,
    "address": {"street": "1 rue du Four", "postcode": "69001", "locality": "Lyon", "country": "FR"},
    "position_precision": "exact",
    "reach": "local",
    "collective": "pain",
    "website": "https://fournil.example/",
    "contact": {"email": "pain@demo.example"},
    "opening_hours": "Mo-Fr 08:00-12:00",
    "labels": ["bio"],
    "tags": ["pain"],
    "languages": ["fr"],
}
FEATURE = {
    "type": "Feature",
    "geometry": {"type": "Point", "coordinates": [4.8357, 45.764]},
    "properties": PROPERTIES,
}


class Program:
    """A program that acts for a member, by token; for nobody without one."""

    def __init__(self, member=None) -> None:
        self.client = Client()
        self.headers = {"Authorization": f"Bearer {tokens.issue(member, 'test')}"} if member else {}

    def send(self, method: str, path: str, body=None, content_type: str = GEOJSON, **headers: str):
        """An answer to a body, as JSON unless it is bytes."""
        data = body if isinstance(body, bytes) else json.dumps(body)
        return self.client.generic(
            method, path, data, content_type=content_type, headers={**self.headers, **headers}
        )

    def post(self, body=FEATURE, path: str = DOOR, **more):
        """A new draft."""
        return self.send("POST", path, body, **more)

    def patch(self, initiative: Initiative, **properties):
        """Some properties."""
        body = {"type": "Feature", "properties": properties}
        return self.send("PATCH", f"{DOOR}{initiative.uuid}/", body)

    def step(self, initiative: Initiative, verb: str, **body):
        """A verb of the workflow."""
        return self.post(body, path=f"{DOOR}{initiative.uuid}/{verb}/", content_type="application/json")


def refused(answer, status: int) -> dict:
    """The problem of an answer."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    return problem
