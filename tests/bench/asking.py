"""One reader asking one thing after another: times of single answers."""

import http.client
import time
from collections.abc import Sequence
from contextlib import closing
from urllib.parse import quote

SHARE = 0.95


def ninety_fifth(port: int, paths: Sequence[str]) -> float:
    """Milliseconds within which 95 of 100 answers were there; RuntimeError for an answer that is not good."""
    times = []
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        for path in paths:
            begun = time.perf_counter()
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            times.append((time.perf_counter() - begun) * 1000)
            if answer.status != 200:
                raise RuntimeError(f"{path}: {answer.status}")
    return sorted(times)[min(len(times) - 1, int(len(times) * SHARE))]


def with_words(path: str, words: Sequence[str]) -> list[str]:
    """The address with each of the words as `q`."""
    return [f"{path}?q={quote(word)}" for word in words]
