"""Statements that find odd likes: each gives (key, ballot), from which flags are raised and filled."""

# A burst: the likes of a nomination in one piece of the clock, against the mean of its other pieces since likes opened.
BURSTS = """
SELECT b.nomination_id || ' ' || to_char(b.piece AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS key,
  l.ballot_id
FROM (
  SELECT l.nomination_id, date_bin(%(span)s, l.at, c.likes_from) AS piece, count(*) AS likes,
    sum(count(*)) OVER (PARTITION BY l.nomination_id) AS all_likes,
    greatest(1, ceil(extract(epoch FROM least(clock_timestamp(), c.likes_until) - c.likes_from)
                     / extract(epoch FROM %(span)s)) - 1) AS other_pieces
  FROM campaigns_like l
  JOIN campaigns_nomination n ON n.id = l.nomination_id
  JOIN campaigns_campaign c ON c.id = n.campaign_id
  WHERE c.id = %(campaign)s GROUP BY l.nomination_id, piece, c.likes_from, c.likes_until
) b
JOIN campaigns_like l ON l.nomination_id = b.nomination_id AND l.at >= b.piece AND l.at < b.piece + %(span)s
WHERE b.likes >= %(least)s AND b.likes > %(times)s * (b.all_likes - b.likes) / b.other_pieces
"""

# What was decided on already is not raised again; what comes afterwards gets a flag of its own, numbered.
_DECIDED = """
SELECT fb.ballot_id FROM campaigns_likeflag_ballots fb JOIN campaigns_likeflag f ON f.id = fb.likeflag_id
WHERE f.campaign_id = %(campaign)s AND f.kind = %(kind)s AND f.state <> %(open)s
"""
_ROUND = """
SELECT count(*) FROM campaigns_likeflag f
WHERE f.campaign_id = %(campaign)s AND f.kind = %(kind)s AND f.state <> %(open)s AND f.key LIKE {name} || ' %%'
"""

NETWORKS = f"""
SELECT b.network || ' ' || ({_ROUND.format(name="b.network")}) AS key, b.id AS ballot_id
FROM (
  SELECT b.id, b.network, count(*) OVER (PARTITION BY b.network) AS neighbours FROM campaigns_ballot b
  WHERE b.campaign_id = %(campaign)s AND b.network <> '' AND b.id NOT IN ({_DECIDED})
) b
WHERE b.neighbours > %(neighbours)s
"""

THROW_AWAY = f"""
SELECT 'all ' || ({_ROUND.format(name="'all'")}) AS key, b.id AS ballot_id FROM campaigns_ballot b
WHERE b.campaign_id = %(campaign)s AND b.is_disposable AND b.id NOT IN ({_DECIDED})
"""

RAISE = """
INSERT INTO campaigns_likeflag (campaign_id, kind, key, state, raised_at, first_says, reason)
SELECT DISTINCT %(campaign)s, %(kind)s, key, %(open)s, clock_timestamp(), '', '' FROM ({found}) found
ON CONFLICT (campaign_id, kind, key) DO NOTHING
"""

JOIN = """
INSERT INTO campaigns_likeflag_ballots (likeflag_id, ballot_id)
SELECT f.id, found.ballot_id FROM ({found}) found JOIN campaigns_likeflag f ON f.key = found.key
WHERE f.campaign_id = %(campaign)s AND f.kind = %(kind)s AND f.state = %(open)s
ON CONFLICT (likeflag_id, ballot_id) DO NOTHING
"""
