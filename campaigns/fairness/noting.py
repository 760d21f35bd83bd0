"""Likes come into the log: all that stand and are not there yet, in the order in which they were given.

A like writes no line of its own, so that it costs one row. The worker notes what is new before it seals; whoever takes
a like back before that writes both lines (likes/sql.py).
"""

from django.db import connection

from ..enums import Act

_NOTE = """
WITH noted AS (
  UPDATE campaigns_like l SET is_logged = true FROM campaigns_ballot b
  WHERE NOT l.is_logged AND b.id = l.ballot_id AND b.campaign_id = %(campaign)s
  RETURNING l.id, l.nomination_id, l.at, b.voter
)
INSERT INTO campaigns_likeline (campaign_id, voter, nomination_id, act, reason, at, seal)
SELECT %(campaign)s, voter, nomination_id, %(act)s, '', at, '' FROM noted ORDER BY id
"""


def note(campaign: int) -> None:
    """Write a line for each like without one; whoever calls holds the row of the campaign, or all of it."""
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, {"campaign": campaign, "act": Act.LIKE})
