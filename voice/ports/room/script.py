"""Who speaks when in a simulated room: after the interviewer, over it, or at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from voice.audio.clip import SAMPLE_RATE_HZ, Clip
from voice.audio.reading import read_audio

REPLY_DELAY_S = 1.0
"""The candidate answers this long after the loudspeaker fell silent, once the 0.8 s are over in
which half duplex does not listen yet."""
TURN_GAP_S = REPLY_DELAY_S
"""A shorter silence of the loudspeaker lies between two sentences of one turn."""


@dataclass(frozen=True, eq=False)
class Entry:
    """One thing that the candidate says."""

    clip: Clip
    when: Literal["after", "over", "at"] = "after"
    """after: once the interviewer fell silent, one entry a turn, in order. over: once it began to
    speak, in the turn whose answer is the next entry with after. at: at a session time."""
    seconds: float = REPLY_DELAY_S
    """How long after that moment; for at: the session time."""


Cue = tuple[int, Entry]
"""What begins, and at which sample of the session."""


class Turns:
    """Whose turn it is, on the sample clock."""

    def __init__(self) -> None:
        self.speaking = False
        self.asked = False
        """Whether the interviewer spoke, and nobody has answered or declined to. Nobody answers
        half a sentence: whoever breaks one off sets it back."""
        self.taken_up = False
        """Whether what the interviewer says next goes on with the same turn."""
        self._now = self._began = 0
        self._silent_from: int | None = None
        self._answering = False

    def follow(self, sample: int, speaking: bool, answering: bool) -> None:
        """Take in who speaks from this sample on."""
        self._now, self._answering = sample, answering
        if speaking and not self.speaking:
            since = self._silent_from
            paused = since is None or sample - since >= TURN_GAP_S * SAMPLE_RATE_HZ
            if paused and not self.taken_up:
                self._began = sample
            self.taken_up = False
        elif self.speaking and not speaking:
            self._silent_from = sample
        self.speaking = speaking
        self.asked = self.asked or speaking

    def answer_due(self, after_s: float, end_sample: int) -> int | None:
        """Return when an answer begins, if before `end_sample`; never over another voice."""
        if not self.asked or self.speaking or self._answering or self._silent_from is None:
            return None
        due = max(self._now, self._silent_from + round(after_s * SAMPLE_RATE_HZ))
        if due >= end_sample:
            return None
        self.asked = False
        return due

    def interruption_due(self, over_s: float, end_sample: int) -> int | None:
        """Return when an interruption begins, if before `end_sample`."""
        due = max(self._now, self._began + round(over_s * SAMPLE_RATE_HZ))
        return due if self.speaking and due < end_sample else None


class Candidate(Protocol):
    """Who chooses an answer when its moment comes."""

    def next_reply(self) -> Clip | None:
        """Return what is said now that the interviewer is silent, or None to stay silent."""

    @property
    def ended(self) -> bool:
        """Whether nothing is left to say."""


class Script:
    """Say entries at the moments that they name, each once; or let a candidate choose answers."""

    def __init__(self, entries: Sequence[Entry] = (), candidate: Candidate | None = None) -> None:
        self._candidate = candidate
        self._answers = deque(entry for entry in entries if entry.when == "after")
        self._at = [entry for entry in entries if entry.when == "at"]
        self._over: list[tuple[int, Entry]] = []
        answers_before = 0
        for entry in entries:
            answers_before += entry.when == "after"
            if entry.when == "over":
                self._over.append((answers_before, entry))
        self._answered = 0
        self.ended = False
        """Whether the candidate was asked again with no answer left and no other entry to come."""

    def cues(self, turns: Turns, end_sample: int) -> list[Cue]:
        """Return what begins before `end_sample`, entries at a time first."""
        at = [(round(entry.seconds * SAMPLE_RATE_HZ), entry) for entry in self._at]
        self._at = [entry for start, entry in at if start >= end_sample]
        now = [(start, entry) for start, entry in at if start < end_sample]
        return [*now, *self._interruptions(turns, end_sample), *self._answer(turns, end_sample)]

    def _interruptions(self, turns: Turns, end_sample: int) -> list[Cue]:
        cues: list[Cue] = []
        for waiting in list(self._over):
            answers_before, entry = waiting
            due = turns.interruption_due(entry.seconds, end_sample)
            if answers_before <= self._answered and due is not None:
                self._over.remove(waiting)
                cues.append((due, entry))
        return cues

    def _answer(self, turns: Turns, end_sample: int) -> list[Cue]:
        after_s = self._answers[0].seconds if self._answers else REPLY_DELAY_S
        due = turns.answer_due(after_s, end_sample)
        if due is None:
            return []
        if self._candidate is not None:
            reply = self._candidate.next_reply()
            self.ended = reply is None and self._candidate.ended
            return [] if reply is None else [(due, Entry(reply))]
        if self._answers:
            self._answered += 1
            return [(due, self._answers.popleft())]
        self.ended = not self._at and not self._over
        return []


def recorded(paths: Iterable[Path]) -> Script:
    """Return a candidate who gives one recorded answer a turn, in order.

    AudioFileError where a recording cannot be read.
    """
    return Script([Entry(read_audio(path, "both")) for path in paths])
