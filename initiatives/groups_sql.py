"""SQL of what groups show on the map: nothing at all of private ones, whatever happens to them.

A group that becomes private or public is another list in the map index and another property of its initiatives; one
that is renamed, made or deleted moves the version, so that no answer to `group=` outlives it.
"""

from .changes_sql import PART, SHOWING, numbering, watched_part, watched_word

TABLE = "initiatives_initiativegroup"
SHOWN = "group_id IN (SELECT id FROM community_group WHERE kind <> 'private')"
# From a row `o` to a row `n`: shown before or after, and not the same.
TURNED = "(o.kind = 'private') <> (n.kind = 'private')"
DIFFERS = f"({TURNED} OR (n.kind <> 'private' AND o.slug <> n.slug))"
NOTE_GROUP = f"""
CREATE FUNCTION initiatives_note_of_groups() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF geo_is_everything() THEN RETURN NULL; END IF;
  IF TG_OP = 'INSERT' THEN
    IF EXISTS (SELECT FROM new_rows WHERE kind <> 'private') THEN PERFORM geo_touch(false); END IF;
  ELSIF TG_OP = 'DELETE' THEN
    IF EXISTS (SELECT FROM old_rows WHERE kind <> 'private') THEN PERFORM geo_touch(false); END IF;
  ELSIF TG_OP = 'UPDATE' THEN
    IF EXISTS (SELECT FROM old_rows o JOIN new_rows n USING (id) WHERE {DIFFERS}) THEN
      PERFORM geo_touch(false);
      PERFORM geo_note((SELECT array_agg(DISTINCT i.id) FROM initiatives_initiative i
        JOIN {TABLE} l ON l.initiative_id = i.id
        JOIN old_rows o ON o.id = l.group_id JOIN new_rows n ON n.id = o.id
        WHERE i.status = 'published' AND {TURNED}));
    END IF;
  ELSE
    PERFORM geo_touch(true);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER map_insert AFTER INSERT ON community_group
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION initiatives_note_of_groups();
CREATE TRIGGER map_update AFTER UPDATE ON community_group
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT
  EXECUTE FUNCTION initiatives_note_of_groups();
CREATE TRIGGER map_delete AFTER DELETE ON community_group
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION initiatives_note_of_groups();
CREATE TRIGGER map_truncate AFTER TRUNCATE ON community_group
  FOR EACH STATEMENT EXECUTE FUNCTION initiatives_note_of_groups();
"""
# The index has one more list now.
AGAIN = "SELECT geo_touch(true);\n"
GROUPS = "".join(
    [
        NOTE_GROUP,
        PART.format(function="initiatives_note_group", shown=SHOWN),
        watched_part(TABLE, "initiatives_note_group"),
        watched_word("community_group", DIFFERS),
        numbering(
            {**SHOWING, "community_group": f"SELECT initiative_id FROM {TABLE} WHERE group_id = ANY (these)"}
        ),
        AGAIN,
    ]
)
DROP_GROUPS = "".join(
    [
        numbering(SHOWING),
        *(
            f"DROP TRIGGER changes_{operation} ON {TABLE};\n"
            for operation in ("insert", "update", "delete", "truncate")
        ),
        "DROP TRIGGER changes_update ON community_group;\n",
        *(
            f"DROP TRIGGER map_{operation} ON community_group;\n"
            for operation in ("insert", "update", "delete", "truncate")
        ),
        "DROP FUNCTION initiatives_note_group(), community_group_note_word(), initiatives_note_of_groups();\n",
        AGAIN,
    ]
)
