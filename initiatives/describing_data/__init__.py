"""Descriptions of the data for other programs: DCAT-AP, SKOS, schema.org, Atom."""
