"""Does the person want to interrupt? What is said over the interviewer, as evidence and words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from voice.audio.clip import FRAME_S
from voice.audio.port import Frame
from voice.speech.transcript import text_of
from voice.turns.turn import Turn

NOTICE_S = 0.08
"""Voice over the interviewer's that makes it fall silent; the detector has confirmed it before."""
FADE = 0.5
"""Share of a frame of evidence that a frame without voice takes back: stops are silent."""
YIELD_S = 1.2
"""Voice that takes the floor whatever the words: 35 rendered backchannels lasted up to 1.12 s."""
YIELD_AFTER_BACKCHANNEL_S = 1.6
"""The same once a backchannel was understood: "yeah yeah okay"."""
YIELD_ANSWER_S = 1.0
"""The same where the person goes on with an answer that seemed to be over."""
YIELD_REPEATED_S = 0.8
"""The same where the voice came back: nobody says "mm-hm" twice in two seconds."""
RESUMED_ANSWER_S = 1.0
"""Voice this soon after the interviewer began belongs to the answer before."""
REPEATED_S = 2.0
"""A voice so soon after a false interruption goes on with it: "and so... my idea was"."""
MOST_WORDS_PER_S = 5.5
"""Of more words only those count that begin after the interviewer fell silent: it may be heard."""
LEAST_VOICE_S = 0.2
"""Less is what the canceller left, a tap or a click: Whisper would find the interviewer's own words
in it. The shortest "yeah" had 0.22 s."""
SETTLED_S = 0.3
"""Silence after which a backchannel is over and the sentence goes on."""
RESUME_S = 2.0
"""Silence after which it goes on though no words have come (LiveKit's false interruption)."""
_EARLIER_S = 0.1
"""How much earlier than it was noticed a voice may have begun to be its first word."""


class Reaction(StrEnum):
    """What the interviewer's voice does about what was heard over it."""

    GO_ON = "go_on"
    HOLD = "hold"
    RESUME = "resume"
    YIELD = "yield"


@dataclass(frozen=True)
class Overlap:
    """What was heard over the interviewer's voice, in session time."""

    began_s: float
    now_s: float
    evidence_s: float = 0.0
    """Voice of the last moments; silence takes it back."""
    start_s: float | None = None
    """Start of the voice that the evidence speaks of."""
    voice_s: float = 0.0
    """Voice since start_s in total."""
    last_voice_s: float = 0.0
    noticed_s: float | None = None
    """When the evidence was enough: the interviewer's voice is on hold from here."""
    before: Overlap | None = None
    """A false interruption less than REPEATED_S ago."""

    @classmethod
    def begin(cls, now_s: float) -> Overlap:
        """Return the state as the interviewer begins to speak."""
        return cls(now_s, now_s)

    def after(self, voiced: bool, now_s: float) -> Overlap:
        """Return the state after an echo-cancelled frame that ended at `now_s`."""
        step_s = FRAME_S if voiced else -FADE * FRAME_S
        evidence_s = max(0.0, self.evidence_s + step_s)
        if evidence_s == 0.0 and not self.held:
            recent = self.before and now_s - self.before.last_voice_s < REPEATED_S
            return Overlap(self.began_s, now_s, before=self.before if recent else None)
        noticed = self.noticed_s is None and evidence_s >= NOTICE_S - 1e-9
        return replace(
            self,
            now_s=now_s,
            evidence_s=min(evidence_s, NOTICE_S),
            start_s=now_s - FRAME_S if self.start_s is None else self.start_s,
            voice_s=self.voice_s + (FRAME_S if voiced else 0.0),
            last_voice_s=now_s if voiced else self.last_voice_s,
            noticed_s=now_s if noticed else self.noticed_s,
        )

    def resumed(self, now_s: float) -> Overlap:
        """Return the state as the sentence goes on after a false interruption."""
        return Overlap(self.began_s, now_s, before=self)

    @property
    def first_s(self) -> float | None:
        """Start of the voice, or of the false interruption that it goes on with."""
        return self.before.first_s if self.before else self.start_s

    @property
    def whole_voice_s(self) -> float:
        """Voice in total, with the false interruption that it goes on with."""
        return self.voice_s + (self.before.whole_voice_s if self.before else 0.0)

    @property
    def held(self) -> bool:
        """Whether the interviewer's voice is on hold."""
        return self.noticed_s is not None

    @property
    def silence_s(self) -> float:
        """Length of the silence since the last voice, 0 where none was heard."""
        return self.now_s - self.last_voice_s if self.start_s is not None else 0.0

    @property
    def resumed_answer(self) -> bool:
        """Whether the person goes on with an answer that seemed to be over."""
        if self.start_s is None or self.first_s is None:
            return False
        soon = self.start_s - self.began_s <= RESUMED_ANSWER_S
        return soon or self.first_s < self.began_s


def react(overlap: Overlap, text: str | None = None) -> Reaction:
    """Return what the interviewer's voice does; `text` is None while nothing is recognized."""
    if not overlap.held:
        return Reaction.GO_ON
    voice_s = overlap.whole_voice_s
    if text and takes_floor(text):
        return Reaction.YIELD
    if voice_s >= _enough_s(overlap, text) - 1e-9:
        return Reaction.YIELD
    over_s = RESUME_S if text is None else SETTLED_S
    return Reaction.RESUME if overlap.silence_s >= over_s - 1e-9 else Reaction.HOLD


def _enough_s(overlap: Overlap, text: str | None) -> float:
    if text:
        return YIELD_AFTER_BACKCHANNEL_S
    if overlap.before:
        return YIELD_REPEATED_S
    return YIELD_ANSWER_S if overlap.resumed_answer else YIELD_S


# The most frequent backchannels of Switchboard (Jurafsky et al. 1997), and filled pauses.
_BACKCHANNEL_WORDS = frozenset(
    """mm mhm hm hmm hmmm mmm mmhm mm-hm mm-hmm mhmm um-hum uh-huh uh-hum uhuh huh hum um uh er erm
    ah oh yeah yep yes yup ya okay ok right sure really exactly good great cool fine nice wow true
    alright""".split()
)
_BACKCHANNEL_PHRASES = re.compile(r"\b(i see|all right|of course|got it|i know|that's right)\b")
# Words by which one or two words ask for the floor: to halt, to ask back, to object, to steer.
_FLOOR_WORDS = frozenset(
    """wait stop hold hang sorry pardon excuse sec second moment minute no not but actually what
    which who whom why how when where whose repeat again skip next pass finish done question
    can could may let i my we you please""".split()
)
_FEWEST_WORDS = 3
"""So many words ask for the floor whatever they are; a backchannel becomes one or two odd ones."""


def takes_floor(text: str) -> bool:
    """Return whether the words ask for the floor; a backchannel or one odd word does not."""
    said = _BACKCHANNEL_PHRASES.sub(" okay ", text.lower().replace("’", "'"))
    found = [word.strip("-'") for word in re.sub(r"[^a-z' -]+", " ", said).split()]
    words = [word for word in found if len(word) > 1 or word in "ai"]
    if all(word in _BACKCHANNEL_WORDS for word in words):
        return False
    return len(words) >= _FEWEST_WORDS or any(word in _FLOOR_WORDS for word in words)


class BargeInListener:
    """Follow a voice over the interviewer's, as evidence and as the beginning of a turn."""

    def __init__(self, turn: Turn, overlap: Overlap) -> None:
        self.turn = turn
        self.overlap = overlap
        self._speaker_end_s = overlap.began_s

    def began(self, now_s: float) -> None:
        """Take note of the moment at which the interviewer's voice can first be heard."""
        self.overlap = replace(self.overlap, began_s=now_s)

    def hear(self, frame: Frame, voiced: bool, wait: bool) -> Reaction:
        """Take in a frame and return what the interviewer's voice does; maybe `wait` for words."""
        self.turn.hear(frame, voiced)
        if frame.speaker.any():
            self._speaker_end_s = frame.end_s
        self.overlap = self.overlap.after(voiced, frame.end_s)
        if self.overlap.first_s is None and self.turn.hearing.first_voice_s is not None:
            # Too little to be noticed, or nothing came of it: it belongs to no turn.
            self.turn.restart(frame.end_s)
        reaction = react(self.overlap, self._text(wait))
        if reaction is Reaction.RESUME:
            self.overlap = self.overlap.resumed(frame.end_s)
        return reaction

    def next(self, now_s: float) -> BargeInListener:
        """Return it for what comes next; a false interruption may go on over what is said then."""
        before = self.overlap.before
        if before is None:
            self.turn.restart(now_s)
        return BargeInListener(self.turn, Overlap(now_s, now_s, before=before))

    def end(self) -> None:
        """Forget a false interruption as the interviewer gives the floor to the person."""
        if self.overlap.start_s is None:
            self.turn.restart(self.overlap.now_s)

    def _text(self, wait: bool) -> str | None:
        """Return the words, once the voice has paused and they are understood."""
        if not self.overlap.held or self.overlap.silence_s < SETTLED_S:
            return None
        if self.overlap.whole_voice_s < LEAST_VOICE_S - 1e-9:
            return ""
        self.turn.hand_over()
        self.turn.collect(wait)
        if not self.turn.settled:
            return None
        # The pre-roll may hold a word of the interviewer's.
        since_s = (self.overlap.first_s or 0.0) - _EARLIER_S
        words = [word for word in self.turn.words if word.end_s > since_s]
        if len(words) > MOST_WORDS_PER_S * self.overlap.whole_voice_s:
            words = [word for word in words if word.start_s >= self._speaker_end_s]
        return text_of(words)
