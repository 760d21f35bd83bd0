"""Static files with their content in the name, ES module imports included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Hashes names, follows `import … from` lines, compresses ahead."""

    support_js_module_import_aggregation = True
