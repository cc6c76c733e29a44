"""After the interview: a session or a recording in, an Analysis out."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile

from agent.analysis import About, Analysis, Answer, InterviewerLine, Pacing, Span, SpokenWord
from agent.analysis.bands import advised_s
from agent.analysis.conversation import AnswerSpan, Conversation, read_conversation
from agent.analysis.coverage.answered import is_answered
from agent.analysis.coverage.meaning import Meaning, Vectors
from agent.analysis.coverage.points import AnswerText, judge
from agent.analysis.coverage.telling import telling_of
from agent.analysis.findings import findings_of
from agent.analysis.measures.fillers import fillers_of, i_and_we, total_fillers
from agent.analysis.measures.pacing import pacing_of, phrases_of, talk_share, total_pacing
from agent.analysis.measures.pitch import voice_of
from agent.analysis.recognition import EDGE_S, Progress, Segments, WordSource, session_words
from agent.analysis.scorable import clipped_share
from agent.analysis.scores import scores_of
from agent.brief import Brief
from agent.session import JOURNAL, StoredSession
from agent.session.events import HeardEvent, SaidEvent
from agent.text.display import plural
from agent.text.numbers import find_numbers
from agent.text.question_kind import asks_for
from voice.audio.clip import Clip
from voice.audio.recorder import CANDIDATE_TRACK, read_track
from voice.audio.spans import DETECTOR, voice_spans
from voice.speech.transcript import Word


@dataclass(frozen=True)
class Heard:
    """Everything that the figures are computed from."""

    about: About
    brief: Brief
    """An empty one for a recording without."""
    clip: Clip | None
    """The candidate's sound, None when the answers were typed."""
    words: tuple[Word, ...]
    """All words, sorted by start."""
    engines: dict[str, str]
    """What made the words."""
    notes: tuple[str, ...] = ()
    """What the reader must know."""
    told: Conversation = field(default_factory=Conversation)
    """What was asked and where the answers lie; nothing for a recording from elsewhere."""


def analyze(heard: Heard, meaning: Meaning | None = None) -> Analysis:
    """Compute every figure and finding, points by sentence vectors where `meaning` gives them."""
    answers = tuple(_told(_answer(span, heard), meaning) for span in heard.told.answers)
    if heard.words and not heard.told.lines:
        whole = Answer(start_s=0.0, end_s=heard.about.duration_s, question="", kind="recording")
        answers = (_measured(whole, heard),)
    points, notes = heard.brief.talking_points, heard.notes
    if not heard.words:
        notes += ("No words were understood, so nothing can be scored.",)
    if not points:
        notes += ("There are no talking points, so coverage is not scored.",)
    pacing = total_pacing([answer.pacing for answer in answers])
    engines = dict(heard.engines)
    if heard.clip:
        engines["vad"] = DETECTOR
    if points:
        engines["coverage"] = "rules + minilm" if meaning else "rules"
    analysis = Analysis(
        about=heard.about,
        engines=engines,
        notes=notes,
        pacing=pacing,
        fillers=total_fillers([answer.fillers for answer in answers], pacing.duration_s),
        coverage=judge(points, said_answers(answers), meaning),
        answers=answers,
        interviewer=tuple(
            InterviewerLine.model_validate(line, from_attributes=True) for line in heard.told.lines
        ),
        own_questions=heard.told.own_questions,
    )
    invitation = analysis.invitation
    # What is said to the person's own questions is measured against nothing.
    lines = list(takewhile(lambda line: line is not invitation, analysis.interviewer))
    share = talk_share([answer.pacing for answer in answers], lines)
    clipped = clipped_share(heard.clip, answers, pacing.phonation_s)
    shared = analysis.model_copy(update={"talk_share": share})
    return with_findings(shared.model_copy(update={"scores": scores_of(shared, clipped)}))


def with_findings(analysis: Analysis) -> Analysis:
    """Return the analysis with the findings that follow from its figures."""
    return analysis.model_copy(update={"findings": findings_of(analysis)})


def said_answers(answers: tuple[Answer, ...]) -> list[AnswerText]:
    """Return the answers as talking points are judged by."""
    return [
        AnswerText(a.text, a.words, a.question, a.start_s, a.end_s, a.kind == "follow_up")
        for a in answers
    ]


def heard_session(
    stored: StoredSession, source: WordSource, progress: Progress = lambda _: None
) -> tuple[Heard, Segments]:
    """Gather what a session holds; return it with the words by stretch, for transcript.json."""
    told, meta = read_conversation(stored), stored.meta
    clip = read_track(stored.folder / CANDIDATE_TRACK) if meta.channel == "spoken" else None
    words = session_words(told, meta.engines.get("stt", ""), clip, source, progress)
    ends = [e.end_s for e in stored.events if isinstance(e, SaidEvent | HeardEvent)]
    about = About(
        title=meta.title,
        company=meta.brief.company,
        role=meta.brief.role,
        started=meta.started,
        state=meta.state,
        duration_s=round(clip.duration_s if clip else max(ends, default=0.0), 3),
        audio=CANDIDATE_TRACK if clip and len(clip.samples) else "",
    )
    heard = Heard(
        about=about,
        brief=meta.brief,
        clip=clip,
        words=in_order(words.segments),
        engines=meta.engines | words.engines,
        notes=meta.notes + _damage(stored) + words.notes,
        told=told,
    )
    return heard, words.segments


def _damage(stored: StoredSession) -> tuple[str, ...]:
    """Return what of the journal could not be read."""
    if not stored.damaged:
        return ()
    lines = plural(stored.damaged, "line")
    return (f"{lines} of {JOURNAL} cannot be read, so parts of the interview may be missing here.",)


def in_order(segments: Segments) -> tuple[Word, ...]:
    """Return the words of all segments, sorted by start."""
    return tuple(sorted((word for s in segments for word in s), key=lambda word: word.start_s))


def _answer(span: AnswerSpan, heard: Heard) -> Answer:
    index, questions = span.asked.question_index, heard.brief.questions
    known = index is not None and 0 <= index < len(questions)
    timed = heard.clip is not None and span.end_s is not None
    latency_s = round(max(0.0, span.start_s - span.asked_end_s), 3)
    answer = Answer(
        start_s=span.start_s,
        end_s=heard.about.duration_s if span.end_s is None else span.end_s,
        question=span.asked.text,
        asked_by=span.asked.speaker,
        kind=span.kind,
        question_index=index,
        area=questions[index].area if known and index is not None else "",
        response_latency_s=latency_s if timed else None,
    )
    return _measured(answer, heard)


def _told(answer: Answer, meaning: Meaning | None) -> Answer:
    """Return the answer with what it is, where one occasion was asked for."""
    asked = answer.kind == "question" and asks_for(answer.area, answer.question) == "story"
    if not asked or not isinstance(meaning, Vectors) or answer.answered is False:
        return answer
    return answer.model_copy(update={"told": telling_of(answer.text, meaning)})


def _measured(answer: Answer, heard: Heard) -> Answer:
    span = Span(start_s=answer.start_s, end_s=answer.end_s)
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
    typed = heard.about.audio == "" and bool(heard.told.lines)
    voice = _voice(heard.clip, span)
    phrases = () if typed else phrases_of(voice, words, span)
    spoken_s = phrases[-1].end_s - phrases[0].start_s if phrases else 0.0
    fillers, marked = fillers_of(words, spoken_s)
    pacing = Pacing(words=len(words)) if typed else pacing_of(marked, phrases)
    if heard.clip is not None and voice:
        pacing = pacing.model_copy(update={"voice": voice_of(heard.clip, phrases)})
    text = " ".join(word.text for word in words)
    i_count, we_count = i_and_we(marked)
    return answer.model_copy(
        update={
            "text": text,
            "words": marked,
            "pacing": pacing,
            "fillers": fillers,
            "advised_s": advised_s(answer.kind, answer.area),
            "answered": is_answered(answer.question, text),
            "i_count": i_count,
            "we_count": we_count,
            "figures": len(find_numbers(text)),
        }
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
