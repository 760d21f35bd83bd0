"""The map index: positions and filters of a layer as columns along a Morton curve, quicker than asking the database.

`source` says what is read and reads it, `segment` holds it as columns, `files` keeps it as one memory-mapped file for
all processes, `squares` sums up a tile, `view` adds what changed since, `store` keeps the view of a process fresh.
"""
