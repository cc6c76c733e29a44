"""What the marks among the words mean, for those marks that this page has."""

from __future__ import annotations

from agent.report.view import View
from agent.report.words import UNSURE_BELOW

_CLICK = '<span class="hint">Click a word to hear it from there. </span>'
_CORRECT = " A wrong word? <code>rehearse transcript SESSION --edit</code> scores it all again."


def legend(view: View) -> str:
    """Return one line; without sound, nothing in it speaks of clicks or of hearing."""
    marks = ", ".join(mark for mark, there in _marks(view) if there)
    told = f"{marks}." if marks else ""
    before, after = (_CLICK, _CORRECT) if view.sound else ("", "")
    text = f"{before}{told}{after}"
    return f'<p class="legend words">{text}</p>' if text else ""


def _marks(view: View) -> list[tuple[str, bool]]:
    """Return each mark with whether it occurs."""
    fillers, pauses = view.analysis.fillers, view.analysis.pacing.pauses
    words = (word for answer in view.analysis.answers for word in answer.words)
    unsure = any(word.probability < UNSURE_BELOW for word in words)
    silence = '<span class="p p2">0.6</span> <span class="p p4">2.1 s</span>'
    return [
        ('<span class="f">um</span> filled pause', bool(fillers.filled_pauses)),
        ('<span class="w">you know</span> filler word', bool(fillers.filler_words)),
        ('<span class="h">maybe</span> hedge', bool(fillers.hedges)),
        ('<span class="r">the the</span> said twice', bool(fillers.repetitions)),
        (f"{silence} silent pauses in seconds", bool(pauses)),
        ('<span class="u">word</span> the recognizer was unsure', unsure),
    ]
