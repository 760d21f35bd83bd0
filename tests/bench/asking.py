"""One reader asking one thing after another: times of single answers."""

import http.client
import time
from collections.abc import Sequence
from contextlib import closing
from statistics import median
from urllib.parse import quote

SHARE = 0.95


def answer_times(port: int, paths: Sequence[str]) -> list[float]:
    """Milliseconds of each answer; RuntimeError for one that is not good."""
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
    return times


def ninety_fifth(*runs: Sequence[float]) -> float:
    """Within what time 95 of 100 questions are answered; a question that was asked in several runs takes their median.

    A machine that others use too stops now and then: what is slow each time is ours, what is slow once is its own.
    """
    each = sorted(median(times) for times in zip(*runs, strict=True))
    return each[min(len(each) - 1, int(len(each) * SHARE))]


def with_words(path: str, words: Sequence[str]) -> list[str]:
    """The address with each of the words as `q`."""
    return [f"{path}?q={quote(word)}" for word in words]
