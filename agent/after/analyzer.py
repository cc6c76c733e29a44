"""After the interview: a session or a recording in, an Analysis out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from agent.after.conversation import AnswerSpan, SaidLine, read_conversation
from agent.after.conversation import OwnQuestion as AskedBack
from agent.after.recognition import EDGE_S, Progress, Segments
from agent.after.word_source import WordSource, session_words
from agent.analysis import (
    About,
    Analysis,
    Answer,
    InterviewerLine,
    OwnQuestion,
    Pacing,
    Span,
    SpokenWord,
)
from agent.bands import advised_s
from agent.brief import Brief
from agent.coverage.answered import is_answered
from agent.coverage.meaning import Meaning
from agent.coverage.points import AnswerText, judge
from agent.feedback import findings_of
from agent.interviewer.wording import reply_alone
from agent.measures.fillers import fillers_of, i_and_we, total_fillers
from agent.measures.pacing import pacing_of, phrases_of, talk_share, total_pacing
from agent.measures.pitch import voice_of
from agent.scorable import clipped_share
from agent.scores import scores_of
from agent.session import StoredSession
from agent.text.numbers import find_numbers
from voice.audio import Clip
from voice.recorder import CANDIDATE_TRACK, read_track
from voice.spans import DETECTOR, voice_spans
from voice.transcript import Word


@dataclass(frozen=True)
class Heard:
    """Everything that the figures are computed from."""

    about: About
    """What it is an analysis of."""
    brief: Brief
    """The brief; an empty one for a recording without."""
    clip: Clip | None
    """The candidate's sound, None when the answers were typed."""
    answers: tuple[AnswerSpan, ...]
    """Where the answers lie; empty for a recording without questions."""
    lines: tuple[SaidLine, ...]
    """What the interviewer said."""
    words: tuple[Word, ...]
    """All words, sorted by start."""
    engines: dict[str, str]
    """What made the words."""
    notes: tuple[str, ...] = ()
    """What the reader must know."""
    own_questions: tuple[AskedBack, ...] = ()
    """What the person asked when invited to."""


def analyze(heard: Heard, meaning: Meaning | None = None) -> Analysis:
    """Compute every figure and finding; a pure function of what was heard.

    Talking points are judged with sentence vectors where `meaning` gives them.
    """
    answers = tuple(_answer(span, heard) for span in heard.answers) or _whole(heard)
    said = [
        AnswerText(a.text, a.words, a.question, a.start_s, a.end_s, a.kind == "follow_up")
        for a in answers
    ]
    pacing = total_pacing([answer.pacing for answer in answers])
    fillers = total_fillers([answer.fillers for answer in answers], pacing.duration_s)
    analysis = Analysis(
        about=heard.about,
        engines=heard.engines
        | ({"vad": DETECTOR} if heard.clip else {})
        | _judges(heard.brief, meaning),
        notes=heard.notes + _missing_parts(heard),
        pacing=pacing,
        fillers=fillers,
        coverage=judge(heard.brief.talking_points, said, meaning),
        answers=answers,
        interviewer=tuple(
            InterviewerLine(
                start_s=line.start_s,
                end_s=line.end_s,
                text=line.text,
                kind=line.kind,
                reason=line.reason,
                stopped_by=line.stopped_by,
                speaker=line.speaker,
            )
            for line in heard.lines
        ),
        own_questions=tuple(map(_own_question, heard.own_questions)),
        talk_share=talk_share([answer.pacing for answer in answers], _lines(heard)),
    )
    clipped = clipped_share(heard.clip, answers, pacing.phonation_s)
    scored = analysis.model_copy(update={"scores": scores_of(analysis, clipped)})
    return scored.model_copy(update={"findings": findings_of(scored)})


def heard_session(
    stored: StoredSession, source: WordSource, progress: Progress = lambda _: None
) -> tuple[Heard, Segments]:
    """Gather what a session holds; return it with the words by stretch, for transcript.json.

    Args:
        stored: the session.
        source: where its words come from.
        progress: is told how far the recognition is.

    Raises:
        AudioFileError: the candidate's track cannot be read.
    """
    told = read_conversation(stored)
    clip = read_track(stored.folder / CANDIDATE_TRACK) if _spoken(stored) else None
    live_engine = stored.meta.engines.get("stt", "")
    words = session_words(told, live_engine, clip, source, progress)
    heard = Heard(
        about=_about(stored, clip),
        brief=stored.meta.brief,
        clip=clip,
        answers=told.answers,
        lines=told.lines,
        words=tuple(sorted((w for s in words.segments for w in s), key=lambda w: w.start_s)),
        engines=stored.meta.engines | words.engines,
        notes=stored.meta.notes + words.notes,
        own_questions=told.own_questions,
    )
    return heard, words.segments


def _spoken(stored: StoredSession) -> bool:
    return stored.meta.channel == "spoken"


def _about(stored: StoredSession, clip: Clip | None) -> About:
    ends = [float(e["end_s"]) for e in stored.events if isinstance(e.get("end_s"), int | float)]
    return About(
        title=stored.meta.title,
        company=stored.meta.brief.company,
        role=stored.meta.brief.role,
        started=stored.meta.started,
        state=stored.meta.state,
        duration_s=round(clip.duration_s if clip else max(ends, default=0.0), 3),
        audio=CANDIDATE_TRACK if clip and len(clip.samples) else "",
    )


def _lines(heard: Heard) -> list[Span]:
    """Return the interviewer's part of the interview; what is said to the person's own questions
    is measured against nothing.
    """
    lines = takewhile(lambda line: line.kind != "your_questions" or not line.made, heard.lines)
    return [Span(start_s=line.start_s, end_s=line.end_s) for line in lines]


def _own_question(own: AskedBack) -> OwnQuestion:
    return OwnQuestion(
        start_s=own.start_s,
        end_s=own.end_s,
        text=own.text,
        reply=reply_alone(own.reply),
        source=own.source,
    )


def _judges(brief: Brief, meaning: Meaning | None) -> dict[str, str]:
    """Return what judged the talking points, {} without any."""
    if not brief.talking_points:
        return {}
    return {"coverage": "rules + minilm" if meaning else "rules"}


def _missing_parts(heard: Heard) -> tuple[str, ...]:
    """Return what could not be scored, and why."""
    notes = [] if heard.words else ["No words were understood, so nothing can be scored."]
    if not heard.brief.talking_points:
        source = "The brief has no talking points" if heard.lines else "There are no talking points"
        notes.append(f"{source}, so coverage is not scored.")
    return tuple(notes)


def _whole(heard: Heard) -> tuple[Answer, ...]:
    """Return the whole recording as one answer, where no questions are known."""
    if heard.lines or not heard.words:
        return ()
    return (_measured(heard, Span(start_s=0.0, end_s=heard.about.duration_s), _Asked()),)


@dataclass(frozen=True)
class _Asked:
    """What an answer answers."""

    question: str = ""
    asked_by: str = ""
    kind: Literal["question", "follow_up", "recording"] = "recording"
    question_index: int | None = None
    area: str = ""
    response_latency_s: float | None = None


def _answer(span: AnswerSpan, heard: Heard) -> Answer:
    index = span.asked.question_index
    known = index is not None and 0 <= index < len(heard.brief.questions)
    asked = _Asked(
        question=span.asked.text,
        asked_by=span.asked.speaker,
        kind=span.kind,
        question_index=index,
        area=heard.brief.questions[index].area if known and index is not None else "",
        response_latency_s=None
        if heard.clip is None or span.end_s is None
        else round(max(0.0, span.start_s - span.asked_end_s), 3),
    )
    end_s = heard.about.duration_s if span.end_s is None else span.end_s
    return _measured(heard, Span(start_s=span.start_s, end_s=end_s), asked)


def _measured(heard: Heard, span: Span, asked: _Asked) -> Answer:
    """Measure one answer: its words, its voice, its pauses, its fillers."""
    words = tuple(
        SpokenWord(
            start_s=round(word.start_s, 3),
            end_s=round(word.end_s, 3),
            text=word.text,
            probability=round(word.probability, 3),
        )
        for word in heard.words
        if span.start_s - EDGE_S <= (word.start_s + word.end_s) / 2 <= span.end_s + EDGE_S
    )
    # Typed words have no times of their own, so there is no pace to measure.
    typed = heard.about.audio == "" and bool(heard.lines)
    voice = _voice(heard.clip, span)
    phrases = () if typed else phrases_of(voice, words, span)
    spoken_s = phrases[-1].end_s - phrases[0].start_s if phrases else 0.0
    fillers, marked = fillers_of(words, spoken_s)
    pacing = Pacing(words=len(words)) if typed else pacing_of(marked, phrases)
    if heard.clip is not None and voice:
        pacing = pacing.model_copy(update={"voice": voice_of(heard.clip, phrases)})
    text = " ".join(word.text for word in words)
    i_count, we_count = i_and_we(marked)
    return Answer(
        start_s=span.start_s,
        end_s=span.end_s,
        question=asked.question,
        asked_by=asked.asked_by,
        kind=asked.kind,
        question_index=asked.question_index,
        area=asked.area,
        response_latency_s=asked.response_latency_s,
        text=text,
        words=marked,
        pacing=pacing,
        fillers=fillers,
        advised_s=advised_s(asked.kind, asked.area),
        answered=is_answered(asked.question, text),
        i_count=i_count,
        we_count=we_count,
        figures=len(find_numbers(text)),
    )


def _voice(clip: Clip | None, span: Span) -> list[Span]:
    if clip is None:
        return []
    from_s = max(0.0, span.start_s - EDGE_S)
    part = clip.between(from_s, span.end_s + EDGE_S)
    return [
        Span(start_s=round(voice.start_s + from_s, 3), end_s=round(voice.end_s + from_s, 3))
        for voice in voice_spans(part)
    ]
