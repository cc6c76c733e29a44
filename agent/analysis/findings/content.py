"""Remarks on what was said: talking points, questions left open, the person's own questions."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from agent.analysis import Analysis, Answer, PointCoverage, phrases
from agent.analysis.coverage.reading import BY_CHANCE, FAR, surely_told
from agent.analysis.findings.shared import Remark, misheard, question, shortened
from agent.text.display import plural
from agent.text.facts import facts_of
from agent.text.figures import (
    Figure,
    figures_of,
    may_be_misheard,
    same_kind,
    same_value,
    times_off,
)
from agent.text.names import names_in
from agent.text.question_kind import asks_for

_VAGUE_WORDS = 40
"""A shorter answer is too short rather than vague."""
_GENERAL = {kind: told for kind, told in phrases.TOLD.items() if kind != "story"}
_ONE = {"a", "an", "one", "something"}
"""Words of a question that surely asks for one occasion: "tell me about your team" does not."""
_TIMES = {*"twice double doubled half halved third triple tripled quarter".split()}
"""Words that tell a change without its figures."""
_ASKED = 0.6
"""Confidence of what is only asked: at first looks about half of such remarks were true."""
_LONGEST_SOURCE = 160
"""Characters of the brief that are quoted in a remark."""


def point_remarks(analysis: Analysis) -> Iterator[Remark]:
    """Remark on points; vectors or a language model had a part in all but a wrong figure."""
    judged = analysis.engines.get("coverage", "rules") != "rules"
    for one in _on_points(analysis):
        yield replace(one, basis="model") if judged and one.kind != "contradicted" else one


def _on_points(analysis: Analysis) -> Iterator[Remark]:
    points, said = analysis.coverage.points, "\n".join(one.text for one in analysis.answers)
    for point in points:
        if point.status == "contradicted" and not point.doubt:
            text = f"A figure of “{point.name}” differs from your brief. {point.note}"
            how = "starting with the figure from your brief"
            yield _of_point(95, "contradicted", text, point, how)
        elif point.doubt:
            text, how = f"“{point.name}”: {point.doubt}", "and say the figure slowly"
            yield replace(_of_point(95, "doubt", text, point, how), confidence=_ASKED)
    lost = {one.index: _lost(one, said) for one in points}
    unheard = [one for one in points if len(lost[one.index]) == len(_claims(one))]
    missing = [one for one in unheard if one.status == "missing" or _is_in_doubt(analysis, one)]
    if len(dict.fromkeys(one.question for one in analysis.answers if one.kind == "question")) == 1:
        # One question, asked again: what belongs to another is not missing.
        missing = [one for one in missing if one.would_fit or one.evidence]
    if missing and analysis.answers:
        yield _missed(analysis, missing)
    partial = [
        one
        for one in points
        if one.status == "partial" and not one.doubt and one not in missing
        and lost[one.index] and _is_bare_of_others(one, _raising(analysis, one))
    ]  # fmt: skip
    for number, point in enumerate(partial[:2]):
        text = f"You raised “{point.name}”; not heard with it: {_listed(lost[point.index])}."
        yield _of_point(52 - 8 * number, "partial", text, point, f"and tell all of “{point.name}”")
    full = [(own, one) for one in points if one.status == "covered" and (own := _heard(one))]
    if full:
        own, best = max(full, key=lambda one: (len(one[0]) == len(_claims(one[1])), len(one[0])))
        all_told = " with all its figures" if len(own) == len(_claims(best)) else ""
        text = f"You told “{best.name}”{all_told}: {_listed(own)}."
        verb = "Read" if analysis.typed else "Listen to"
        how = f"{verb} it once, then tell another point the same way."
        yield _of_point(40 + 25 * len(full) / len(points), "strength", text, best, how)


def _heard(point: PointCoverage) -> list[Figure]:
    """Return the figures of a point that were surely told in the sentences that show it."""
    every = [one for quote in point.evidence for one in figures_of(quote.quote)]
    return [own for own in _claims(point) if any(surely_told(own, one) for one in every)]


def _claims(point: PointCoverage) -> list[Figure]:
    facts = facts_of(point.name, point.text)
    return [facts.figures[at] for at in facts.claims]


def _listed(figures: Sequence[Figure]) -> str:
    """Return at most three figures as they are written, both ends of a change as one.

    A "two" of nothing is shown only where there is no other.
    """
    named = [one for one in figures if " " in one.shown or one.hit.kind or one.partner is not None]
    shown, figures = list[str](), named or figures
    for before, one in zip((None, *figures), figures, strict=False):
        ends = before is not None and before.partner is not None and before.hit != one.hit
        if before is not None and ends and one.partner == (before.partner or 0) - 1:
            shown[-1] += f" to {one.shown}"
        elif one.shown not in shown:
            shown.append(one.shown)
    return ", ".join(shown[:3])


def _is_bare_of_others(point: PointCoverage, answers: Sequence[Answer]) -> bool:
    """Return whether answers tell a point and no other figure: that may be its own, worded anew.

    "40 million liters to 22" is 45 percent less.
    """
    own = facts_of(point.name, point.text).figures
    every = [one for answer in answers for one in figures_of(answer.text)]
    others = [one for one in every if not any(same_value(each, one) for each in own)]
    words = {word for answer in answers for word in answer.text.lower().split()}
    return not others and not words & _TIMES and not misheard(answers)


def _perhaps_told(own: Figure, one: Figure) -> bool:
    """Return whether a figure may be this one, as a recognizer writes it, of another thing, or
    told wrong for the same thing.

    A small number stands in any answer by chance, so it must count the same.
    """
    same_thing = own.hit.unit == one.hit.unit != "" or bool(own.counts & one.counts or one.share)
    alike = own.raw == one.raw and (same_thing or own.raw > BY_CHANCE)
    alike = alike or (bool(own.counts & one.counts) and times_off(own, one) <= FAR)
    alike = alike or (may_be_misheard(own, one) and same_kind(own, one))
    return alike or (same_value(own, one) and same_thing)


def _lost(point: PointCoverage, said: str) -> list[Figure]:
    """Return the figures of a point that surely were not told."""
    every = figures_of(said)
    return [own for own in _claims(point) if not any(_perhaps_told(own, one) for one in every)]


def _of_point(weight: float, kind: str, text: str, point: PointCoverage, how: str) -> Remark:
    """Return a remark on a point, with its first quote as the moment."""
    quote = point.evidence[0] if point.evidence else None
    place = quote.answer if quote else None
    return Remark(weight, kind, text, place, how, quote, about=f"point {point.index}")


def _missed(analysis: Analysis, missing: list[PointCoverage]) -> Remark:
    """Return a question: vectors take a point that was told and one that was not for alike."""
    count, whole = len(missing), len(analysis.coverage.points)
    fitting = next((point for point in missing if point.would_fit), missing[0])
    more = f", nor {plural(count - 1, 'other point')}" if count > 1 else ""
    found = "It was not found in your answers" if fitting.sure else "Its figures were not heard"
    text = f"Did you tell “{fitting.name}”? {found}{more}"
    places = (at for at, one in enumerate(analysis.answers) if one.question == fitting.would_fit)
    place = next(places, None) if fitting.would_fit else None
    if place is not None:
        text += f"; {question(analysis, place)} was a good place for it"
    told = f": {_listed(_claims(fitting))}" if _claims(fitting) else ""
    # What a question asked for and did not get weighs more.
    weight = 60 + 30 * count / whole + 12 * (place is not None)
    how = f"and name “{fitting.name}”{told}"
    return Remark(weight, "missed", f"{text}.", place, how, confidence=_ASKED)


def _raising(analysis: Analysis, point: PointCoverage) -> list[Answer]:
    return [analysis.answers[one.answer] for one in point.evidence if one.answer is not None]


def _is_in_doubt(analysis: Analysis, point: PointCoverage) -> bool:
    """Return whether a question, or long answers without figure and name, alone raise a point."""
    raising = _raising(analysis, point)
    general = bool(raising) and all(map(_is_bare, raising))
    return point.status == "partial" and (not point.sure or general) and bool(_claims(point))


def _is_bare(answer: Answer) -> bool:
    long = len(answer.words) >= _VAGUE_WORDS
    return long and not answer.figures and not names_in(answer.text)


def vague_remarks(analysis: Analysis) -> Iterator[Remark]:
    """Remark on an answer without a talking point, figure or name, to a story or a design.

    Where it tells no occasion either, though one was asked for, it is no answer, however long.
    """
    raised = {quote.answer for point in analysis.coverage.points for quote in point.evidence}
    for place, one in enumerate(analysis.answers):
        asked, said = asks_for(one.area, one.question), len(one.words)
        if one.kind != "question" or one.answered is False or said < _VAGUE_WORDS:
            continue
        bare = place not in raised and _is_bare(one)
        general = one.told in _GENERAL and bool(_ONE & {*one.question.lower().split()})
        if one.told == "story" or not bare or not (general or asked in ("story", "design")):
            continue
        which, kind, weight = question(analysis, place), "vague", 78
        text = f"Your answer to {which} stays general"
        if general:
            asks = f"asks for one occasion, and your answer tells {_GENERAL[one.told]}"
            kind, weight, text = "unanswered", 84, f"You did not answer {which}. It {asks}"
        text += f": in {said} words no figure, no name and none of your talking points was heard"
        how = "with one occasion, what you did, and the result in the first sentence"
        yield Remark(
            weight, kind, f"{text}.", place, how, None, "model" if general else "rule",
            about=f"answer {place}", confidence=0.9,
        )  # fmt: skip


def unanswered_remarks(analysis: Analysis) -> Iterator[Remark]:
    """Remark on main questions that were left open."""
    answers = enumerate(analysis.answers)
    places = [at for at, one in answers if one.answered is False and one.kind == "question"]
    if places:
        asked = shortened(analysis.answers[places[0]].question)
        first, *others = (question(analysis, at) for at in places)
        text = f"You did not answer {first}, “{asked}”"
        if others:
            text += f", nor {', '.join(one.removeprefix('question ') for one in others)}"
        how = "even if your first sentence says what you do not know"
        yield Remark(90, "unanswered", f"{text}.", places[0], how)


def own_question_remarks(analysis: Analysis) -> Iterator[Remark]:
    """Remark on a question that the brief answers, or on none where they were invited to.

    That an applicant should have questions, and none whose answer was sent to them before, is
    common advice of career services; the weights are ours.
    """
    answered = [own for own in analysis.own_questions if own.source]
    if answered:
        first, others = answered[0], len(answered) - 1
        text = (
            f"You asked “{shortened(first.text)}”, but your brief already says"
            f" “{shortened(first.source, _LONGEST_SOURCE)}”"
        )
        text += f"; it answers {others} more of your questions" if others else ""
        how = (
            "Ask one step further aloud: what does that mean for the team, or for your work there?"
        )
        yield Remark(50, "own_question", f"{text}. Ask what it does not say.", None, how, first)
    invited = analysis.invitation
    if invited is not None and not analysis.own_questions and analysis.about.state == "complete":
        text = (
            "You were invited to ask questions and asked none. This is the one part of an"
            " interview that you can prepare in full."
        )
        how = "Write down three questions that your brief does not answer, and ask them aloud."
        yield Remark(54, "own_question", text, None, how, invited)
