"""Senders that each wait for their answer before they send the next; rate and waiting times."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Load:
    """``rate`` a second; ``p50`` and ``p99`` of the waiting time in milliseconds."""

    rate: float
    p50: float
    p99: float


def measure_each(works: list[Callable[[], None]], seconds: float, warm_up: float = 0.3) -> Load:
    """One thread for each of ``works``, which all begin once each has done it. The warm-up is not counted."""
    together = threading.Barrier(len(works))
    waited: list[list[float]] = [[] for _work in works]
    failures: list[BaseException] = []

    def send(index: int) -> None:
        try:
            works[index]()
            together.wait()
            begins = time.perf_counter() + warm_up
            while (began := time.perf_counter()) < begins + seconds:
                works[index]()
                if began >= begins:
                    waited[index].append(time.perf_counter() - began)
        except BaseException as failure:
            failures.append(failure)
            together.abort()

    threads = [threading.Thread(target=send, args=(index,)) for index in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    every = sorted(milliseconds for each in waited for milliseconds in each)
    quantiles = statistics.quantiles(every, n=100)
    return Load(len(every) / seconds, quantiles[49] * 1_000, quantiles[98] * 1_000)
