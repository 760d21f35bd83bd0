"""Pages of spaces and their people; that of a space itself shows the map and stands in the room of initiatives."""
