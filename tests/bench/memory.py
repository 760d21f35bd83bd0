"""What a server's processes hold in memory."""

from pathlib import Path

from .serving import Server


class Memory:
    """From now on: how far above today's resident size the processes of a server come, at most."""

    def __init__(self, server: Server) -> None:
        self.pids = server.family()
        for pid in self.pids:
            # 5 sets the high-water mark back to what is held now.
            Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")
        self.before = self._sum("VmRSS")

    def growth(self) -> float:
        """Megabytes; the marks of all processes count as if they had been reached at once."""
        return self._sum("VmHWM") - self.before

    def _sum(self, name: str) -> float:
        kilobytes = 0
        for pid in self.pids:
            status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
            kilobytes += next(int(line.split()[1]) for line in status.splitlines() if line.startswith(name))
        return kilobytes / 1024
