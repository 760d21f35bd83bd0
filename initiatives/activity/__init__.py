"""The stream of what happens: read with what every line is about, as a page and as Atom."""
