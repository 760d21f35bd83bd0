"""Requests to the doors, and what came."""

from typing import Any


def get(client, path: str = "", **parameters) -> Any:
    """An object below /ogc/, whose status is looked at."""
    answer = client.get(f"/ogc/{path}", parameters)
    assert answer.status_code == 200, answer.content[:500]
    return answer.json()


def features(client, collection: str = "initiatives", **parameters) -> list[dict]:
    """Features of a page."""
    return get(client, f"collections/{collection}/items", **parameters)["features"]


def names(client, collection: str = "initiatives", **parameters) -> list[str]:
    """Their names."""
    return [one["properties"]["name"] for one in features(client, collection, **parameters)]


def refused(client, path: str, status: int = 400, **parameters) -> dict:
    """The problem of an answer."""
    answer = client.get(f"/ogc/{path}", parameters)
    assert answer.status_code == status, (answer.status_code, answer.content[:300])
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    return answer.json()


def links(data: dict, rel: str) -> list[dict]:
    """Links of a relation."""
    return [link for link in data["links"] if link["rel"] == rel]
