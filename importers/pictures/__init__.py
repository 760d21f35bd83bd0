"""Pictures that records name: awaited when they are imported, fetched by the worker, taken away by an undo."""
