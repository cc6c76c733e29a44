"""When has the person finished? A pure decision on voice, sample time and the words so far."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from enum import StrEnum

from voice.audio.clip import FRAME_S
from voice.turns.pauses import Pauses

CONFIRM_S = 0.06
"""Voice counts once it lasted this long, so that a click is no speech."""
PHRASE_GAP_S = 0.5
"""A silence this long separates phrases."""
CUT_IN_PAUSE_S = 0.25
"""The pause at which somebody who talks too long is cut in on: silences from 0.25 s on are
hesitations, shorter ones belong to articulation (Goldman-Eisler 1968, "Psycholinguistics")."""
CUT_IN_AFTER_S = 15.0
"""Somebody who makes no such pause is cut in on after so much more; people who talk freely make
one within 9.1 s."""


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
    """How long a silence may last before it means something, and what changes that.

    Doubts are natural logarithms of odds, fitted on rendered answers (tests/bench/RESULTS.md).
    """

    finished_s: float = 1.3
    """The shortest silence that ends an answer."""
    unfinished_s: float = 4.5
    """The longest that is waited for, for the typical speaker."""
    nothing_s: float = 12.0
    """Silence before the first word; no nudge before 10 s."""
    think_s: float = 45.0
    """Silence after "let me think"."""
    stretch_s: float = 0.6
    """Silence after which the stretch before it is recognized."""
    shortest_stretch_s: float = 6.0
    """A shorter stretch waits for more speech, twice stretch_s: each call of Whisper costs."""
    lone_stretch_s: float = 1.0
    """A shorter stretch waits until the answer may be over: alone it is guessed at."""
    long_stretch_s: float = 15.0
    """A longer stretch is recognized at the next silence of breath_s: Whisper sees 30 s."""
    breath_s: float = 0.24
    """The shortest silence at which a long stretch is cut."""
    doubt: float = 2.25
    """Of an answer of full length: with no other evidence the wait is 1.5 s."""
    length_doubt: float = 5.0
    """For every factor of e that the answer is shorter."""
    most_length_doubt: float = 2.75
    """Shortness alone makes no wait longer than 3.1 s: a short answer may be all there is."""
    most_short_doubt: float = 1.0
    """The same where a short answer is asked for, in a greeting or about a fact: 1.9 s."""
    unfinished_doubt: float = 2.0
    """Where the last words cannot end an answer, or a list is open."""
    fragment_doubt: float = 1.0
    """Where the last phrase was shorter than fragment_s: "um", "second", "so I"."""
    fragment_s: float = 1.0
    closing_trust: float = 0.7
    """Where a closing phrase was heard. A guess: the tuning half holds too few."""
    ending_weight: float = 0.05
    """Trust for every logit of Smart Turn above usual_logit: on people it told ends from pauses
    with an AUC of 0.85, on synthetic voices not at all."""
    usual_logit: float = -1.4
    """Smart Turn's typical answer (p = 0.2), in pauses and at ends of the rendered answers."""
    most_logits: float = 3.0
    """Logits further from it count as this many."""


@dataclass(frozen=True)
class SoFar:
    """What is known about the answer at this moment, beside what was heard."""

    text: str = ""
    thinking: bool = False
    """Whether the person asked for time ("let me think") and has not spoken since."""
    ending: float | None = None
    """Smart Turn's latest probability, in this silence, that the turn is complete, if any."""
    kind: QuestionKind = QuestionKind.OPEN


class Decision(StrEnum):
    """What a silence means."""

    WAIT = "wait"
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
        wait_s = _stretch_silence_s(hearing.last_voice_s - hearing.stretch_start_s, patience)
        return Decision.STRETCH if silence_s >= wait_s else Decision.WAIT
    limit_s = patience.think_s if so_far.thinking else needed_s(hearing, so_far, pauses, patience)
    return Decision.TURN if silence_s >= limit_s else Decision.WAIT


def needed_s(hearing: Hearing, so_far: SoFar, pauses: Pauses, patience: Patience) -> float:
    """Return the silence in seconds that ends an answer like this one.

    It is waited until the density of the speaker's own pauses has fallen to the odds that the
    answer is over: a closed form of the doubt for log-normal pauses (Pauses.wait_s).
    """
    short = so_far.kind in (QuestionKind.GREETING, QuestionKind.FACT)
    most = patience.most_short_doubt if short else patience.most_length_doubt
    missing = -math.log(max(hearing.length_s, 0.1) / LENGTH_S[so_far.kind])
    doubt = patience.doubt + min(most, max(0.0, patience.length_doubt * missing))
    if unfinished(so_far.text) or list_open(so_far.text):
        doubt += patience.unfinished_doubt
    elif closing(so_far.text):
        doubt -= patience.closing_trust
    if hearing.last_voice_s - hearing.phrase_start_s < patience.fragment_s:
        doubt += patience.fragment_doubt
    if so_far.ending is not None:
        ending = min(1 - 1e-6, max(1e-6, so_far.ending))
        logits = math.log(ending / (1 - ending)) - patience.usual_logit
        most = patience.most_logits
        doubt -= patience.ending_weight * min(most, max(-most, logits))
    wait_s = min(patience.unfinished_s, pauses.wait_s(doubt))
    return max(patience.finished_s, wait_s) + pauses.interrupted_s


def cut_in(hearing: Hearing, cut_in_s: float) -> bool:
    """Return whether to cut in on an answer that may last `cut_in_s` from its first voice.

    At the first short pause past that, or soon after where none comes; not in a silence that began
    before.
    """
    past_s = hearing.length_s - hearing.gaps_s - cut_in_s
    if hearing.first_voice_s is None or past_s < 0.0:
        return False
    # After a long silence the time over which nobody paused begins anew.
    without_pause_s = min(past_s, hearing.last_voice_s - hearing.phrase_start_s)
    return hearing.silence_s >= CUT_IN_PAUSE_S - 1e-9 or without_pause_s >= CUT_IN_AFTER_S


def _stretch_silence_s(length_s: float, patience: Patience) -> float:
    """Return the silence that closes a stretch of this length."""
    if length_s < patience.lone_stretch_s:
        return patience.finished_s
    if length_s < patience.shortest_stretch_s:
        return 2 * patience.stretch_s
    return patience.breath_s if length_s >= patience.long_stretch_s else patience.stretch_s


# What the last words say. Words that a finished English sentence hardly ends on: conjunctions,
# determiners, prepositions, subjects, auxiliaries, filled pauses. "That", "this", "so" do end one.
_OPEN_ENDS = frozenset(
    """a an the and or but because if when while which who whose where since although though
    unless until than as of for from with without into onto between through during via per my
    our your his their its i we he she they i'm we're they're is are was were be been am have
    has had will would can could should may might must to um uh er erm hmm like very really
    basically first firstly second secondly""".split()
)
_OPEN_PHRASE = re.compile(
    r"(\bso the|\bso|\bkind of|\bsort of|\byou know|\bi mean|\bfor example|\bsuch as|\bin order)$"
)
_LIST_BEGINS = re.compile(
    r"\b(first of all|firstly|first (i|we)|there (are|were) (two|three|four)"
    r"|the first (thing|reason|part|step))\b"
)
_LIST_GOES_ON = re.compile(r"\b(second|secondly|third|then|next|finally|last|lastly|another)\b")
_CLOSING = re.compile(
    r"\b(so that'?s|so that (is|was)|that'?s (how|why|what|it|all)|that (is|was) (how|why|what|it"
    r"|all)|in the end|overall|all in all|to sum up|looking back|i'?(ve)? learned|learned (that|to)"
    r"|since then|ever since|to this day|as a result|ended up|turned out|taught me|thank you)\b"
)


def unfinished(text: str) -> bool:
    """Return whether the last words cannot end an answer, with or without punctuation."""
    said = text.strip().lower().replace("…", "...")
    if said.endswith((",", "-", "...", ":", ";")):
        return True
    bare = _words(said)
    if said.endswith(("?", "!")) or not bare:
        return False
    return bare[-1] in _OPEN_ENDS or _OPEN_PHRASE.search(" ".join(bare[-2:])) is not None


def list_open(text: str) -> bool:
    """Return whether a list was begun ("first I…", "three reasons") and its next item not yet."""
    said = " ".join(_words(text))
    begun = _LIST_BEGINS.search(said)
    return begun is not None and _LIST_GOES_ON.search(said, begun.end()) is None


def closing(text: str) -> bool:
    """Return whether the last 14 words, about a sentence, hold a phrase that closes an answer."""
    return _CLOSING.search(" ".join(_words(text)[-14:])) is not None


def _words(text: str) -> list[str]:
    return re.sub(r"[^a-z' ]+", " ", text.lower().replace("’", "'")).split()
