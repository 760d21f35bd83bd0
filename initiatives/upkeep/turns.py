"""One worker at a time: who finds another at the same work leaves it to them."""

from django.db import connection

# Any numbers, the same everywhere.
ASKING = 7_365_846_201
LOOKING = 7_365_846_202
COUNTING = 7_365_846_203


def is_ours(work: int) -> bool:
    """Whether nobody else is at it; then it is ours to the end of the transaction.

    Row locks alone would not do: whoever chose the same rows a moment earlier has not marked them in our snapshot.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [work])
        return cursor.fetchone()[0]
