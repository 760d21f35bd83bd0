"""The classes of the standards that this door keeps; nothing is named here that does not work."""

_OGC = "http://www.opengis.net/spec/"
_NAMED = {
    "ogcapi-common-1/1.0/conf/": ("core",),
    "ogcapi-common-2/1.0/conf/": ("collections",),
    "ogcapi-features-1/1.0/conf/": ("core", "geojson", "html", "oas30"),
    "ogcapi-features-2/1.0/conf/": ("crs",),
    "ogcapi-features-3/1.0/conf/": (
        "filter",
        "features-filter",
        "queryables",
        "queryables-query-parameters",
    ),
    # The last as older programs call it.
    "ogcapi-common-3/1.0/conf/": ("schemas",),
    "ogcapi-features-5/1.0/conf/": ("schemas",),
    "cql2/1.0/conf/": (
        "cql2-text",
        "cql2-json",
        "basic-cql2",
        "advanced-comparison-operators",
        "case-insensitive-comparison",
        "accent-insensitive-comparison",
        "basic-spatial-functions",
    ),
}
CLASSES = [f"{_OGC}{part}{name}" for part, names in _NAMED.items() for name in names]
