"""SQL of what changed: which initiatives each transaction touched that everyone may read, in the order of commits.

Triggers note what a statement touched. The first note of a transaction opens a changeset; a deferred trigger numbers
it at commit, under the lock that the version is counted under, which is held until the commit is seen: who sees a
number sees all smaller ones, and nothing gets a smaller one later. What other tables tell of an initiative, such as the
slug of its network, is looked up under that lock too, so that a row which somebody else linked meanwhile is among it.

`was_shown` says whether the initiative was published before the transaction: the first note of it decides.
"""

from collections.abc import Mapping

from geo.freshness_sql import LOCK

# Rows that belong to one initiative.
PARTS = {
    "initiatives_initiativetheme": "initiatives_note_part",
    "initiatives_initiativeterritory": "initiatives_note_part",
    "initiatives_networkmembership": "initiatives_note_part",
    "initiatives_translation": "initiatives_note_part",
    "initiatives_contact": "initiatives_note_contact",
    "initiatives_photo": "initiatives_note_part",
    "initiatives_identity": "initiatives_note_part",
}
# Rows that many share: what of them a Feature shows, and the initiatives that show it.
WORDS = {
    "vocabulary_theme": (
        ("slug",),
        "SELECT id FROM initiatives_initiative WHERE primary_theme_id = ANY (these) "
        "UNION ALL SELECT initiative_id FROM initiatives_initiativetheme WHERE theme_id = ANY (these)",
    ),
    "vocabulary_legalform": (
        ("slug",),
        "SELECT id FROM initiatives_initiative WHERE legal_form_id = ANY (these)",
    ),
    "vocabulary_licence": (
        ("code",),
        "SELECT id FROM initiatives_initiative WHERE licence_id = ANY (these) "
        "UNION ALL SELECT initiative_id FROM initiatives_photo WHERE licence_id = ANY (these) "
        "UNION ALL SELECT initiative_id FROM initiatives_identity WHERE licence_id = ANY (these) "
        "UNION ALL SELECT s.initiative_id FROM initiatives_identity s "
        "JOIN initiatives_network n ON n.id = s.network_id WHERE n.licence_id = ANY (these)",
    ),
    "territories_territory": (
        ("code",),
        "SELECT id FROM initiatives_initiative WHERE territory_id = ANY (these) "
        "UNION ALL SELECT initiative_id FROM initiatives_initiativeterritory WHERE territory_id = ANY (these)",
    ),
    "territories_collective": (
        ("slug", "status"),
        "SELECT id FROM initiatives_initiative WHERE collective_id = ANY (these)",
    ),
    "initiatives_network": (
        ("slug", "licence_id"),
        "SELECT initiative_id FROM initiatives_networkmembership WHERE network_id = ANY (these) "
        "UNION ALL SELECT initiative_id FROM initiatives_identity WHERE network_id = ANY (these)",
    ),
    # A site names the initiative that it belongs to, as long as that is published.
    "initiatives_initiative": (
        (),
        "SELECT id FROM initiatives_initiative WHERE parent_id = ANY (these)",
    ),
}
# By table of words, the initiatives that show some of them.
SHOWING = {table: showing for table, (_columns, showing) in WORDS.items()}

TABLES = """
CREATE SEQUENCE initiatives_change_number;
CREATE TABLE initiatives_changeset (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  number bigint UNIQUE,
  at timestamptz
);
CREATE TABLE initiatives_change (
  changeset bigint NOT NULL,
  initiative_id bigint NOT NULL,
  uuid uuid NOT NULL,
  was_shown boolean NOT NULL,
  PRIMARY KEY (changeset, initiative_id)
);
-- Words that this transaction changed; empty again at its end.
CREATE TABLE initiatives_changed_word (changeset bigint NOT NULL, kind text NOT NULL, word bigint NOT NULL);
CREATE INDEX initiatives_changed_word_of ON initiatives_changed_word (changeset);

-- The changeset of this transaction. The setting ends with it, or with a savepoint rolled back.
CREATE FUNCTION initiatives_changeset_here() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE found bigint := nullif(current_setting('initiatives.changeset', true), '')::bigint;
BEGIN
  IF found IS NULL THEN
    INSERT INTO initiatives_changeset DEFAULT VALUES RETURNING id INTO found;
    PERFORM set_config('initiatives.changeset', found::text, true);
  END IF;
  RETURN found;
END $$;
"""

# What is noted after the commit has begun, as with constraints checked early, belongs to a changeset of its own.
NUMBER = """
CREATE OR REPLACE FUNCTION initiatives_number_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE these bigint[]; many text;
BEGIN
  PERFORM pg_advisory_xact_lock({lock});
  PERFORM set_config('initiatives.changeset', '', true);
  FOR many IN SELECT DISTINCT kind FROM initiatives_changed_word WHERE changeset = NEW.id LOOP
    these := ARRAY(SELECT word FROM initiatives_changed_word WHERE changeset = NEW.id AND kind = many);
    {resolve}
  END LOOP;
  DELETE FROM initiatives_changed_word WHERE changeset = NEW.id;
  UPDATE initiatives_changeset SET number = nextval('initiatives_change_number'), at = clock_timestamp()
  WHERE id = NEW.id AND number IS NULL;
  RETURN NULL;
END $$;
"""
NUMBERED = """
CREATE CONSTRAINT TRIGGER initiatives_number_changes AFTER INSERT ON initiatives_changeset
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION initiatives_number_changes();
"""
RESOLVE = """
    IF many = '{table}' THEN
      INSERT INTO initiatives_change SELECT NEW.id, id, uuid, true FROM initiatives_initiative
      WHERE status = 'published' AND id IN ({showing}) ON CONFLICT DO NOTHING;
    END IF;
"""

INITIATIVE = """
CREATE FUNCTION initiatives_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE here bigint;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF EXISTS (SELECT FROM new_rows WHERE status = 'published') THEN
      here := initiatives_changeset_here();
      INSERT INTO initiatives_change SELECT here, id, uuid, false FROM new_rows WHERE status = 'published'
      ON CONFLICT DO NOTHING;
    END IF;
  ELSIF TG_OP = 'UPDATE' THEN
    IF EXISTS (SELECT FROM old_rows WHERE status = 'published')
        OR EXISTS (SELECT FROM new_rows WHERE status = 'published') THEN
      here := initiatives_changeset_here();
      INSERT INTO initiatives_change SELECT here, n.id, n.uuid, o.status = 'published'
      FROM old_rows o JOIN new_rows n USING (id) WHERE o.status = 'published' OR n.status = 'published'
      ON CONFLICT DO NOTHING;
      INSERT INTO initiatives_changed_word SELECT here, 'initiatives_initiative', n.id
      FROM old_rows o JOIN new_rows n USING (id) WHERE (o.status = 'published') <> (n.status = 'published');
    END IF;
  ELSIF TG_OP = 'DELETE' THEN
    IF EXISTS (SELECT FROM old_rows WHERE status = 'published') THEN
      here := initiatives_changeset_here();
      INSERT INTO initiatives_change SELECT here, id, uuid, true FROM old_rows WHERE status = 'published'
      ON CONFLICT DO NOTHING;
    END IF;
  ELSIF EXISTS (SELECT FROM initiatives_initiative WHERE status = 'published') THEN
    here := initiatives_changeset_here();
    INSERT INTO initiatives_change SELECT here, id, uuid, true FROM initiatives_initiative WHERE status = 'published'
    ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END $$;
"""

# Whatever the status that is seen here: somebody may be publishing the initiative at this moment. Who adds parts of
# initiatives that are new in this very transaction says so (NOTED): their own insert has noted them, and nobody else
# sees them.
NOTED = "initiatives.noted"
PART = """
CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE here bigint;
BEGIN
  IF current_setting('initiatives.noted', true) = 'on' THEN
    RETURN NULL;
  END IF;
  IF TG_OP IN ('INSERT', 'UPDATE') THEN
    IF EXISTS (SELECT FROM new_rows WHERE {shown}) THEN
      here := initiatives_changeset_here();
      INSERT INTO initiatives_change SELECT here, i.id, i.uuid, i.status = 'published'
      FROM (SELECT DISTINCT initiative_id AS id FROM new_rows WHERE {shown}) r JOIN initiatives_initiative i USING (id)
      ON CONFLICT DO NOTHING;
    END IF;
  END IF;
  IF TG_OP IN ('DELETE', 'UPDATE') THEN
    IF EXISTS (SELECT FROM old_rows WHERE {shown}) THEN
      here := initiatives_changeset_here();
      INSERT INTO initiatives_change SELECT here, i.id, i.uuid, i.status = 'published'
      FROM (SELECT DISTINCT initiative_id AS id FROM old_rows WHERE {shown}) r JOIN initiatives_initiative i USING (id)
      ON CONFLICT DO NOTHING;
    END IF;
  END IF;
  RETURN NULL;
END $$;
"""
WORD = """
CREATE FUNCTION {table}_note_word() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM old_rows o JOIN new_rows n USING (id) WHERE {differs}) THEN
    INSERT INTO initiatives_changed_word SELECT initiatives_changeset_here(), '{table}', n.id
    FROM old_rows o JOIN new_rows n USING (id) WHERE {differs};
  END IF;
  RETURN NULL;
END $$;
"""
ROWS = {
    "insert": "REFERENCING NEW TABLE AS new_rows",
    "update": "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "delete": "REFERENCING OLD TABLE AS old_rows",
}


def _trigger(table: str, operation: str, function: str) -> str:
    return (
        f"CREATE TRIGGER changes_{operation} AFTER {operation.upper()} ON {table} {ROWS[operation]} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {function}();\n"
    )


def _before_truncate(table: str) -> str:
    """While the rows are still there, all that is published is noted."""
    return (
        f"CREATE TRIGGER changes_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION initiatives_note_change();\n"
    )


def _differs(columns: tuple[str, ...]) -> str:
    return " OR ".join(f"o.{column} IS DISTINCT FROM n.{column}" for column in columns)


def watched_part(table: str, function: str) -> str:
    """Triggers of a table whose rows belong to one initiative each; PART makes the function."""
    made = [_trigger(table, operation, function) for operation in ROWS]
    return "".join([*made, _before_truncate(table)])


def watched_word(table: str, differs: str) -> str:
    """The trigger of a table whose rows many share; a change from `o` to `n` counts where `differs` says so."""
    return WORD.format(table=table, differs=differs) + _trigger(table, "update", f"{table}_note_word")


def numbering(words: Mapping[str, str]) -> str:
    """The numbering at commit, by table of words with the initiatives that show some of them, `these`."""
    resolve = "".join(RESOLVE.format(table=table, showing=showing) for table, showing in words.items())
    return NUMBER.format(lock=LOCK, resolve=resolve)


# That somebody changed what they show to nobody is nobody's concern.
PART_FUNCTIONS = PART.format(function="initiatives_note_part", shown="true") + PART.format(
    function="initiatives_note_contact", shown="visibility = 'everyone'"
)


def _statements() -> str:
    made = [TABLES, numbering(SHOWING), NUMBERED, INITIATIVE]
    made.append(PART_FUNCTIONS)
    for table, function in {
        "initiatives_initiative": "initiatives_note_change",
        **PARTS,
    }.items():
        made.append(watched_part(table, function))
    made += [
        watched_word(table, _differs(columns)) for table, (columns, _showing) in WORDS.items() if columns
    ]
    return "".join(made)


def _dropped() -> str:
    watched = [
        (table, operation)
        for table in ("initiatives_initiative", *PARTS)
        for operation in (*ROWS, "truncate")
    ]
    watched += [(table, "update") for table, (columns, _showing) in WORDS.items() if columns]
    words = [f"{table}_note_word()" for table, (columns, _showing) in WORDS.items() if columns]
    return "".join(
        [
            *(f"DROP TRIGGER changes_{operation} ON {table};\n" for table, operation in watched),
            "DROP TABLE initiatives_changed_word, initiatives_change, initiatives_changeset;\n",
            "DROP SEQUENCE initiatives_change_number;\n",
            f"DROP FUNCTION {', '.join(words)}, initiatives_note_change(), initiatives_note_part(), "
            "initiatives_note_contact(), "
            "initiatives_number_changes(), initiatives_changeset_here();\n",
        ]
    )


CHANGES = _statements()
DROP_CHANGES = _dropped()
