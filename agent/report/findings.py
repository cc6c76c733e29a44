"""What to practice: each finding with its moment to play and how it came about."""

from __future__ import annotations

from agent.analysis import Analysis, Finding, answer_names
from agent.report.markup import basis_chip, esc, play, section

_KINDS = {
    "pace": "Pace",
    "pause": "Pause",
    "filler": "Fillers",
    "missed": "Missing point",
    "contradicted": "Contradicted",
    "partial": "Partial point",
    "long": "Too long",
    "short": "Too short",
    "strength": "Strength",
}


def findings_section(analysis: Analysis, sound: bool) -> str:
    """Return the section on top: what to practice, strengths last as they were ranked."""
    if not analysis.findings:
        body = '<p class="empty">Nothing stood out that the evidence here would support.</p>'
        return section("practice", "What to practice", body)
    names = answer_names(analysis.answers)
    items = "".join(_finding(finding, names, sound) for finding in analysis.findings)
    return section("practice", "What to practice", f'<ol class="findings">{items}</ol>')


def _finding(finding: Finding, names: list[str], sound: bool) -> str:
    kind = _KINDS.get(finding.kind, finding.kind.replace("_", " ").capitalize())
    look = "strength" if finding.kind == "strength" else "practice"
    moment = ""
    if finding.start_s is not None:
        moment = play(finding.start_s, finding.end_s, "this moment", sound)
    return (
        f'<li class="finding {look}"><div><p class="kind">{esc(kind)}</p>'
        f'<p class="remark" dir="auto">{esc(finding.text)}</p></div>'
        f'<p class="proof">{moment}{_answer_link(finding.answer, names)}'
        f"{basis_chip(finding.basis)}</p></li>"
    )


def _answer_link(answer: int | None, names: list[str]) -> str:
    if answer is None or not 0 <= answer < len(names):
        return ""
    return f'<a class="where" href="#answer-{names[answer]}">answer {names[answer]}</a>'
