"""What every row is given: the database, the server, the lists of requests, the speed of the machine."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from statistics import median

from .addresses import Addresses
from .figures import REFERENCE_RATE, RUNS
from .load import pgbench
from .place import Address
from .scripts import statement
from .serving import Server, site

# Below, only figures that do not depend on the number of rows are judged.
LARGE = 1_000_000


@dataclass
class Bench:
    """One run. `stack` ends with it; a row opens servers of its own in its own block."""

    address: Address
    number: int
    stack: ExitStack
    rate: float = 0.0
    facts: dict[str, str] = field(default_factory=dict)

    @cached_property
    def addresses(self) -> Addresses:
        """The lists of requests."""
        return Addresses(self.address)

    @cached_property
    def server(self) -> Server:
        """The site, running until the end of the run."""
        return self.stack.enter_context(site(self.address))

    def speed(self) -> float:
        """This machine's share of the reference machine at this moment, by `select 1` a second.

        pgbench, prepared, with as many clients as every other load. A shared machine is not the same all along: what
        is scaled by it measures it in turn with itself.
        """
        return pgbench(self.address, statement("select_one"), seconds=2) / REFERENCE_RATE

    def measure_speed(self) -> None:
        """Its median at the beginning, for the record."""
        self.rate = median(self.speed() for _run in range(RUNS)) * REFERENCE_RATE
