"""The address that the site is served on, found free before anything else is done."""

import errno
import os
import socket
from dataclasses import dataclass

from launcher.errors import Trouble

HOST, PORT = "127.0.0.1", "8000"


@dataclass(frozen=True)
class Address:
    """A host and a port of this machine."""

    host: str
    port: int

    @property
    def origin(self) -> str:
        """How a browser on this machine calls it."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    def check(self) -> str:
        """The numeric address to listen on; Trouble if that is not possible."""
        try:
            family, kind, protocol, _name, where = socket.getaddrinfo(
                self.host, self.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
            )[0]
        except (socket.gaierror, UnicodeError):
            raise Trouble(
                f"HOST={self.host} is no address of this machine: give one, for example HOST=127.0.0.1"
            ) from None
        with socket.socket(family, kind, protocol) as trial:
            # As the web server will do: connections that are closing are not in the way.
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(where)
                trial.listen()
            except OSError as error:
                raise Trouble(self._explain(error)) from None
        return str(where[0])

    def _explain(self, error: OSError) -> str:
        another = "set another, for example `make run PORT=8001`"
        if error.errno == errno.EADDRINUSE:
            return f"Port {self.port} on {self.host} is taken: {another}"
        if error.errno in (errno.EACCES, errno.EPERM):
            return f"Port {self.port} on {self.host} is reserved for root: {another}"
        return f"HOST={self.host} is no address of this machine: give one, for example HOST=127.0.0.1"


def asked() -> Address:
    """HOST and PORT of the environment; an empty one counts as not given."""
    host, port = os.environ.get("HOST") or HOST, os.environ.get("PORT") or PORT
    if not (port.isascii() and port.isdigit() and 1 <= int(port) <= 65535):
        raise Trouble(
            f"PORT={port} is no port: give a number from 1 to 65535, for example `make run PORT=8001`"
        )
    return Address(host, int(port))
