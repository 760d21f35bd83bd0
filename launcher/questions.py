"""Short questions to other programs, out of the reach of Ctrl-C: a cut answer would be taken for a no."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


def ask(
    argv: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    timeout: float | None = None,
    **user: Any,
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end; its status and what it said."""
    return subprocess.run(
        argv,
        cwd="/",
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=timeout,
        check=False,
        process_group=0,
        **user,
    )


def is_ok(argv: Sequence[str | Path], **user: Any) -> bool:
    """Whether the program ends well."""
    return ask(argv, **user).returncode == 0
