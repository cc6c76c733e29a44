"""The two workers: one recognizes finished stretches, one synthesizes the next sentence."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from voice.audio import Clip
from voice.stt import Ears
from voice.transcript import Word
from voice.tts import Mouth


class Transcriber:
    """Recognize stretches in order, on one thread, while the person goes on; a context manager."""

    def __init__(self, ears: Ears) -> None:
        self._ears = ears
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="ears")

    def submit(self, clip: Clip, start_s: float) -> Future[tuple[Word, ...]]:
        """Queue a stretch that began at `start_s`; its words come on the session clock."""
        return self._pool.submit(self._transcribe, clip, start_s)

    def _transcribe(self, clip: Clip, start_s: float) -> tuple[Word, ...]:
        return tuple(word.shifted(start_s) for word in self._ears.transcribe(clip))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)


class Speech:
    """The clips of one text, made by the worker while earlier ones play."""

    def __init__(self) -> None:
        self._clips: queue.SimpleQueue[Clip] = queue.SimpleQueue()
        self._made: Future[None] | None = None
        self._dropped = False

    def begin(self, pool: ThreadPoolExecutor, mouth: Mouth, text: str) -> None:
        """Start the synthesis."""
        self._made = pool.submit(self._make, mouth.speak(text))

    def _make(self, clips: Iterator[Clip]) -> None:
        for clip in clips:
            if self._dropped:
                return
            self._clips.put(clip)

    def drop(self) -> None:
        """Make no further sentence."""
        self._dropped = True

    def ready(self, wait: bool) -> list[Clip]:
        """Return the clips made since the last call; with `wait`, all of them.

        Raises:
            ModelError: the synthesizer failed.
        """
        if self._made is not None and (wait or self._made.done()):
            self._made.result()
        clips: list[Clip] = []
        while not self._clips.empty():
            clips.append(self._clips.get())
        return clips

    @property
    def done(self) -> bool:
        """Whether every clip was made and taken."""
        return self._made is not None and self._made.done() and self._clips.empty()


class Speaker:
    """Synthesize texts on one thread; a context manager."""

    def __init__(self, mouth: Mouth) -> None:
        self._mouth = mouth
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="mouth")

    def begin(self, text: str) -> Speech:
        """Start to synthesize a text."""
        speech = Speech()
        speech.begin(self._pool, self._mouth, text)
        return speech

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)
