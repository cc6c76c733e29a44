"""Measure the end of the turn: answers cut off, and dead air, per policy on the same sound.

`python -m tests.bench.turns [MANIFEST.jsonl] [--json] [--stt NAME] [--cache DIR]`. A manifest has
one answer a line: {"audio": path, "end_s": its true end, "text": optional}. Without one: the
monologues of the shared data folder and the rendered answers of tests/bench/answers.py. Each is
heard once; then every policy, and ours with more and less doubt, is tried on what was heard.
"""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np

from tests.bench.answers import Answer, from_manifest, people, rendered, shared_folder
from tests.bench.listening import Listened, Listener, Moment
from tests.bench.table import arguments
from voice.speech.engines import choose_recognizer
from voice.speech.models.catalog import Kind
from voice.speech.models.store import find
from voice.turns.controls import Control, spoken_control
from voice.turns.endpointing import Decision, Patience, SoFar, acknowledges, decide
from voice.turns.pauses import Pauses

SILENCES_S = (0.8, 1.6, 2.5)
SPEAKS_AFTER_S = 0.15
"""From the decision to the interviewer's first sample."""
SHORT_S = 10.0
"""An answer up to so long is short, and has figures of its own."""
DOUBTS = (-1.5, -1.0, -0.5, 0.5, 1.0)
"""Added to Patience.doubt, for the curve."""
GIVES_BACK_S = 1.0
"""A person who goes on this soon after that gets the floor back: the answer is one."""

Rule = Callable[[Moment], bool]
"""Whether the turn has ended, asked after every frame of an answer."""


@dataclass(frozen=True)
class Outcome:
    """What a rule did with one answer."""

    part: str
    """Which part of the answers it belongs to."""
    dead_air_s: float | None
    """From the true end to the decision; None where the answer was cut off."""
    short: bool
    """Whether it lasts SHORT_S at most."""
    talked_over: bool
    """Whether the interviewer spoke more than GIVES_BACK_S before the person went on."""
    acknowledged_s: float | None = None
    """From the true end to the little word that came first, negative where it came too early."""


class Rehearse:
    """The product: the functions that the channel calls, fed as it feeds them."""

    def __init__(self, smart: bool, more_doubt: float = 0.0) -> None:
        self._smart = smart
        self._pauses = Pauses()
        self._patience = replace(Patience(), doubt=Patience().doubt + more_doubt)
        self._spoke = False
        self.acknowledged_s: float | None = None
        """When the little word was said."""

    def __call__(self, moment: Moment) -> bool:
        hearing = moment.hearing
        if hearing.pause_s is not None:
            self._pauses = self._pauses.after(hearing.pause_s)
            if self._spoke:
                self._pauses = self._pauses.interrupted()
            self._spoke = False
        asked = spoken_control(moment.text) if moment.text and moment.settled else None
        if asked not in (None, Control.THINK):
            return True
        ending = moment.ending if self._smart else None
        so_far = SoFar(moment.text, asked is Control.THINK, moment.finished, ending)
        known = (hearing, so_far, self._pauses, self._patience)
        if moment.settled and moment.text and self.acknowledged_s is None and acknowledges(*known):
            self.acknowledged_s = hearing.now_s
        ended = decide(*known) is Decision.TURN
        self._spoke = self._spoke or (ended and moment.settled)
        return ended and moment.settled


def after_silence(length_s: float) -> Callable[[], Rule]:
    """Return the rule that only waits."""
    return lambda: lambda moment: moment.hearing.silence_s >= length_s


def pipecat() -> Rule:
    """Return pipecat 1.14's rule: Smart Turn over 0.5, asked once at 0.2 s, else 3 s."""
    return lambda m: m.hearing.silence_s >= (3.0 if not m.endings or m.endings[0] <= 0.5 else 0.2)


def livekit() -> Rule:
    """Return the shape of LiveKit's rule: 0.5 s where the words seem finished, else 3 s.

    Whisper's `finished` stands for its language model.
    """

    def ended(moment: Moment) -> bool:
        finished = moment.settled and (moment.finished or 0.0) >= Patience().usual_finished
        return moment.hearing.silence_s >= (0.5 if finished else 3.0)

    return ended


def policies(smart: bool) -> dict[str, Callable[[], Rule]]:
    """Return every rule by its name, ours last."""
    found = {f"silence {length_s} s": after_silence(length_s) for length_s in SILENCES_S}
    if smart:
        found["pipecat (smart turn)"] = pipecat
    found["livekit's shape (whisper)"] = livekit
    name = "rehearse + smart turn" if smart else "rehearse"
    for more in DOUBTS:
        found[f"{name} {more:+}"] = partial(Rehearse, smart, more)
    if smart:
        found["rehearse"] = partial(Rehearse, False)
    found[name] = partial(Rehearse, smart)
    return found


def outcome(listened: Listened, rule: Rule) -> Outcome:
    """Return what the rule does; a cut answer goes on, since the person does."""
    answer = listened.answer
    decided_s: float | None = None
    first_s: float | None = None
    talked_over, short = False, answer.end_s <= SHORT_S
    for moment in listened.moments:
        hearing = moment.hearing
        voice = hearing.silence_s == 0.0
        if voice and decided_s is not None:
            over_s = hearing.now_s - hearing.run_s - decided_s - SPEAKS_AFTER_S
            talked_over = talked_over or over_s > GIVES_BACK_S
            decided_s = None
        if rule(moment) and decided_s is None and hearing.first_voice_s is not None and not voice:
            decided_s = hearing.now_s
            first_s = decided_s if first_s is None else first_s
    word_s = rule.acknowledged_s if isinstance(rule, Rehearse) else None
    word_s = None if word_s is None else word_s - answer.end_s
    if first_s is not None and first_s < answer.end_s:
        return Outcome(answer.part, None, short, talked_over, word_s)
    last_s = answer.clip.duration_s if decided_s is None else decided_s
    return Outcome(answer.part, last_s - answer.end_s, short, talked_over, word_s)


def row(policy: str, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return the figures of one rule; dead air is that of the answers that were not cut off."""
    whole = [each.dead_air_s for each in outcomes if each.dead_air_s is not None]
    cut = [each for each in outcomes if each.dead_air_s is None]
    p50_s, p90_s = np.percentile(whole, [50, 90]) if whole else (None, None)
    early = [each for each in outcomes if (each.acknowledged_s or 0.0) < 0.0]
    sounds = [
        each.dead_air_s if not each.acknowledged_s or each in early else each.acknowledged_s
        for each in outcomes
        if each.dead_air_s is not None
    ]
    sound50_s, sound90_s = np.percentile(sounds, [50, 90]).round(2).tolist() if whole else (0, 0)
    return {
        "policy": policy,
        "answers": len(outcomes),
        "cut_off": round(len(cut) / len(outcomes), 4),
        "dead_air_p50_s": p50_s if p50_s is None else round(float(p50_s), 2),
        "dead_air_p90_s": p90_s if p90_s is None else round(float(p90_s), 2),
        "first_sound_p50_s": sound50_s,
        "first_sound_p90_s": sound90_s,
        "acknowledged_early": round(len(early) / len(outcomes), 4),
        "talked_over": round(sum(each.talked_over for each in cut) / len(outcomes), 4),
        "given_back": round(sum(not each.talked_over for each in cut) / len(outcomes), 4),
    }


def measure(listened: Sequence[Listened], smart: bool) -> list[dict[str, Any]]:
    """Return a row for every rule, of all answers and of each part."""
    rows = []
    for policy, make in policies(smart).items():
        outcomes = [outcome(each, make()) for each in listened]
        parts = sorted({each.part for each in outcomes})
        figures = row(policy, outcomes)
        figures["parts"] = {p: row(p, [o for o in outcomes if o.part == p]) for p in parts}
        if short := [each for each in outcomes if each.short]:
            figures["parts"]["short"] = row("short", short)
        rows.append(figures)
    return rows


def show(rows: Sequence[dict[str, Any]]) -> None:
    """Print the table."""
    print(f"{rows[0]['answers']} answers; dead air in seconds of those that were not cut off")
    heads = ("cut", "p50", "p90", "over", "back", "s50", "s90", "early")
    print(f"{'policy':<26}{''.join(f'{head:>6}' for head in heads)}")
    for each in rows:
        parts = each["parts"].values() if each is rows[-1] else ()
        for name, figures in ((each["policy"], each), *((f"  {p['policy']}", p) for p in parts)):
            air = [f"{figures[f'dead_air_{each}_s']}" for each in ("p50", "p90")]
            cut, over, back = (
                f"{figures[k]:.1%}" for k in ("cut_off", "talked_over", "given_back")
            )
            sound = [f"{figures[f'first_sound_{each}_s']}" for each in ("p50", "p90")]
            early = f"{figures['acknowledged_early']:.1%}"
            print(
                f"{name:<26}{cut:>6}{air[0]:>6}{air[1]:>6}{over:>6}{back:>6}"
                f"{sound[0]:>6}{sound[1]:>6}{early:>6}"
            )
    print("cut: a decision before the true end. over: of these, the interviewer had spoken more")
    print("than 1 s when the person went on. back: it gave the floor back in time.")
    print("s50, s90: to the first sound, the little word before the question included, where the")
    print("answer was not cut. early: that word came inside the answer; nothing is lost by it.")


def _answers(manifest: Path | None, cache: Path) -> Iterator[Answer]:
    if manifest is not None:
        yield from from_manifest(manifest)
        return
    yield from people(shared_folder())
    yield from rendered(cache)


def main() -> None:
    """Run from the command line."""
    import platformdirs

    parser = arguments(__doc__ or "")
    parser.add_argument("manifest", nargs="?", type=Path, help="answers, one JSON object a line")
    parser.add_argument("--stt", default=None, help="recognizer, as rehearse run takes it")
    parser.add_argument("--cache", type=Path, default=Path(platformdirs.user_cache_dir("rehearse")))
    given = parser.parse_args()
    recognizer = choose_recognizer(given.stt, ()).engine
    model = find(Kind.SMART_TURN)
    ending = None
    if model is not None:
        from voice.speech.smart_turn import SmartTurn

        ending = SmartTurn(model).probability
    listener = Listener(recognizer, ending, given.cache)
    listened = [listener.listen(each) for each in _answers(given.manifest, given.cache)]
    rows = measure(listened, model is not None)
    p50_s, p90_s = np.percentile([each.words_s for each in listened], [50, 90]).round(2).tolist()
    passes = round(float(np.mean([each.passes for each in listened])), 2)
    if given.json:
        found = {"recognizer": recognizer.name, "words": recognizer.name, "passes": passes}
        print(
            json.dumps(
                found | {"words_p50_s": p50_s, "words_p90_s": p90_s, "policies": rows}, indent=1
            )
        )
        return
    show(rows)
    print(f"words: {recognizer.name}, {p50_s} s (p50) and {p90_s} s (p90) after the true end;")
    print(f"its passes cost {passes} times one pass over the whole answer.")


if __name__ == "__main__":
    main()
