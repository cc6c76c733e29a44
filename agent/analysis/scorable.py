"""What can be scored: whether the words are sure enough, the speech long enough, the sound whole.

Mean word probabilities of Whisper base on 15 recordings in white noise
(tests/bench/RESULTS.md): 0.82 to 0.97 where up to 20 % of the words were wrong, 0.70 to
0.82 where 20 to 47 % were, 0.60 to 0.66 where 36 to 100 % were.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from agent.analysis import Analysis, Span
from voice.audio.clip import Clip
from voice.audio.levels import CLIPPED, CLIPPED_SHARE

UNSURE_MEAN = 0.65
"""Words with a lower mean probability are not scored: it parts the recordings above."""
WARNING_MEAN = 0.8
"""Below it a score stands with a warning."""
SHORTEST_S = 30.0
"""Of less speech nothing is scored: one filler more or less moves its rate by 2 a minute."""
FEWEST_WORDS = 40
"""Fewer words hold no talking points to judge; 30 s of speech have about 70."""
BY_HAND = "words corrected by hand"
"""What the engines say of words that the person corrected."""

EDIT = "`rehearse transcript SESSION --edit`"
NO_WORDS = f"no words were understood; check the microphone or write them in: {EDIT}"
UNSURE = f"the words are too uncertain; correct them ({EDIT}), or speak closer"
TOO_SHORT = f"less than {SHORTEST_S:.0f} s of speech; answer at least one question in full"
TOO_FEW = f"fewer than {FEWEST_WORDS} words were said; answer at least one question in full"
OVERDRIVEN = "the sound is cut off at full scale; turn the microphone down and record again"
NO_POINTS = "there are no talking points; write some into the brief and analyze again"
TYPED_PACE = "the answers were typed; rehearse aloud to have the pace measured"
TYPED_FILLERS = "the answers were typed, and fillers are a matter of speech; rehearse aloud"
_BLOCK = 1 << 20


def clipped_share(clip: Clip | None, answers: Iterable[Span], voice_s: float) -> float:
    """Return the share of the answers' voice (`voice_s` of it) that is cut off at full scale."""
    if clip is None or voice_s <= 0:
        return 0.0
    parts = (clip.between(one.start_s, one.end_s).samples for one in answers)
    blocks = (part[at : at + _BLOCK] for part in parts for at in range(0, len(part), _BLOCK))
    cut = sum(int(np.count_nonzero((some >= CLIPPED) | (some <= -CLIPPED))) for some in blocks)
    return min(1.0, cut / (voice_s * clip.rate_hz))


def words_doubt(analysis: Analysis) -> str:
    """Return why nothing should be concluded from the words, "" where they are sure enough."""
    mean = mean_probability(analysis)
    if mean is None:
        return NO_WORDS
    return UNSURE if mean < UNSURE_MEAN and not _by_hand(analysis) else ""


def words_warning(analysis: Analysis) -> str:
    """Return a sentence for words that are scored with a warning, "" for good ones."""
    mean = mean_probability(analysis)
    if analysis.typed or mean is None or _by_hand(analysis):
        return ""
    if mean < WARNING_MEAN:
        return f"Low trust: the recognizer was unsure of many words; {EDIT} corrects them."
    return ""


def sound_doubt(analysis: Analysis, clipped: float) -> str:
    """Return why the sound cannot be scored, "" where it can; `clipped` as of clipped_share."""
    if analysis.pacing.duration_s < SHORTEST_S:
        return TOO_SHORT
    return OVERDRIVEN if clipped > CLIPPED_SHARE else ""


def mean_probability(analysis: Analysis) -> float | None:
    """Return the recognizer's mean confidence in the words of the answers, None without words."""
    all_of = [word.probability for answer in analysis.answers for word in answer.words]
    return sum(all_of) / len(all_of) if all_of else None


def _by_hand(analysis: Analysis) -> bool:
    return BY_HAND in analysis.engines.get("stt", "")
