"""When has the person finished? A pure decision on voice, sample time and the words so far."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum

from voice.audio.clip import FRAME_S
from voice.turns.pauses import Pauses

CONFIRM_S = 0.06
"""Voice counts once it lasted this long, so that a click is no speech."""
PHRASE_GAP_S = 0.5
"""A silence this long separates phrases."""
CUT_IN_PAUSE_S = 0.25
"""Who talks too long is cut in on at such a pause: a hesitation (Goldman-Eisler 1968)."""
CUT_IN_AFTER_S = 15.0
"""Who makes none is cut in on so much later; people who talk freely make one within 9.1 s."""


class QuestionKind(StrEnum):
    """What was asked, as far as it says how long people think in the answer."""

    GREETING = "greeting"
    FACT = "fact"
    OPEN = "open"
    DESIGN = "design"


LENGTH_S = {
    QuestionKind.GREETING: 10.0,
    QuestionKind.FACT: 15.0,
    QuestionKind.OPEN: 25.0,
    QuestionKind.DESIGN: 40.0,
}
"""An answer that has lasted so long may be over at any pause; a shorter one hardly is."""


@dataclass(frozen=True)
class Patience:
    """How long a silence may last before it means something (tests/bench/RESULTS.md)."""

    nothing_s: float = 12.0
    """Silence before the first word; no nudge before 10 s."""
    think_s: float = 45.0
    """Silence after "let me think"."""
    peek_s: float = 0.3
    """Silence after which the stretch is recognized for a try: its words are there at 0.7 s."""
    stretch_s: float = 0.6
    """Silence after which the stretch before it is over."""
    shortest_stretch_s: float = 6.0
    """A shorter stretch waits for more speech, twice stretch_s: each call of Whisper costs."""
    lone_stretch_s: float = 1.0
    """A shorter stretch is not peeked at: alone it is guessed at."""
    long_stretch_s: float = 15.0
    """A longer stretch is recognized at the next silence of breath_s: Whisper sees 30 s."""
    breath_s: float = 0.24
    """The shortest silence at which a long stretch is cut."""
    soonest_s: float = 0.8
    """No silence shorter than this ends an answer. The wait is so much and softplus(doubt)."""
    longest_s: float = 4.0
    """The longest silence that is waited for, for the typical speaker."""
    doubt: float = 3.84
    """In seconds, as all that follow."""
    short_doubt: float = 0.72
    """For every factor of e that the answer is shorter than usual, up to most_short of them."""
    most_short: float = 1.2
    finished_trust: float = 0.237
    """For every unit of Understood.finished."""
    ending_trust: float = 0.382
    """For every logit of Smart Turn; up to most_logits of them."""
    agreed_trust: float = 0.042
    """Taken back for every logit times unit of finished: two witnesses of the same."""
    phrase_trust: float = 1.72
    """For every factor of e that the last phrase is longer than 1 s, from 0.5 to 4 s."""
    sooner_doubt: float = 1.3
    """So much less doubt is enough to acknowledge: who goes on over "I see." has lost nothing."""
    least_gain_s: float = 0.4
    """Nothing is acknowledged where the answer would be over so soon after."""
    most_logits: float = 3.0
    usual_finished: float = 4.0
    """What is taken where the recognizer does not say."""


@dataclass(frozen=True)
class SoFar:
    """What is known about the answer at this moment, beside what was heard."""

    text: str = ""
    thinking: bool = False
    """Whether the person asked for time ("let me think") and has not spoken since."""
    finished: float | None = None
    """Understood.finished of the last words."""
    ending: float | None = None
    """Smart Turn's mean log odds, in this silence, that the turn is complete, if any."""
    kind: QuestionKind = QuestionKind.OPEN


class Decision(StrEnum):
    """What a silence means."""

    WAIT = "wait"
    PEEK = "peek"
    STRETCH = "stretch"
    TURN = "turn"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Hearing:
    """What was heard since listening began; times are session time in seconds."""

    began_s: float
    now_s: float
    """End of the last frame."""
    run_s: float = 0.0
    """Length of the voice going on at this moment."""
    first_voice_s: float | None = None
    """Start of the first confirmed voice of the turn."""
    stretch_start_s: float | None = None
    """Start of the first voice not yet handed to the recognizer."""
    last_voice_s: float = 0.0
    """End of the last confirmed voice."""
    silent_since_s: float = 0.0
    """Where the present silence is counted from: voice, the beginning, or the end of a gap."""
    phrase_start_s: float = 0.0
    """Start of the voice since the last silence of PHRASE_GAP_S."""
    pause_s: float | None = None
    """Length of a pause inside the turn that the last frame ended, for Pauses.after."""
    gaps_s: float = 0.0
    """Length of the gaps in the frames since the first voice: no part of the answer."""

    @classmethod
    def begin(cls, began_s: float) -> Hearing:
        """Return the state before the first frame."""
        return cls(began_s, began_s, silent_since_s=began_s)

    def resumed(self, now_s: float) -> Hearing:
        """Return the state after a gap in the frames (a pause, a lost device)."""
        gap_s = 0.0 if self.first_voice_s is None else now_s - self.now_s
        gaps_s = self.gaps_s + gap_s
        return replace(self, now_s=now_s, run_s=0.0, silent_since_s=now_s, gaps_s=gaps_s)

    def after(self, voiced: bool, now_s: float) -> Hearing:
        """Return the state after a frame that ended at `now_s`."""
        run_s = self.run_s + FRAME_S if voiced else 0.0
        if run_s < CONFIRM_S - 1e-9:
            return replace(self, now_s=now_s, run_s=run_s, pause_s=None)
        start_s = now_s - run_s
        begun = self.first_voice_s is not None
        pause_s = start_s - self.last_voice_s
        whole = begun and self.silent_since_s == self.last_voice_s and pause_s > 0.0
        apart = not begun or pause_s >= PHRASE_GAP_S
        return replace(
            self,
            now_s=now_s,
            run_s=run_s,
            last_voice_s=now_s,
            silent_since_s=now_s,
            phrase_start_s=start_s if apart else self.phrase_start_s,
            pause_s=pause_s if whole else None,
            first_voice_s=start_s if self.first_voice_s is None else self.first_voice_s,
            stretch_start_s=start_s if self.stretch_start_s is None else self.stretch_start_s,
        )

    def handed_over(self) -> Hearing:
        """Return the state after the open stretch went to the recognizer."""
        return replace(self, stretch_start_s=None)

    @property
    def length_s(self) -> float:
        """Time from the first to the last voice of the turn, 0 before any."""
        return 0.0 if self.first_voice_s is None else self.last_voice_s - self.first_voice_s

    @property
    def silence_s(self) -> float:
        """Length of the present silence."""
        return self.now_s - self.silent_since_s


def decide(hearing: Hearing, so_far: SoFar, pauses: Pauses, patience: Patience) -> Decision:
    """Return what the silence means; STRETCH always comes before TURN, which needs its words."""
    silence_s = hearing.silence_s
    if hearing.first_voice_s is None:
        return Decision.NOTHING if silence_s >= patience.nothing_s else Decision.WAIT
    if hearing.stretch_start_s is not None:
        return _of_stretch(silence_s, hearing.last_voice_s - hearing.stretch_start_s, patience)
    limit_s = patience.think_s if so_far.thinking else needed_s(hearing, so_far, pauses, patience)
    return Decision.TURN if silence_s >= limit_s else Decision.WAIT


def needed_s(hearing: Hearing, so_far: SoFar, pauses: Pauses, patience: Patience) -> float:
    """Return the silence in seconds that ends an answer like this one, as fitted."""
    usual_s = LENGTH_S[so_far.kind]
    short = min(patience.most_short, max(0.0, math.log(usual_s / max(hearing.length_s, 0.1))))
    finished = patience.usual_finished if so_far.finished is None else so_far.finished
    ending = min(patience.most_logits, max(-patience.most_logits, so_far.ending or 0.0))
    phrase_s = min(4.0, max(0.5, hearing.last_voice_s - hearing.phrase_start_s))
    doubt = (
        patience.doubt
        + patience.short_doubt * short
        - patience.finished_trust * finished
        - (patience.ending_trust - patience.agreed_trust * finished) * ending
        - patience.phrase_trust * math.log(phrase_s)
    )
    wait_s = patience.soonest_s + math.log1p(math.exp(min(30.0, doubt)))
    return pauses.wait_s(min(patience.longest_s, wait_s))


def acknowledges(hearing: Hearing, so_far: SoFar, pauses: Pauses, patience: Patience) -> bool:
    """Return whether to acknowledge an answer that is likely over, while it may still go on."""
    sooner = replace(patience, doubt=patience.doubt - patience.sooner_doubt)
    soon_s = needed_s(hearing, so_far, pauses, sooner)
    gain_s = needed_s(hearing, so_far, pauses, patience) - soon_s
    return not so_far.thinking and hearing.silence_s >= soon_s and gain_s >= patience.least_gain_s


def cut_in(hearing: Hearing, cut_in_s: float) -> bool:
    """Return whether to cut in: at the first short pause past `cut_in_s`, or soon after."""
    past_s = hearing.length_s - hearing.gaps_s - cut_in_s
    if hearing.first_voice_s is None or past_s < 0.0:
        return False
    # After a long silence the time over which nobody paused begins anew.
    without_pause_s = min(past_s, hearing.last_voice_s - hearing.phrase_start_s)
    return hearing.silence_s >= CUT_IN_PAUSE_S - 1e-9 or without_pause_s >= CUT_IN_AFTER_S


def _of_stretch(silence_s: float, length_s: float, patience: Patience) -> Decision:
    wait_s = patience.breath_s if length_s >= patience.long_stretch_s else patience.stretch_s
    if length_s < patience.shortest_stretch_s:
        wait_s *= 2
    if silence_s >= wait_s:
        return Decision.STRETCH
    peeks = silence_s >= patience.peek_s and length_s >= patience.lone_stretch_s
    return Decision.PEEK if peeks else Decision.WAIT
