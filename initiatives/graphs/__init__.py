"""Who has to do with whom, as a graph: nodes and edges of a selection, streamed from a few statements."""
