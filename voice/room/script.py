"""When the candidate of a simulated room speaks: after the interviewer, over it, or at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from voice.audio import SAMPLE_RATE_HZ, Clip
from voice.room.candidate import Candidate
from voice.room.speech import Cue

REPLY_DELAY_S = 1.0
"""The candidate answers this long after the loudspeaker fell silent, once the 0.8 s are over in
which half duplex does not listen yet."""
TURN_GAP_S = REPLY_DELAY_S
"""A shorter silence of the loudspeaker lies between two sentences of one turn."""


class Floor:
    """Whose turn it is, on the sample clock."""

    def __init__(self) -> None:
        self.turn = 0
        """The interviewer's turns begun so far."""
        self.speaking = False
        """Whether the interviewer speaks."""
        self.asked = False
        """Whether the interviewer spoke, and nobody has answered or declined to."""
        self._now = 0
        self._began = 0
        self._silent_from: int | None = None
        self._answering = False
        self._taken_up = False

    def follow(self, sample: int, speaking: bool, answering: bool) -> None:
        """Take in who speaks from this sample on."""
        self._now, self._answering = sample, answering
        if speaking and not self.speaking:
            gap = TURN_GAP_S * SAMPLE_RATE_HZ
            paused = self._silent_from is None or sample - self._silent_from >= gap
            if paused and not self._taken_up:
                self.turn += 1
                self._began = sample
            self._taken_up = False
        elif self.speaking and not speaking:
            self._silent_from = sample
        self.speaking = speaking
        self.asked = self.asked or speaking

    def break_off(self) -> None:
        """Ask nothing: nobody answers half a sentence, and who interrupted it has spoken."""
        self.asked = False

    def take_up(self) -> None:
        """Go on with the same turn when the interviewer speaks next, however long that takes."""
        self._taken_up = True

    def answer_due(self, after_s: float, end_sample: int) -> int | None:
        """Return when an answer begins, if that is before `end_sample`.

        Nobody answers over the interviewer, or begins an answer in the middle of another.
        """
        if not self.asked or self.speaking or self._answering or self._silent_from is None:
            return None
        due = max(self._now, self._silent_from + round(after_s * SAMPLE_RATE_HZ))
        return due if due < end_sample else None

    def interruption_due(self, over_s: float, end_sample: int) -> int | None:
        """Return when an interruption begins, if that is before `end_sample`."""
        if not self.speaking:
            return None
        due = max(self._now, self._began + round(over_s * SAMPLE_RATE_HZ))
        return due if due < end_sample else None


class Answers:
    """Answer REPLY_DELAY_S after each of the interviewer's turns, as a candidate sees fit."""

    def __init__(self, candidate: Candidate) -> None:
        self._candidate = candidate
        self.ended = False
        """Whether the candidate was asked again and had nothing left to say."""

    def cues(self, floor: Floor, end_sample: int) -> list[Cue]:
        """Return what begins before `end_sample`."""
        due = floor.answer_due(REPLY_DELAY_S, end_sample)
        if due is None:
            return []
        floor.asked = False
        reply = self._candidate.next_reply()
        self.ended = reply is None and self._candidate.ended
        return [] if reply is None else [Cue.of(due, reply)]


@dataclass(frozen=True, eq=False)
class Entry:
    """One thing that the candidate says."""

    clip: Clip
    """The recording, of any rate."""
    when: Literal["after", "over", "at"] = "after"
    """after: once the interviewer fell silent, one entry a turn, in order. over: once it began to
    speak, in the turn whose answer is the next entry with after. at: at a session time."""
    seconds: float = REPLY_DELAY_S
    """How long after that moment, in seconds; for at: the session time."""
    of_turn: int | None = None
    """For over: in this turn of the interviewer, counted from 1, and in no other."""
    gain_db: float = 0.0
    """How much louder than recorded."""

    def cue(self, start_sample: int) -> Cue:
        """Return it, beginning at a session time."""
        return Cue.of(start_sample, self.clip, self.gain_db)


class Script:
    """Say entries at the moments that they name; each is said once."""

    def __init__(self, entries: Sequence[Entry]) -> None:
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

    def cues(self, floor: Floor, end_sample: int) -> list[Cue]:
        """Return what begins before `end_sample`, entries at a time first."""
        return [
            *self._at_a_time(end_sample),
            *self._interruptions(floor, end_sample),
            *self._answer(floor, end_sample),
        ]

    def _at_a_time(self, end_sample: int) -> list[Cue]:
        starts = [(round(entry.seconds * SAMPLE_RATE_HZ), entry) for entry in self._at]
        self._at = [entry for start, entry in starts if start >= end_sample]
        return [entry.cue(start) for start, entry in starts if start < end_sample]

    def _interruptions(self, floor: Floor, end_sample: int) -> list[Cue]:
        cues: list[Cue] = []
        left: list[tuple[int, Entry]] = []
        for answers_before, entry in self._over:
            fits = (
                answers_before <= self._answered
                if entry.of_turn is None
                else (entry.of_turn == floor.turn)
            )
            due = floor.interruption_due(entry.seconds, end_sample) if fits else None
            if due is None:
                left.append((answers_before, entry))
            else:
                cues.append(entry.cue(due))
        self._over = left
        return cues

    def _answer(self, floor: Floor, end_sample: int) -> list[Cue]:
        after_s = self._answers[0].seconds if self._answers else REPLY_DELAY_S
        due = floor.answer_due(after_s, end_sample)
        if due is None:
            return []
        floor.asked = False
        if self._answers:
            self._answered += 1
            return [self._answers.popleft().cue(due)]
        to_come = any(
            entry.of_turn is None or entry.of_turn > floor.turn for _, entry in self._over
        )
        self.ended = not self._at and not to_come
        return []
