"""The statements of a like: whether somebody may, then two that are one transaction.

The first of these locks: the campaign shared, so that closing waits for the likes under way, and the row of the
ballot, so that one voter's likes come one after another. The second sees all that was committed before those locks
were given. It looks at phase, clock and caps and writes the like, or nothing; why nothing is asked only then. No
answer is waited for between the two: they are sent together, and are one transaction by that. Where there is no ballot
yet, the first finds no row; the second acts on what the first has noted for this transaction alone, as a ballot may be
made between the two. No like can be there that the second does not see, so it needs no ON CONFLICT; the constraint
stays behind it.

A like is in the log once the worker has noted it (fairness/noting.py). Whoever takes back one that is not there yet
writes both lines.
"""

from dataclasses import dataclass

from initiatives.enums import Verb

from ..enums import Act, NominationState, Phase
from ..locks import SPACE
from .enums import Outcome

# Says the same as the rule `campaigns.like` and the confirmed address, in one question instead of five; a test holds
# them together.
MAY = f"""
SELECT EXISTS (SELECT FROM account_emailaddress e WHERE e.user_id = m.id AND e.verified) AS is_verified,
  EXISTS (
    SELECT FROM initiatives_statuschange s
    WHERE s.initiative_id = i.id AND s.by_id = m.id AND s.verb IN ('{Verb.CREATE}', '{Verb.SUBMIT}')
  ) OR EXISTS (
    SELECT FROM initiatives_submission s WHERE s.initiative_id = i.id AND (
      lower(s.email) = lower(m.email)
      OR EXISTS (SELECT FROM account_emailaddress e WHERE e.user_id = m.id AND lower(e.email) = lower(s.email))
    )
  ) OR EXISTS (
    SELECT FROM community_collectivemembership c WHERE c.collective_id = i.collective_id AND c.member_id = m.id
    AND c.started_on <= %(today)s::date AND (c.ended_on IS NULL OR c.ended_on > %(today)s::date)
  ) OR EXISTS (
    SELECT FROM initiatives_networkmembership n JOIN initiatives_network_stewards s ON s.network_id = n.network_id
    WHERE n.initiative_id = i.id AND n.until IS NULL AND s.member_id = m.id
  ) AS is_own
FROM community_member m, initiatives_initiative i
WHERE m.id = %(member)s AND m.is_active AND i.id = %(initiative)s
"""

_HOLD = f"""
SELECT pg_advisory_xact_lock_shared({SPACE}, %(campaign)s::int) IS NOT NULL AS held,
  set_config('campaigns.held', b.id::text, true)
FROM campaigns_ballot b
WHERE b.campaign_id = %(campaign)s AND b.{{column}} = %(key)s
FOR NO KEY UPDATE
"""

# The clock is asked as well as the phase: a like that is late is refused where the worker is late, too.
_CLOSED = f"""
WHEN c.phase IN ('{Phase.DRAFT}', '{Phase.CALL}', '{Phase.SELECTION}') OR c.likes_from > clock_timestamp()
  THEN '{Outcome.EARLY}'
WHEN c.phase <> '{Phase.LIKES}' OR c.likes_until <= clock_timestamp() THEN '{Outcome.LATE}'
"""
_HELD = "AND b.id::text = current_setting('campaigns.held', true)"
_ASKED = f"""
SELECT n.id AS nomination, n.theme_id, b.id AS ballot, c.likes_from, c.likes_until, c.time_zone,
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
JOIN campaigns_ballot b ON b.campaign_id = c.id AND b.{{column}} = %(key)s {{held}}
CROSS JOIN LATERAL (
  SELECT count(*) FILTER (WHERE l.voided_at IS NULL) AS total,
    count(*) FILTER (WHERE l.voided_at IS NULL AND l.theme_id = n.theme_id) AS in_theme,
    bool_or(l.nomination_id = n.id) AS has,
    bool_or(l.nomination_id = n.id AND l.voided_at IS NOT NULL) AS is_void
  FROM campaigns_like l WHERE l.ballot_id = b.id
) own
WHERE n.id = %(nomination)s AND n.campaign_id = %(campaign)s
"""
_TOLD = "SELECT outcome, likes_from, likes_until, time_zone, most FROM"

_LIKE = f"""
INSERT INTO campaigns_like (ballot_id, nomination_id, theme_id, at, void_reason)
SELECT ballot, nomination, theme_id, clock_timestamp(), '' FROM ({_ASKED}) asked WHERE outcome = '{Outcome.DONE}'
RETURNING id
"""
# Until the rule of a campaign is frozen, a like freezes it; only the first ones wait here for each other.
_FIRST_LIKE = f"""
WITH added AS ({_LIKE}), frozen AS (
  UPDATE campaigns_campaign SET frozen_at = clock_timestamp()
  WHERE id = %(campaign)s AND frozen_at IS NULL AND EXISTS (SELECT FROM added)
)
SELECT id FROM added
"""
_WHY = f"{_TOLD} ({_ASKED}) asked"

_UNLIKE = f"""
WITH asked AS MATERIALIZED (
  SELECT n.id AS nomination, b.id AS ballot, b.voter, c.likes_from, c.likes_until, c.time_zone, NULL::int AS most,
    CASE {_CLOSED}
      WHEN l.id IS NULL THEN '{Outcome.ALREADY}'
      WHEN l.voided_at IS NOT NULL THEN '{Outcome.VOID}'
      ELSE '{Outcome.DONE}'
    END AS outcome
  FROM campaigns_nomination n
  JOIN campaigns_campaign c ON c.id = n.campaign_id
  JOIN campaigns_ballot b ON b.campaign_id = c.id AND b.{{column}} = %(key)s {{held}}
  LEFT JOIN campaigns_like l ON l.nomination_id = n.id AND l.ballot_id = b.id
  WHERE n.id = %(nomination)s AND n.campaign_id = %(campaign)s
), gone AS (
  DELETE FROM campaigns_like l USING asked
  WHERE asked.outcome = '{Outcome.DONE}' AND l.ballot_id = asked.ballot
    AND l.nomination_id = asked.nomination
  RETURNING asked.voter, l.nomination_id, l.at, l.is_logged
), lines AS (
  INSERT INTO campaigns_likeline (campaign_id, voter, nomination_id, act, reason, at, seal)
  SELECT %(campaign)s::bigint, voter, nomination_id, act, '', moment, '' FROM (
    SELECT 1 AS step, voter, nomination_id, '{Act.LIKE}' AS act, at AS moment FROM gone WHERE NOT is_logged
    UNION ALL SELECT 2, voter, nomination_id, '{Act.UNLIKE}', clock_timestamp() FROM gone
  ) both_lines ORDER BY step
)
{_TOLD} asked
"""


@dataclass(frozen=True)
class Statements:
    """For ballots that are named by a column: that of the member, or their own key where there is no account."""

    hold: str
    first_like: str
    like: str
    # Why a like was not written, on its own.
    why: str
    unlike: str


def _by(column: str) -> Statements:
    return Statements(
        _HOLD.format(column=column),
        *(text.format(column=column, held=_HELD) for text in (_FIRST_LIKE, _LIKE)),
        _WHY.format(column=column, held=""),
        _UNLIKE.format(column=column, held=_HELD),
    )


OF_MEMBER, OF_BALLOT = _by("member_id"), _by("id")
