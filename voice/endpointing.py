"""When has the person finished? A pure decision on voice, sample time and the words so far."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from voice.audio import FRAME_S
from voice.pauses import Pauses

CONFIRM_S = 0.06
"""Voice counts once it lasted this long, so that a click is no speech."""


@dataclass(frozen=True)
class Patience:
    """How long a silence may last before it means something.

    2.5 s cuts about 4 % of interview answers, 1.0 s cuts 74 % (69 answers with the pauses of
    real interviews); an unfinished sentence gets longer.
    """

    finished_s: float = 2.5
    """Silence after words that can end an answer."""
    unfinished_s: float = 4.5
    """Silence after words that cannot: "and", "because the", "um"."""
    nothing_s: float = 12.0
    """Silence before the first word; no nudge before 10 s."""
    think_s: float = 45.0
    """Silence after "let me think"."""
    stretch_s: float = 0.6
    """Silence after which the stretch before it is recognized."""
    shortest_stretch_s: float = 1.0
    """A shorter stretch waits for more speech, up to twice stretch_s of silence."""
    long_stretch_s: float = 15.0
    """A longer stretch is recognized at the next silence of breath_s: Whisper sees 30 s."""
    breath_s: float = 0.24
    """The shortest silence at which a long stretch is cut."""


class QuestionKind(StrEnum):
    """What was asked, as far as it says how long people think in the answer."""

    GREETING = "greeting"
    FACT = "fact"
    OPEN = "open"
    DESIGN = "design"


_SHARE_OF_WAIT = {
    QuestionKind.GREETING: 0.6,
    QuestionKind.FACT: 0.8,
    QuestionKind.OPEN: 1.0,
    QuestionKind.DESIGN: 1.2,
}
"""How long a silence may last compared with one in the answer to an open question."""


@dataclass(frozen=True)
class SoFar:
    """What is known about the answer at this moment, beside what was heard.

    After every frame the channel makes one of: the words that the recognizer has given so far,
    whether they asked for time, the kind of the question (the same for the whole turn), and the
    latest answer of Smart Turn, which is asked every 0.2 s of a silence.
    """

    text: str = ""
    """Words understood so far."""
    thinking: bool = False
    """Whether the person asked for time ("let me think") and has not spoken since."""
    ending: float | None = None
    """Smart Turn's latest probability, in this silence, that the turn is complete; None without
    the model and before it was asked."""
    kind: QuestionKind = QuestionKind.OPEN
    """What was asked."""


class Decision(StrEnum):
    """What a silence means."""

    WAIT = "wait"
    STRETCH = "stretch"
    TURN = "turn"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Hearing:
    """What was heard since listening began."""

    began_s: float
    """Session time at which listening began."""
    now_s: float
    """Session time at the end of the last frame."""
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
    pause_s: float | None = None
    """Length of a pause inside the turn that the last frame showed to be over; the state after
    every other frame has None. To be fed to Pauses.after."""

    @classmethod
    def begin(cls, began_s: float) -> Hearing:
        """Return the state before the first frame."""
        return cls(began_s, began_s, silent_since_s=began_s)

    def resumed(self, now_s: float) -> Hearing:
        """Return the state after a gap in the frames (a pause, a lost device)."""
        return replace(self, now_s=now_s, run_s=0.0, silent_since_s=now_s)

    def after(self, voiced: bool, now_s: float) -> Hearing:
        """Return the state after a frame that ended at `now_s`."""
        run_s = self.run_s + FRAME_S if voiced else 0.0
        if run_s < CONFIRM_S - 1e-9:
            return replace(self, now_s=now_s, run_s=run_s, pause_s=None)
        start_s = now_s - run_s
        return replace(
            self,
            now_s=now_s,
            run_s=run_s,
            last_voice_s=now_s,
            silent_since_s=now_s,
            pause_s=self._pause_before(start_s),
            first_voice_s=start_s if self.first_voice_s is None else self.first_voice_s,
            stretch_start_s=start_s if self.stretch_start_s is None else self.stretch_start_s,
        )

    def _pause_before(self, start_s: float) -> float | None:
        """Return the pause that voice since `start_s` ends, None when it ends none."""
        whole = self.first_voice_s is not None and self.silent_since_s == self.last_voice_s
        return start_s - self.last_voice_s if whole and start_s > self.last_voice_s else None

    def handed_over(self) -> Hearing:
        """Return the state after the open stretch went to the recognizer."""
        return replace(self, stretch_start_s=None)

    @property
    def silence_s(self) -> float:
        """Length of the present silence."""
        return self.now_s - self.silent_since_s


def decide(hearing: Hearing, so_far: SoFar, pauses: Pauses, patience: Patience) -> Decision:
    """Return what the silence means, given the answer so far and the speaker's own pauses.

    The words of the open stretch are needed before a turn can end, so STRETCH always comes
    before TURN.
    """
    silence_s = hearing.silence_s
    if hearing.first_voice_s is None:
        return Decision.NOTHING if silence_s >= patience.nothing_s else Decision.WAIT
    if hearing.stretch_start_s is not None:
        wait_s = _stretch_silence_s(hearing.last_voice_s - hearing.stretch_start_s, patience)
        return Decision.STRETCH if silence_s >= wait_s else Decision.WAIT
    limit_s = patience.think_s if so_far.thinking else needed_s(so_far, pauses, patience)
    return Decision.TURN if silence_s >= limit_s else Decision.WAIT


def needed_s(so_far: SoFar, pauses: Pauses, patience: Patience) -> float:
    """Return the silence in seconds that ends an answer like this one."""
    base_s = patience.unfinished_s if unfinished(so_far.text) else patience.finished_s
    return _SHARE_OF_WAIT[so_far.kind] * base_s + pauses.extra_s


def _stretch_silence_s(length_s: float, patience: Patience) -> float:
    """Return the silence that closes a stretch of this length."""
    if length_s < patience.shortest_stretch_s:
        return 2 * patience.stretch_s
    return patience.breath_s if length_s >= patience.long_stretch_s else patience.stretch_s


# Words that a finished English sentence does not end on: conjunctions, determiners,
# prepositions that want an object, auxiliaries, possessives, filled pauses.
_OPEN_ENDS = frozenset(
    """a an the and or but because so if when while that which who whose where since although
    though unless until than as of for from with without into onto between through during via
    per my our your his her their its this these those is are was were be been am have has had
    will would can could should may might must to um uh er erm hmm like very really
    basically first second firstly secondly also then""".split()
)
_OPEN_PHRASE = re.compile(
    r"(\bso the|\bkind of|\bsort of|\byou know|\bi mean|\bfor example|\bsuch as|\bin order)$"
)


def unfinished(text: str) -> bool:
    """Return whether the last words cannot end an answer.

    Works without punctuation; a comma, a dash or three dots at the end are unfinished as well.
    """
    said = text.strip().lower().replace("…", "...")
    if not said:
        return False
    if said.endswith((",", "-", "...", ":", ";")):
        return True
    if said.endswith(("?", "!")):
        return False
    bare = re.sub(r"[^a-z' ]+", " ", said).split()
    return bool(bare) and (
        bare[-1] in _OPEN_ENDS or _OPEN_PHRASE.search(" ".join(bare[-2:])) is not None
    )
