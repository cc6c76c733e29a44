"""The two workers: one recognizes finished stretches, one synthesizes what is said next."""

import itertools
import queue
import threading
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Self

import numpy as np

from voice.audio.clip import Clip, join, silence
from voice.speech.protocols import Recognizer, Synthesizer, Understood
from voice.speech.spoken import (
    CLAUSE_PAUSE_S,
    SENTENCE_PAUSE_S,
    clauses,
    unfinished,
    written_sentences,
)

KEPT_SENTENCES = 16
"""Sentences kept that were made ahead: about eight texts, 2 MB of sound."""

_Line = tuple[str, str]


class OneThread:
    """Own a thread that works in order and ends what has begun; a context manager."""

    def __init__(self, name: str) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix=name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)


class Transcriber(OneThread):
    """Recognize stretches in order, on one thread, while the person goes on; a context manager."""

    def __init__(self, recognizer: Recognizer) -> None:
        super().__init__("recognizer")
        self._recognizer = recognizer

    def submit(self, clip: Clip, start_s: float) -> Future[Understood]:
        """Queue a stretch that began at `start_s`; its words come on the session clock."""
        return self._pool.submit(self._understand, clip, start_s)

    def _understand(self, clip: Clip, start_s: float) -> Understood:
        words = tuple(word.shifted(start_s) for word in self._recognizer.transcribe(clip))
        finished = getattr(self._recognizer, "finished", None)
        return Understood(words, finished() if finished and words else None)


@dataclass(frozen=True)
class Spoken:
    """A piece of a text and its sound."""

    text: str
    clip: Clip
    pause_s: float
    """Silence at the end of the clip."""


def heard_part(parts: Sequence[Spoken], played_s: float) -> str:
    """Return the words that were heard whole when `played_s` of the clips were played."""
    heard: list[str] = []
    left_s = played_s
    for part in parts:
        voice_s = part.clip.duration_s - part.pause_s
        if left_s < voice_s:
            end = max(0, int(left_s / voice_s * len(part.text)))
            whole = end >= len(part.text) or part.text[end].isspace()
            heard.append(part.text[:end] if whole else part.text[:end].rpartition(" ")[0])
            break
        heard.append(part.text)
        left_s -= part.clip.duration_s
    return " ".join(text.rstrip() for text in heard if text)


_Rank = tuple[int, int, int]
"""What is to be said now (0) before what may be said later (1); then the order of its kind."""
_Piece = tuple[str, Future[Clip], float]
"""A sentence or a clause of one as written, its sound, and the silence that follows it."""


class Speech:
    """The clips of one text, made by the worker while earlier ones play."""

    def __init__(self, text: str, pieces: Iterable[_Piece]) -> None:
        self.text = text
        self.taken: tuple[Spoken, ...] = ()
        """The sentences and clips that `ready` has given out, in order."""
        self._left = deque(pieces)

    def drop(self) -> None:
        """Make no further sentence."""
        for _, made, _ in self._left:
            made.cancel()
        self._left.clear()

    def ready(self, wait: bool) -> list[Clip]:
        """Return the clips made since the last call; with `wait`, all of them."""
        clips: list[Clip] = []
        while self._left and (wait or self._left[0][1].done()):
            text, made, pause_s = self._left.popleft()
            clip = made.result()
            if len(clip.samples):
                pause = silence(pause_s if self._left else 0.0, clip.rate_hz)
                clips.append(join([clip, pause], clip.rate_hz))
                self.taken += (Spoken(text, clips[-1], pause.duration_s),)
        return clips

    def heard(self, played_s: float) -> str:
        """Return the words that were heard when `played_s` of the clips were played."""
        return heard_part(self.taken, played_s)

    @property
    def done(self) -> bool:
        """Whether every clip was made and taken."""
        return not self._left


class Speaker(OneThread):
    """Synthesize texts sentence by sentence on one thread, some ahead; a context manager."""

    def __init__(
        self, synthesizer: Synthesizer, voices: Mapping[str, Synthesizer] | None = None
    ) -> None:
        super().__init__("synthesizer")
        self._synthesizers: dict[str, Synthesizer] = {**(voices or {}), "": synthesizer}
        self._jobs: queue.PriorityQueue[tuple[_Rank, _Line, Future[Clip]]] = queue.PriorityQueue()
        self._ahead: dict[_Line, Future[Clip]] = {}
        self._asked = itertools.count()
        self._lock = threading.Lock()

    def prepare(self, text: str, voice: str = "") -> None:
        """Make a text ahead while nothing else is to be made; the latest asked for comes first."""
        asked = next(self._asked)
        with self._lock:
            for number, line in enumerate(self._lines(text, voice)):
                self._ahead[line] = self._prepared(line) or self._submit(line, (1, -asked, number))
            while len(self._ahead) > KEPT_SENTENCES:
                self._ahead.pop(next(iter(self._ahead))).cancel()

    def begin(self, text: str, voice: str = "") -> Speech:
        """Start to synthesize a text that is to be said now; what was prepared is there at once."""
        asked = next(self._asked)
        pieces: list[_Piece] = []
        with self._lock:
            for line in self._lines(text, voice):
                voice, sentence = line
                if made := self._prepared(line):
                    self._ahead[line] = made
                    pieces.append((sentence, made, SENTENCE_PAUSE_S))
                    continue
                # Only what is waited for is cut: a whole sentence sounds better.
                cut = self._synthesizers[voice].slow and not pieces
                *first, last = clauses(sentence) if cut else [sentence]
                for part in first:
                    made = self._submit((voice, unfinished(part)), (0, asked, len(pieces)))
                    pieces.append((part, made, CLAUSE_PAUSE_S))
                made = self._submit((voice, last), (0, asked, len(pieces)))
                pieces.append((last, made, SENTENCE_PAUSE_S))
        return Speech(text, pieces)

    def _lines(self, text: str, voice: str) -> list[_Line]:
        known = voice if voice in self._synthesizers else ""
        return [(known, sentence) for sentence in written_sentences(text)]

    def _prepared(self, line: _Line) -> Future[Clip] | None:
        made = self._ahead.pop(line, None)
        return None if made is None or made.cancel() else made

    def _submit(self, line: _Line, rank: _Rank) -> Future[Clip]:
        made: Future[Clip] = Future()
        self._jobs.put((rank, line, made))
        self._pool.submit(self._make_next)
        return made

    def _make_next(self) -> None:
        _, (voice, text), made = self._jobs.get_nowait()
        if not made.set_running_or_notify_cancel():
            return
        try:
            clips = list(self._synthesizers[voice].speak(text))
            clip = join(clips, clips[0].rate_hz) if clips else Clip(np.zeros(0, np.int16))
        except Exception as error:  # raised where the clip is taken
            made.set_exception(error)
        else:
            made.set_result(clip)
