"""Work of the database that goes on while this process does: one piece at a time, and whoever asks meanwhile waits."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from types import TracebackType
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections

Answer = TypeVar("Answer")


class Beside:
    """A context, within which a thread may use the connection for what it is given.

    The thread does nothing but wait for an answer, so that Python goes on. Every question asked here meanwhile waits
    for it first; COPY, which is no question, is to be preceded by `wait`.
    """

    def __init__(self) -> None:
        self._within = ExitStack()
        self._under_way: Future[Any] | None = None

    def __enter__(self) -> "Beside":
        self._thread = self._within.enter_context(ThreadPoolExecutor(1))
        self._within.enter_context(connection.execute_wrapper(self._ask))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wait for what is under way; what it fails of is raised unless something else failed before."""
        with self._within:
            if error is None:
                self.wait()
            elif self._under_way:
                wait([self._under_way])

    def do(self, work: Callable[[], Answer]) -> Future[Answer]:
        """Begin it, once what was begun before is done."""
        self.wait()
        self._under_way = begun = self._thread.submit(work)
        return begun

    def wait(self) -> None:
        """Until nothing is under way; what it failed of is raised here."""
        under_way, self._under_way = self._under_way, None
        if under_way:
            under_way.result()

    def _ask(self, execute: Callable, statement: str, parameters: Any, many: bool, context: dict) -> Any:
        self.wait()
        return execute(statement, parameters, many, context)


def asking(statement: str, parameters: Mapping[str, Any]) -> Callable[[], list[tuple]]:
    """Work for a thread, on the connection of whoever calls this: run a statement, fetch what it returns."""
    database = connections[DEFAULT_DB_ALIAS]
    cursor = database.connection.cursor()

    def work() -> list[tuple]:
        with database.wrap_database_errors, cursor:
            cursor.execute(statement, parameters)
            return cursor.fetchall() if cursor.description else []

    return work
