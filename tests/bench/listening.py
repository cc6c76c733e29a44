"""One answer as the product hears it: voice frame by frame, words when they are there, Smart Turn.

The product's own Turn is driven, against a recognizer on two free cores. What takes long (voice,
words, probabilities) is kept in a cache folder by the hash of its sound, so that a policy is tried
in seconds.
"""

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench.answers import Answer
from voice.audio.clip import FRAME_SAMPLES, Clip
from voice.audio.port import Frame
from voice.speech.protocols import Recognizer, Understood
from voice.speech.transcript import Word, text_of
from voice.turns.endpointing import Decision, Hearing, Patience, SoFar, decide
from voice.turns.pauses import Pauses
from voice.turns.turn import ASK_EVERY_S, ASK_UNTIL_S, RECENT_S, Turn, log_odds
from voice.turns.voice_activity import VoiceDetector

CORES = 2.0
"""A pass takes its processor time divided by so many, whatever else this machine is doing."""
ASK_TAKES_S = 0.06
"""Until an answer of Smart Turn is there; one call takes 30 ms of a free thread."""

Ending = Callable[[Any], float]
"""Smart Turn: int16 samples to the probability that the turn has ended."""


@dataclass(frozen=True)
class Moment:
    """What is known after one frame."""

    hearing: Hearing
    text: str
    """The words that are there."""
    settled: bool
    """Whether all that was said has been understood."""
    finished: float | None
    """Understood.finished of the last words."""
    endings: tuple[float, ...]
    """What Smart Turn answered in this silence, oldest first."""

    @property
    def ending(self) -> float | None:
        """The mean of their log odds, as the channel takes it."""
        odds = [log_odds(each) for each in self.endings]
        return sum(odds) / len(odds) if odds else None


@dataclass(frozen=True)
class Listened:
    """An answer and what there was to decide on."""

    answer: Answer
    moments: list[Moment]
    passes: float
    """Processor time of all passes, over that of one pass over the whole answer."""
    words_s: float
    """When the last words were there, after the true end; a decision may come later."""


class _Worker:
    """The recognizer's thread, on the clock of the answer: one pass after another."""

    def __init__(self, understand: Callable[[Clip, float], tuple[Understood, float]]) -> None:
        self._understand = understand
        self._queue: list[tuple[Clip, float, Future[Understood]]] = []
        self._running: tuple[float, Understood, Future[Understood]] | None = None
        self._now_s = self.spent_s = self.done_s = 0.0

    def submit(self, clip: Clip, start_s: float) -> Future[Understood]:
        made: Future[Understood] = Future()
        self._queue.append((clip, start_s, made))
        self.until(self._now_s)
        return made

    def until(self, now_s: float) -> None:
        """Let the time pass."""
        self._now_s = now_s
        if self._running is not None and self._running[0] <= now_s:
            self.done_s, understood, made = self._running
            self._running = None
            made.set_result(understood)
        while self._running is None and self._queue:
            clip, start_s, made = self._queue.pop(0)
            if made.set_running_or_notify_cancel():
                understood, took_s = self._understand(clip, start_s)
                self.spent_s += took_s
                self._running = (now_s + took_s / CORES, understood, made)


class Listener:
    """Hear answers with one recognizer and, where it is there, Smart Turn."""

    def __init__(self, recognizer: Recognizer, smart_turn: Ending | None, cache: Path) -> None:
        self._recognizer = recognizer
        self._smart_turn = smart_turn
        self._cache = cache
        self._kept: dict[str, Any] = {}

    def listen(self, answer: Answer) -> Listened:
        """Return what is heard of an answer."""
        key = hashlib.sha256(answer.clip.samples.tobytes()).hexdigest()[:24]
        path = self._cache / f"turns-{key}.json"
        self._kept = json.loads(path.read_text()) if path.exists() else {}
        known = len(self._kept)
        worker = _Worker(self._understood)
        moments = list(self._moments(answer.clip, worker))
        _, whole_s = self._understood(answer.clip.between(0.0, answer.end_s), 0.0)
        if len(self._kept) != known:
            self._cache.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(self._kept))
        return Listened(answer, moments, worker.spent_s / whole_s, worker.done_s - answer.end_s)

    def _moments(self, clip: Clip, worker: _Worker) -> Iterator[Moment]:
        turn = Turn(0.0, worker.submit)
        endings: list[float] = []
        asked: list[tuple[float, float]] = []
        for at, voiced in enumerate(self._voiced(clip)):
            mic = clip.samples[at * FRAME_SAMPLES : (at + 1) * FRAME_SAMPLES]
            turn.hear(Frame(at * FRAME_SAMPLES, mic, np.zeros(FRAME_SAMPLES, np.int16)), voiced)
            hearing = turn.hearing
            worker.until(hearing.now_s)
            turn.collect(wait=False)
            decision = decide(hearing, SoFar(thinking=True), Pauses(), Patience())
            if decision is Decision.STRETCH:
                turn.hand_over()
            elif decision is Decision.PEEK:
                turn.peek()
            if hearing.silence_s == 0.0:
                endings, asked = [], []
            elif self._smart_turn is not None and hearing.first_voice_s is not None:
                if len(asked) + 1 <= (min(hearing.silence_s, ASK_UNTIL_S) + 1e-6) / ASK_EVERY_S:
                    asked.append((hearing.now_s + ASK_TAKES_S, self._ending(clip, hearing.now_s)))
                endings = [ending for there_s, ending in asked if there_s <= hearing.now_s]
            text = text_of(turn.words)
            yield Moment(turn.hearing, text, turn.settled, turn.finished, tuple(endings))

    def _voiced(self, clip: Clip) -> list[bool]:
        if "voice" not in self._kept:
            detector, size = VoiceDetector(), FRAME_SAMPLES
            starts = range(0, len(clip.samples) - size + 1, size)
            heard = (detector.is_voice(clip.samples[at : at + size]) for at in starts)
            self._kept["voice"] = "".join("01"[each] for each in heard)
        return [each == "1" for each in self._kept["voice"]]

    def _understood(self, clip: Clip, start_s: float) -> tuple[Understood, float]:
        """Return what becomes of a stretch, and the processor time that it took in seconds."""
        key = f"{self._recognizer.name} {start_s:.2f} {start_s + clip.duration_s:.2f}"
        if key not in self._kept:
            began_s = time.process_time()
            words = self._recognizer.transcribe(clip)
            finished = getattr(self._recognizer, "finished", lambda: None)() if words else None
            took_s = time.process_time() - began_s
            timed = [[w.text, w.start_s, w.end_s, w.probability] for w in words]
            self._kept[key] = [timed, finished, took_s]
        timed, finished, took_s = self._kept[key]
        words = tuple(Word(*each).shifted(start_s) for each in timed)
        return Understood(words, finished), took_s

    def _ending(self, clip: Clip, now_s: float) -> float:
        key = f"smart {now_s:.2f}"
        if key not in self._kept:
            assert self._smart_turn is not None
            last = clip.between(max(0.0, now_s - RECENT_S), now_s)
            self._kept[key] = round(self._smart_turn(last.samples), 4)
        found: float = self._kept[key]
        return found
