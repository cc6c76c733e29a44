"""One answer as the product hears it: voice frame by frame, words when they are there, Smart Turn.

What takes long (words, probabilities) is kept in a cache folder by the hash of its sound.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bench.answers import Answer
from voice.audio.clip import FRAME_S, FRAME_SAMPLES, SAMPLE_RATE_HZ, Clip
from voice.speech.stt import Recognizer
from voice.turns.endpointing import Decision, Hearing, Patience, SoFar, decide
from voice.turns.pauses import Pauses
from voice.turns.vad import VoiceDetector

PRE_ROLL_S = 0.5
"""Sound before a stretch that the recognizer gets, as voice.turns.turn gives it."""
POST_ROLL_S = 0.3
ASK_EVERY_S = 0.2
"""Smart Turn is asked so often during a silence, as the channel does."""
ASK_UNTIL_S = 4.0
ASK_TAKES_S = 0.06
"""Until an answer of Smart Turn is there; one call takes 30 ms of a free thread."""
WINDOW_S = 8.0

Ending = Callable[[Any], float]
"""Smart Turn: int16 samples to the probability that the turn has ended."""


@dataclass(frozen=True)
class Words:
    """A recognized stretch."""

    text: str
    ready_s: float
    """When they are there."""


@dataclass(frozen=True)
class Listened:
    """What there is to decide on at every frame."""

    answer: Answer
    hearings: list[Hearing]
    """The state after each frame, stretches handed over."""
    handed_over: list[tuple[float, Words]]
    """Each stretch: when it went to the recognizer, and what came of it."""
    endings: dict[int, float] = field(default_factory=dict)
    """Frame number to Smart Turn's answer about the sound up to it."""

    def words_at(self, now_s: float) -> tuple[str, bool]:
        """Return the words that are there, and whether all that was handed over is."""
        given = [words for at_s, words in self.handed_over if at_s <= now_s]
        ready = [words.text for words in given if words.ready_s <= now_s]
        return " ".join(filter(None, ready)), len(ready) == len(given)


@dataclass(frozen=True)
class Moment:
    """What is known after one frame."""

    hearing: Hearing
    text: str
    """The words that are there."""
    settled: bool
    """Whether all that was said has been understood."""
    endings: tuple[float, ...]
    """What Smart Turn answered in this silence, oldest first."""


def moments(listened: Listened) -> Iterator[Moment]:
    """Yield what is known after every frame, the delays of recognizer and Smart Turn included."""
    endings: tuple[float, ...] = ()
    late = round(ASK_TAKES_S / FRAME_S)
    text, understood = "", True
    changes = {at_s for at_s, _ in listened.handed_over}
    waiting = sorted(changes | {words.ready_s for _, words in listened.handed_over})
    for at, hearing in enumerate(listened.hearings):
        if waiting and waiting[0] <= hearing.now_s:
            text, understood = listened.words_at(hearing.now_s)
            waiting = [each for each in waiting if each > hearing.now_s]
        if hearing.silence_s == 0.0:
            endings = ()
        elif at - late in listened.endings:
            asked = listened.hearings[at - late]
            if asked.silent_since_s == hearing.silent_since_s:
                endings += (listened.endings[at - late],)
        yield Moment(hearing, text, understood and hearing.stretch_start_s is None, endings)


class Listener:
    """Hear answers with one recognizer and, where it is there, Smart Turn."""

    def __init__(self, recognizer: Recognizer, smart_turn: Ending | None, cache: Path) -> None:
        self._recognizer = recognizer
        self._smart_turn = smart_turn
        self._cache = cache

    def listen(self, answer: Answer) -> Listened:
        """Return what is heard of an answer."""
        key = hashlib.sha256(answer.clip.samples.tobytes()).hexdigest()[:24]
        path = self._cache / f"heard-{key}.json"
        kept: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
        known = len(kept)
        hearings, stretches = _hear(answer.clip, Patience())
        handed_over: list[tuple[float, Words]] = []
        free_s = 0.0
        for at_s, start_s, end_s in stretches:
            text, took_s = self._words(answer.clip, start_s, end_s, kept)
            free_s = max(free_s, at_s) + took_s
            handed_over.append((at_s, Words(text, free_s)))
        endings = self._endings(answer.clip, hearings, kept)
        if len(kept) != known:
            self._cache.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(kept))
        return Listened(answer, hearings, handed_over, endings)

    def _words(
        self, clip: Clip, start_s: float, end_s: float, kept: dict[str, Any]
    ) -> tuple[str, float]:
        """Return the words of a stretch and the seconds that it really took to recognize it."""
        key = f"{self._recognizer.name} {start_s:.2f} {end_s:.2f}"
        if key not in kept:
            began_s = time.perf_counter()
            words = self._recognizer.transcribe(clip.between(start_s, end_s))
            kept[key] = [" ".join(w.text for w in words), time.perf_counter() - began_s]
        text, took_s = kept[key]
        return text, took_s

    def _endings(
        self, clip: Clip, hearings: list[Hearing], kept: dict[str, Any]
    ) -> dict[int, float]:
        found: dict[int, float] = {}
        if self._smart_turn is None:
            return found
        for at, hearing in enumerate(hearings):
            asks = hearing.silence_s / ASK_EVERY_S
            due = round(asks) >= 1 and abs(asks - round(asks)) * ASK_EVERY_S < FRAME_S / 2
            if hearing.first_voice_s is None or not due or hearing.silence_s > ASK_UNTIL_S:
                continue
            key = f"smart {hearing.now_s:.2f}"
            if key not in kept:
                last = clip.between(hearing.now_s - WINDOW_S, hearing.now_s)
                kept[key] = round(self._smart_turn(last.samples), 4)
            found[at] = kept[key]
        return found


def _hear(clip: Clip, patience: Patience) -> tuple[list[Hearing], list[tuple[float, float, float]]]:
    """Return the state after each frame, and of each stretch: handed over at, start, end."""
    detector = VoiceDetector()
    hearing = Hearing.begin(0.0)
    hearings: list[Hearing] = []
    stretches: list[tuple[float, float, float]] = []
    for at in range(len(clip.samples) // FRAME_SAMPLES):
        frame = clip.samples[at * FRAME_SAMPLES : (at + 1) * FRAME_SAMPLES]
        now_s = (at + 1) * FRAME_SAMPLES / SAMPLE_RATE_HZ
        hearing = hearing.after(detector.is_voice(frame), now_s)
        start_s = hearing.stretch_start_s
        so_far = SoFar(thinking=True)
        if decide(hearing, so_far, Pauses(), patience) is Decision.STRETCH and start_s is not None:
            end_s = hearing.last_voice_s + POST_ROLL_S
            stretches.append((now_s, max(0.0, start_s - PRE_ROLL_S), end_s))
            hearing = hearing.handed_over()
        hearings.append(hearing)
    return hearings, stretches
