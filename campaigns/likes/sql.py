"""The statements of a like: two of them, in one transaction.

The first locks: the campaign shared, so that closing waits for the likes under way, and the row of the ballot, so
that one voter's likes come one after another. The second sees all that was committed before those locks were given.
It looks at phase, clock and caps, writes the like and its line of the log, and says what came of it: in one statement,
so that a line is there if and only if the like is.
"""

from ..enums import Act, NominationState, Phase
from ..locks import SPACE
from .enums import Outcome

_HOLD = f"""
SELECT b.id, b.voter, pg_advisory_xact_lock_shared({SPACE}, %(campaign)s::int) IS NOT NULL AS held
FROM campaigns_ballot b
WHERE b.campaign_id = %(campaign)s AND b.{{column}} = %(key)s
FOR NO KEY UPDATE
"""
# By member, and by primary key for one without an account; no row where there is no ballot yet.
HOLD_OF_MEMBER = _HOLD.format(column="member_id")
HOLD = _HOLD.format(column="id")

# The clock is asked as well as the phase: a like that is late is refused where the worker is late, too.
_CLOSED = f"""
WHEN c.phase IN ('{Phase.DRAFT}', '{Phase.CALL}', '{Phase.SELECTION}') OR c.likes_from > clock_timestamp()
  THEN '{Outcome.EARLY}'
WHEN c.phase <> '{Phase.LIKES}' OR c.likes_until <= clock_timestamp() THEN '{Outcome.LATE}'
"""
_LINE = """
INSERT INTO campaigns_likeline (campaign_id, voter, nomination_id, act, reason, at, seal)
SELECT %(campaign)s::bigint, %(voter)s::uuid, nomination_id, '{act}', '', clock_timestamp(), '' FROM {rows}
"""
_TOLD = "SELECT outcome, likes_from, likes_until, time_zone, most FROM asked"

LIKE = f"""
WITH asked AS MATERIALIZED (
  SELECT n.id AS nomination, n.theme_id, c.likes_from, c.likes_until, c.time_zone,
    CASE {_CLOSED}
      WHEN n.state <> '{NominationState.SELECTED}' OR i.status <> 'published' THEN '{Outcome.NOT_SELECTED}'
      WHEN own.is_void THEN '{Outcome.VOID}'
      WHEN own.has THEN '{Outcome.ALREADY}'
      WHEN own.total >= c.likes_each THEN '{Outcome.CAP}'
      WHEN own.in_theme >= c.likes_each_theme THEN '{Outcome.THEME_CAP}'
      ELSE '{Outcome.DONE}'
    END AS outcome,
    CASE WHEN own.total >= c.likes_each THEN c.likes_each ELSE c.likes_each_theme END AS most
  FROM campaigns_nomination n
  JOIN campaigns_campaign c ON c.id = n.campaign_id
  JOIN initiatives_initiative i ON i.id = n.initiative_id
  CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE l.voided_at IS NULL) AS total,
      count(*) FILTER (WHERE l.voided_at IS NULL AND l.theme_id = n.theme_id) AS in_theme,
      bool_or(l.nomination_id = n.id) AS has,
      bool_or(l.nomination_id = n.id AND l.voided_at IS NOT NULL) AS is_void
    FROM campaigns_like l WHERE l.ballot_id = %(ballot)s
  ) own
  WHERE n.id = %(nomination)s AND n.campaign_id = %(campaign)s
), added AS (
  INSERT INTO campaigns_like (ballot_id, nomination_id, theme_id, at, void_reason)
  SELECT %(ballot)s::bigint, nomination, theme_id, clock_timestamp(), '' FROM asked WHERE outcome = '{Outcome.DONE}'
  ON CONFLICT (ballot_id, nomination_id) DO NOTHING
  RETURNING nomination_id
), line AS ({_LINE.format(act=Act.LIKE, rows="added")}), frozen AS (
  -- Only the first likes of a campaign wait here for each other.
  UPDATE campaigns_campaign SET frozen_at = clock_timestamp()
  WHERE id = %(campaign)s AND frozen_at IS NULL AND EXISTS (SELECT FROM added)
)
{_TOLD}
"""

UNLIKE = f"""
WITH asked AS MATERIALIZED (
  SELECT n.id AS nomination, c.likes_from, c.likes_until, c.time_zone, NULL::int AS most,
    CASE {_CLOSED}
      WHEN l.id IS NULL THEN '{Outcome.ALREADY}'
      WHEN l.voided_at IS NOT NULL THEN '{Outcome.VOID}'
      ELSE '{Outcome.DONE}'
    END AS outcome
  FROM campaigns_nomination n
  JOIN campaigns_campaign c ON c.id = n.campaign_id
  LEFT JOIN campaigns_like l ON l.nomination_id = n.id AND l.ballot_id = %(ballot)s
  WHERE n.id = %(nomination)s AND n.campaign_id = %(campaign)s
), gone AS (
  DELETE FROM campaigns_like l USING asked
  WHERE asked.outcome = '{Outcome.DONE}' AND l.ballot_id = %(ballot)s AND l.nomination_id = asked.nomination
  RETURNING l.nomination_id
), line AS ({_LINE.format(act=Act.UNLIKE, rows="gone")})
{_TOLD}
"""
