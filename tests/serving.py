"""A server of this machine that our programs may ask."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from initiatives import outgoing


@contextmanager
def public_server(handler: type[BaseHTTPRequestHandler], monkeypatch) -> Iterator[str]:
    """Its address; it alone counts as public here, at its port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    public = outgoing.is_public
    monkeypatch.setattr(outgoing, "PORTS", frozenset({80, 443, server.server_port}))
    monkeypatch.setattr(outgoing, "is_public", lambda ip: ip == "127.0.0.1" or public(ip))
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()
