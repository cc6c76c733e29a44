"""What to practice: each finding with its moment to play, its exercise and how it came about."""

from __future__ import annotations

from agent.analysis import Finding
from agent.report.markup import basis_chip, esc, play, section
from agent.report.view import View

_KINDS = {
    "pace": "Pace",
    "pause": "Pause",
    "number": "Numbers not at hand",
    "filler": "Fillers",
    "repetition": "Said twice",
    "voice": "Flat voice",
    "trailing": "Trailing off",
    "missed": "Missing point",
    "contradicted": "Contradicted",
    "conflict": "Not as in your brief",
    "partial": "Partial point",
    "unanswered": "Not answered",
    "repeated": "Story told twice",
    "long": "Too long",
    "short": "Too short",
    "own_question": "Your own questions",
    "strength": "Strength",
}


def findings_section(view: View) -> str:
    """Return the section on top: what to practice, strengths last as they were ranked."""
    if not view.analysis.findings:
        body = '<p class="empty">Nothing stood out that the evidence here would support.</p>'
        return section("practice", "What to practice", body)
    items = "".join(_finding(finding, view) for finding in view.analysis.findings)
    return section("practice", "What to practice", f'<ol class="findings">{items}</ol>')


def _finding(finding: Finding, view: View) -> str:
    kind = _KINDS.get(finding.kind, finding.kind.replace("_", " ").capitalize())
    look = "strength" if finding.kind == "strength" else "practice"
    moment = ""
    if finding.start_s is not None:
        moment = play(finding.start_s, finding.end_s, "this moment", view.sound)
    exercise = ""
    if finding.exercise:
        exercise = (
            f'<p class="exercise"><span class="label">Try</span> '
            f'<span dir="auto">{esc(finding.exercise)}</span></p>'
        )
    return (
        f'<li class="finding {look}"><div><p class="kind">{esc(kind)}</p>'
        f'<p class="remark" dir="auto">{esc(finding.text)}</p>{exercise}</div>'
        f'<p class="proof">{moment}{view.link(finding.answer)}'
        f"{basis_chip(finding.basis)}</p></li>"
    )
