"""Where things lie in a checkout."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Checkout:
    """A working copy and what the launcher keeps in it."""

    root: Path

    @property
    def var(self) -> Path:
        """All that running makes; `make reset` deletes it."""
        return self.root / "var"

    @property
    def logs(self) -> Path:
        """One log a tool."""
        return self.var / "log"

    @property
    def running(self) -> Path:
        """A record for each launcher that started processes."""
        return self.var / "running"

    @property
    def venv(self) -> Path:
        """The project's Python packages."""
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """The Python that has the project's packages."""
        return self.venv / "bin" / "python"

    @property
    def has_python(self) -> bool:
        """Whether it can be run: it may lead to an interpreter that is gone, or in another user's home."""
        return os.access(self.python, os.X_OK)

    @property
    def outside(self) -> Path:
        """Home of a root's cluster whose user cannot enter the checkout."""
        digest = hashlib.sha256(str(self.root).encode()).hexdigest()[:12]
        return Path("/var/lib/social-planet") / digest

    def make_var(self) -> None:
        """The folders that everything else relies on, open to read whatever the umask."""
        for folder in (self.var, self.logs):
            if not folder.is_dir():
                folder.mkdir(parents=True, exist_ok=True)
                folder.chmod(0o755)


HERE = Checkout(Path(__file__).resolve().parents[1])
