"""OGC API – Features: the layers of the rooms, for GIS programs and for people."""
