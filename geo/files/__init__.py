"""Writers of files: Features in, one file out; GeoPackage, FlatGeobuf and GeoParquet need a place on disk."""
