"""Files of a selection: one content, six formats."""
