"""Load on both sides: wrk asks over HTTP, pgbench asks PostgreSQL; as many clients, the same list of requests."""

import json
import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from .place import HERE, Address

CLIENTS, THREADS = 4, 2
SECONDS, WARM = 3.0, 1.0
PATIENCE = 120
# What was asked before is warm.
_warm: set[int] = set()


def _is_cold(*asked: object) -> bool:
    """Whether nobody asked the same before; from now on somebody did."""
    known = hash(asked)
    is_cold = known not in _warm
    _warm.add(known)
    return is_cold


def wrk(
    port: int, paths: Sequence[str], *, seconds: float = SECONDS, warm: float = WARM, headers=()
) -> float:
    """Answers a second to the paths, asked in their order over and over; RuntimeError if one is an error.

    Who answers nothing in that time is given four times as much, once.
    """
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "paths"
        listed.write_text("".join(f"{path}\n" for path in paths), encoding="utf-8")
        if warm and _is_cold(port, tuple(paths), tuple(headers)):
            _wrk(port, listed, warm, headers)
        said = _wrk(port, listed, seconds, headers)
        if not said["requests"]:
            said = _wrk(port, listed, 4 * seconds, headers)
    if said["lost"] or said["refused"] or not said["requests"]:
        raise RuntimeError(f"wrk on port {port}: {said} ({paths[0]} and others)")
    return said["requests"] / (said["microseconds"] / 1e6)


def _wrk(port: int, listed: Path, seconds: float, headers: Sequence[str]) -> dict:
    words = ["wrk", f"-t{THREADS}", f"-c{CLIENTS}", f"-d{max(1, round(seconds))}s", "--timeout", "60s"]
    words += [word for header in headers for word in ("-H", header)]
    words += ["-s", str(HERE / "requests.lua"), f"http://127.0.0.1:{port}/", "--", str(listed), str(THREADS)]
    said = subprocess.run(words, capture_output=True, text=True, check=False, timeout=seconds + PATIENCE)
    return told(said)


def told(said: subprocess.CompletedProcess) -> dict:
    """What wrk counted, as its script says at the end; RuntimeError."""
    lines = [line for line in said.stderr.splitlines() if line.startswith("{")]
    if said.returncode or not lines:
        raise RuntimeError(f"wrk failed: {said.stderr.strip() or said.stdout.strip()}")
    return json.loads(lines[-1])


def pgbench(
    address: Address,
    script: str,
    *,
    seconds: float = SECONDS,
    warm: float = WARM,
    transactions: int = 0,
    clients: int = CLIENTS,
) -> float:
    """Transactions a second of a script; with `transactions` exactly so many instead of for some time."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "script.sql"
        file.write_text(script, encoding="utf-8")
        words = ["pgbench", "-n", "-M", "prepared", "-c", str(clients), "-j", str(THREADS), "-f", str(file)]
        # Where a script begins its list, see scripts.py.
        words += ["-D", "step=-1", "-D", f"clients={clients}"]
        if transactions:
            return _pgbench(address, [*words, "-t", str(max(1, transactions // clients))])
        if warm and _is_cold(address, script, clients):
            _pgbench(address, [*words, "-T", str(max(1, round(warm)))])
        return _pgbench(address, [*words, "-T", str(max(1, round(seconds)))])


def _pgbench(address: Address, words: list[str]) -> float:
    said = subprocess.run(
        words, env=address.libpq, capture_output=True, text=True, check=False, timeout=SECONDS + PATIENCE
    )
    found = re.search(r"^tps = ([\d.]+)", said.stdout, re.M)
    if said.returncode or not found or "aborted" in said.stderr:
        raise RuntimeError(f"pgbench failed: {said.stderr.strip()[-600:]}")
    return float(found[1])
