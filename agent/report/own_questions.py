"""What the person asked at the end, what was said to it, and where their brief says so already."""

from __future__ import annotations

from collections import deque

from agent.analysis import Analysis, InterviewerLine, OwnQuestion
from agent.report.line import line_html, stop, taken_back
from agent.report.markup import basis_chip, esc, play, plural, section, who
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
    if count == known == 1:
        return "1 question, which your brief answers"
    said = f"; {known} of them your brief answers" if known else ", none that your brief answers"
    return plural(count, "question") + said


def round_of(analysis: Analysis) -> tuple[InterviewerLine, ...]:
    """Return what the interviewer said from the invitation to ask on; () without one."""
    lines, invitation = analysis.interviewer, analysis.invitation
    return () if invitation is None else lines[lines.index(invitation) :]


def own_questions_section(view: View) -> str:
    """Return the round in its order, "" where nobody was invited to ask."""
    analysis = view.analysis
    if not own_questions_told(analysis):
        return ""
    own = deque(analysis.own_questions)
    rows = []
    for line in round_of(analysis):
        if line.kind == "reply" and not taken_back(line) and own:
            rows.append(_row(own.popleft(), line, view))
        else:
            rows.append(f"<li>{line_html(line)}</li>")
    rows += [_row(one, None, view) for one in own]
    nothing = "" if analysis.own_questions else '<p class="empty">You asked nothing.</p>'
    body = f'{nothing}<ul class="pairs">{"".join(rows)}</ul>'
    return section("own", "Your own questions", body, _LEAD.format(basis_chip("rule")))


def _row(own: OwnQuestion, line: InterviewerLine | None, view: View) -> str:
    """Return a question with its reply and the line that held it, where that is known."""
    moment = play(own.start_s, own.end_s, "your question", view.sound)
    reply = ""
    if own.reply:
        name, how = (line.speaker, stop(line)) if line else ("", "")
        reply = (
            f'<p class="note"><b><bdi>{esc(who(name))}</bdi>{how}:</b> '
            f'<span dir="auto">{esc(own.reply)}</span></p>'
        )
    source = ""
    if own.source and own.source in own.reply:
        source = '<p class="note">That stands in your brief, word for word.</p>'
    elif own.source:
        source = f'<p class="note">Your brief says it: <q dir="auto">{esc(own.source)}</q></p>'
    return (
        f'<li><blockquote><p dir="auto">{esc(own.text)}</p><footer>{moment}</footer></blockquote>'
        f"{reply}{source}</li>"
    )
