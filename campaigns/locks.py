"""Who changes a campaign meanwhile: likes and nominations share its lock, closing and revising have it alone."""

from django.db import connection

# Any number, the same everywhere; beside it stands the key of the campaign.
SPACE = 1_128_353_104


def share(campaign: int) -> None:
    """Wait until nobody changes the campaign, and let nobody do so before this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, %s::int)", [SPACE, campaign])


def hold(campaign: int) -> None:
    """Wait for all that goes on in the campaign, and let nothing begin before this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s::int)", [SPACE, campaign])
