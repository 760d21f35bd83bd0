"""The same address asked of the map index and of SQL."""

from django.db import transaction

from geo.freshness import latest


def asked(client, address: str):
    """The answer of the index, which has the version as its ETag."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    assert answer["ETag"].strip('"').startswith(f"{latest().number}."), "SQL answered"
    return answer


def by_sql(client, address: str):
    """The answer inside a transaction, which only the database can give."""
    with transaction.atomic():
        answer = client.get(address)
    assert "." not in answer["ETag"], "the index answered"
    return answer
