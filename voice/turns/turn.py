"""The turn being heard: its frames, open stretch and words, and Smart Turn's opinion of it."""

import math
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace

import numpy as np

from voice.audio.clip import FRAME_S, SAMPLE_RATE_HZ, Clip, Samples, silence
from voice.audio.port import Frame
from voice.speech.protocols import Understood
from voice.speech.smart_turn import SmartTurn
from voice.speech.transcript import Word
from voice.turns.endpointing import Hearing
from voice.turns.workers import OneThread

PRE_ROLL_S = 0.5
"""Sound before the first voice that goes to the recognizer, so that no first syllable is lost."""
POST_ROLL_S = 0.3
"""Sound after the last voice that goes along."""
RECENT_S = 8.0
"""Sound that is kept: as much as Smart Turn takes."""
ASK_EVERY_S = 0.2
"""How often Smart Turn is asked in a silence, the first time after as long."""
ASK_UNTIL_S = 0.8
"""Later answers hear more silence than speech, and tell less."""
PEEK_EVERY_S = 2.0
"""Two tries lie so far apart: who pauses at every word is not recognized at every word."""
_SLACK_FRAMES = 200

Submit = Callable[[Clip, float], "Future[Understood]"]


@dataclass(frozen=True)
class _Peek:
    """A stretch given to the recognizer before it is known to be over."""

    voice_end_s: float
    """Where its voice ended: of no use where it went on."""
    made: Future[Understood]


class Turn:
    """Gather one turn after another, stretch by stretch, over frames without a gap."""

    def __init__(self, began_s: float, submit: Submit) -> None:
        self.hearing = Hearing.begin(began_s)
        self.words: tuple[Word, ...] = ()
        self.finished: float | None = None
        """Understood.finished of the last stretch that had words."""
        self._peek: _Peek | None = None
        self._peeked_s = -PEEK_EVERY_S
        self._submit = submit
        self._frames: list[Samples] = []
        self._frames_start_s = began_s
        self._handed_s = began_s
        self._echo_end_s = 0.0
        self._pending: list[Future[Understood]] = []

    def hear(self, frame: Frame, voiced: bool) -> None:
        """Take in the next frame; a gap before it does not count, a long one ends the stretch."""
        if not self._frames:
            self._frames_start_s = frame.start_s
        gap_s = frame.start_s - self.hearing.now_s
        if gap_s > FRAME_S / 2:
            if gap_s > PRE_ROLL_S:
                self.hand_over()
                self._frames, self._frames_start_s = [], frame.start_s
            else:
                self._frames.append(silence(gap_s).samples)
            self.hearing = self.hearing.resumed(frame.start_s)
        self._frames.append(frame.mic)
        if frame.speaker.any():
            self._echo_end_s = frame.end_s
        self.hearing = self.hearing.after(voiced, frame.end_s)
        if self._peek is not None and self._peek.voice_end_s != self.hearing.last_voice_s:
            # The voice went on: what has begun is of no use, what has not is not begun.
            self._peek.made.cancel()
            self._peek = None
        if self.hearing.stretch_start_s is None:
            self._forget()

    def restart(self, now_s: float) -> None:
        """Begin anew at `now_s`; the sound of the last moments is kept for the pre-roll."""
        self.hearing = Hearing.begin(now_s)
        self.words, self.finished, self._peek = (), None, None
        self._pending.clear()

    def disregard(self) -> None:
        """Forget the voice so far: it was a cough, and the person is still to speak."""
        began = Hearing.begin(self.hearing.began_s)
        self.hearing = replace(began, now_s=self.hearing.now_s)

    def peek(self) -> None:
        """Give the open stretch to an idle recognizer, in a silence that may not close it."""
        start_s, end_s = self.hearing.stretch_start_s, self.hearing.last_voice_s
        free = self._peek is None and not self._pending and end_s >= self._peeked_s + PEEK_EVERY_S
        if free and start_s is not None:
            clip, from_s, _ = self._stretch(start_s)
            self._peek, self._peeked_s = _Peek(end_s, self._submit(clip, from_s)), end_s

    def hand_over(self) -> None:
        """Send the open stretch, if there is one, to the recognizer, or take what a peek makes."""
        start_s = self.hearing.stretch_start_s
        if start_s is None:
            return
        clip, from_s, self._handed_s = self._stretch(start_s)
        peek, self._peek = self._peek, None
        self._pending.append(peek.made if peek else self._submit(clip, from_s))
        self.hearing = self.hearing.handed_over()

    def _stretch(self, start_s: float) -> tuple[Clip, float, float]:
        gathered = Clip(np.concatenate(self._frames))
        # Where a long stretch was cut at a breath, what was handed over is not sent twice; nor is
        # the interviewer's last word, unless the person spoke over it.
        from_s = max(self._frames_start_s, self._handed_s, start_s - PRE_ROLL_S)
        if start_s >= self._echo_end_s:
            from_s = max(from_s, self._echo_end_s)
        to_s = min(self.hearing.now_s, self.hearing.last_voice_s + POST_ROLL_S)
        begin_s = self._frames_start_s
        return gathered.between(from_s - begin_s, to_s - begin_s), from_s, to_s

    def collect(self, wait: bool) -> list[tuple[Word, ...]]:
        """Return the stretches recognized since the last call, in order."""
        done: list[tuple[Word, ...]] = []
        while self._pending and (wait or self._pending[0].done()):
            understood = self._pending.pop(0).result()
            words = understood.words
            self.words += words
            if words:
                self.finished = understood.finished
            done.append(words)
        return done

    @property
    def settled(self) -> bool:
        """Whether all that was said has been understood."""
        return not self._pending and self.hearing.stretch_start_s is None

    @property
    def recent(self) -> Samples:
        """The last RECENT_S of the microphone, or what there is of them."""
        frames = self._frames[-round(RECENT_S / FRAME_S) :]
        return np.concatenate([np.zeros(0, np.int16), *frames])[-round(RECENT_S * SAMPLE_RATE_HZ) :]

    def result(self) -> tuple[tuple[Word, ...], float, float]:
        """Return words, start and end of the turn; of listening when there was no voice."""
        hearing = self.hearing
        start_s = hearing.first_voice_s
        if start_s is None:
            return self.words, hearing.began_s, hearing.now_s
        if self.words and self.words[0].start_s > start_s + PRE_ROLL_S:
            start_s = self.words[0].start_s
        return self.words, start_s, hearing.last_voice_s

    def _forget(self) -> None:
        """Keep only what is recent while nothing is said that was not handed over."""
        keep = round(RECENT_S / FRAME_S)
        if len(self._frames) > keep + _SLACK_FRAMES:
            dropped = self._frames[:-keep]
            self._frames_start_s += sum(map(len, dropped)) / SAMPLE_RATE_HZ
            del self._frames[:-keep]


class Ending(OneThread):
    """Ask Smart Turn, on a thread of its own, whether a turn sounds complete; a context manager."""

    def __init__(self, model: SmartTurn | None, realtime: bool) -> None:
        """Begin; if `realtime`, an answer is taken when it is there, else it is waited for."""
        super().__init__("ending")
        self._model = model
        self._realtime = realtime
        self._asked: Future[float] | None = None
        self._next_s = ASK_EVERY_S
        self._said: list[float] = []

    def logit(self, turn: Turn) -> float | None:
        """Return the log odds that the turn is complete, the mean of this silence's answers."""
        silence_s = turn.hearing.silence_s
        if turn.hearing.first_voice_s is None or silence_s < ASK_EVERY_S:
            self._next_s, self._said, self._asked = ASK_EVERY_S, [], None
            return None
        due = self._next_s <= min(silence_s, ASK_UNTIL_S)
        if self._model is not None and self._asked is None and due:
            self._asked = self._pool.submit(self._model.probability, turn.recent)
            self._next_s += ASK_EVERY_S
        if self._asked is not None and (self._asked.done() or not self._realtime):
            self._said.append(log_odds(self._asked.result()))
            self._asked = None
        return sum(self._said) / len(self._said) if self._said else None


def log_odds(probability: float) -> float:
    """Return the natural logarithm of the odds, within 9 of even."""
    within = min(1 - 1e-4, max(1e-4, probability))
    return math.log(within / (1 - within))
