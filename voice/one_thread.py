"""A worker of one thread, opened and closed with what uses it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Self


class OneThread:
    """Own a thread on which work is done in order; a context manager.

    What has begun is finished at the end, what has not is dropped.
    """

    def __init__(self, name: str) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix=name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)
