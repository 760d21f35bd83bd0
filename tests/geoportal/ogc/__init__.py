"""OGC API – Features, requirement by requirement."""
