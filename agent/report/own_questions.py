"""What the person asked at the end, what was said to it, and where their brief says so already."""

from __future__ import annotations

from agent.analysis import Analysis, OwnQuestion
from agent.report.markup import basis_chip, esc, play, plural, section
from agent.report.view import View

_LEAD = (
    "What you asked when you were invited to, answered from your brief and nothing else. It counts"
    " into none of the figures. {}"
)


def own_questions_told(analysis: Analysis) -> str:
    """Return in a line how many questions were asked and how many the brief answers, "" where
    nobody was invited to ask.
    """
    if analysis.invitation is None and not analysis.own_questions:
        return ""
    count = len(analysis.own_questions)
    known = sum(bool(own.source) for own in analysis.own_questions)
    if not count:
        return "nothing"
    said = f"; {known} of them your brief answers" if known else ", none that your brief answers"
    return plural(count, "question") + said


def own_questions_section(view: View) -> str:
    """Return the questions in their order, "" where nobody was invited to ask."""
    if not own_questions_told(view.analysis):
        return ""
    rows = "".join(_row(own, view) for own in view.analysis.own_questions)
    body = f'<ul class="pairs">{rows}</ul>' if rows else '<p class="empty">You asked nothing.</p>'
    return section("own", "Your own questions", body, _LEAD.format(basis_chip("rule")))


def _row(own: OwnQuestion, view: View) -> str:
    moment = play(own.start_s, own.end_s, "your question", view.sound)
    reply = f'<p class="note" dir="auto">Interviewer: {esc(own.reply)}</p>' if own.reply else ""
    source = ""
    if own.source and own.source in own.reply:
        source = '<p class="note">That stands in your brief, word for word.</p>'
    elif own.source:
        source = f'<p class="note">Your brief says it: <q dir="auto">{esc(own.source)}</q></p>'
    return (
        f'<li><blockquote><p dir="auto">{esc(own.text)}</p><footer>{moment}</footer></blockquote>'
        f"{reply}{source}</li>"
    )
