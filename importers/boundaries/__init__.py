"""Boundaries of territories: reading any file GDAL knows, then one set-based upsert."""
