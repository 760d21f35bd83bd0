"""Translation catalogs, compiled where the text is newer."""

import os
from pathlib import Path

from launcher.paths import Checkout
from launcher.processes import run


def ensure(checkout: Checkout) -> None:
    """A .mo beside each .po that has none or an older one."""
    for text in sorted(checkout.root.glob("locale/*/LC_MESSAGES/*.po")):
        compiled = text.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime <= text.stat().st_mtime:
            _compile(checkout, text, compiled)


def _compile(checkout: Checkout, text: Path, compiled: Path) -> None:
    draft = compiled.with_name(f"{compiled.name}.{os.getpid()}.new")
    name = text.relative_to(checkout.root)
    try:
        run(
            ["msgfmt", "--check-format", "-o", draft, text],
            checkout.logs / "msgfmt.log",
            f"msgfmt refuses {name}",
        )
        draft.replace(compiled)
    finally:
        draft.unlink(missing_ok=True)
