"""After the interview: a session or a recording in, an Analysis out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from agent.analysis import (
    About,
    Analysis,
    Answer,
    Coverage,
    Fillers,
    InterviewerLine,
    Pacing,
    Score,
    Scores,
    Span,
    SpokenWord,
    Voice,
)
from agent.analysis.bands import advised_s
from agent.analysis.barrier import Faults
from agent.analysis.conversation import AnswerSpan, Conversation, read_conversation
from agent.analysis.coverage.answered import is_answered
from agent.analysis.coverage.meaning import Meaning, Vectors
from agent.analysis.coverage.points import AnswerText, judge
from agent.analysis.coverage.telling import telling_of
from agent.analysis.findings import findings_of
from agent.analysis.measures.fillers import fillers_of, i_and_we, total_fillers
from agent.analysis.measures.pacing import (
    crosses,
    pacing_of,
    phrases_of,
    total_pacing,
)
from agent.analysis.measures.pitch import voice_of
from agent.analysis.recognition import EDGE_S, Progress, Segments, WordSource, session_words
from agent.analysis.scores import clipped_share, scores_of
from agent.brief import Brief
from agent.session import JOURNAL, StoredSession
from agent.session.events import GapEvent, HeardEvent, NoticeEvent, SaidEvent
from agent.text.display import clock, plural
from agent.text.numbers import find_numbers
from agent.text.question_kind import asks_for
from voice.audio.clip import Clip
from voice.audio.recorder import CANDIDATE_TRACK, UNRECORDED, read_track
from voice.audio.spans import DETECTOR, voice_spans
from voice.speech.transcript import Word

_SHORT_S = 2.0
"""A track may end so much before the journal: its last batch, and a clock that is not its own."""


@dataclass(frozen=True)
class Heard:
    """Everything that the figures are computed from."""

    about: About
    brief: Brief
    """An empty one for a recording without."""
    clip: Clip | None
    """The candidate's sound, None when the answers were typed."""
    words: tuple[Word, ...]
    engines: dict[str, str]
    """What made the words."""
    notes: tuple[str, ...] = ()
    told: Conversation = field(default_factory=Conversation)
    gaps: tuple[Span, ...] = ()
    """Times of which nothing was heard: no pause, no pace and no latency is measured over one."""


def analyze(heard: Heard, meaning: Meaning | None = None) -> Analysis:
    """Compute every figure and finding, points by sentence vectors where `meaning` gives them."""
    faults = Faults()
    asked = [_answer(span, heard) for span in heard.told.answers]
    if heard.words and not heard.told.lines:
        whole_s = heard.about.duration_s
        asked = [Answer(start_s=0.0, end_s=whole_s, question="", kind="recording")]
    answers = tuple(_told(_measured(one, heard, faults), meaning) for one in asked)
    points, notes = heard.brief.talking_points, heard.notes
    if not heard.words:
        notes += ("No words were understood, so nothing can be scored.",)
    if not points:
        notes += ("There are no talking points, so coverage is not scored.",)
    pacing = total_pacing([answer.pacing for answer in answers])
    engines = dict(heard.engines) | ({"vad": DETECTOR} if heard.clip else {})
    if points:
        engines["coverage"] = "rules + minilm" if meaning else "rules"
    analysis = Analysis(
        about=heard.about,
        engines=engines,
        notes=notes,
        pacing=pacing,
        fillers=total_fillers([answer.fillers for answer in answers], pacing.duration_s),
        coverage=faults.measured(
            "Coverage", Coverage(), lambda: judge(points, said_answers(answers), meaning, faults)
        ),
        answers=answers,
        interviewer=tuple(
            InterviewerLine.model_validate(line, from_attributes=True) for line in heard.told.lines
        ),
        own_questions=heard.told.own_questions,
    )
    scored = _scored(analysis, heard, faults)
    found = faults.measured("Findings", scored, lambda: with_findings(scored))
    return found.model_copy(update={"notes": notes + faults.notes})


def _scored(analysis: Analysis, heard: Heard, faults: Faults) -> Analysis:
    answers, voiced_s = analysis.answers, analysis.pacing.phonation_s
    clipped = faults.measured("Clipping", 0.0, lambda: clipped_share(heard.clip, answers, voiced_s))
    scores = faults.measured("Scores", Scores(), lambda: scores_of(analysis, clipped))
    parts = ("pacing", "fillers", "coverage")
    failed = {part: Score(not_scored=why) for part in parts if (why := faults.of(part.title()))}
    if heard.brief.talking_points and not analysis.coverage.points:
        failed["coverage"] = Score(not_scored=faults.notes[-1])
    return analysis.model_copy(update={"scores": scores.model_copy(update=failed)})


def with_findings(analysis: Analysis) -> Analysis:
    """Return the analysis with the findings that follow from its figures."""
    return analysis.model_copy(update={"findings": findings_of(analysis)})


def said_answers(answers: Sequence[Answer]) -> list[AnswerText]:
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
    about = About(
        title=meta.title,
        company=meta.brief.company,
        role=meta.brief.role,
        started=meta.started,
        state=meta.state,
        duration_s=round(clip.duration_s if clip else _last_s(stored), 3),
        audio=CANDIDATE_TRACK if clip and len(clip.samples) else "",
    )
    gaps = (event for event in stored.events if isinstance(event, GapEvent))
    heard = Heard(
        about=about,
        brief=meta.brief,
        clip=clip,
        words=in_order(words.segments),
        engines=meta.engines | words.engines,
        notes=meta.notes + tuple(_damage(stored, clip)) + words.notes,
        told=told,
        gaps=tuple(Span(start_s=gap.start_s, end_s=gap.end_s) for gap in gaps),
    )
    return heard, words.segments


def _last_s(stored: StoredSession) -> float:
    ends = (one.end_s for one in stored.events if isinstance(one, SaidEvent | HeardEvent))
    return max(ends, default=0.0)


def _damage(stored: StoredSession, clip: Clip | None) -> list[str]:
    notes = [
        f"{one.text[:1].upper()}{one.text[1:]}."
        for one in stored.events
        if isinstance(one, NoticeEvent) and one.text.startswith(UNRECORDED)
    ]
    if stored.damaged:
        lines = plural(stored.damaged, "line")
        notes += [f"{lines} of {JOURNAL} cannot be read, so parts of the interview may be missing."]
    if lost := [e for e in stored.events if isinstance(e, GapEvent) and e.why == "lost"]:
        lost_s, at = sum(e.end_s - e.start_s for e in lost), clock(lost[0].start_s)
        notes += [
            f"{lost_s:.1f} s of sound were lost, first at {at}: nothing is measured over them."
        ]
    if clip and (last_s := _last_s(stored)) > clip.duration_s + _SHORT_S:
        notes += [
            f"The recording ends at {clock(clip.duration_s)}, the interview went on until"
            f" {clock(last_s)}: what was said in between is not in the sound."
        ]
    return [*notes, *(clip.notes if clip else ())]


def in_order(segments: Segments) -> tuple[Word, ...]:
    """Return the words of all segments, sorted by start."""
    return tuple(sorted((word for s in segments for word in s), key=lambda word: word.start_s))


def _answer(span: AnswerSpan, heard: Heard) -> Answer:
    index, questions = span.asked.question_index, heard.brief.questions
    known = index is not None and 0 <= index < len(questions)
    waited = Span(start_s=span.asked_end_s, end_s=span.start_s)
    timed = heard.clip is not None and span.end_s is not None and not crosses(waited, heard.gaps)
    return Answer(
        start_s=span.start_s,
        end_s=heard.about.duration_s if span.end_s is None else span.end_s,
        question=span.asked.text,
        asked_by=span.asked.speaker,
        kind=span.kind,
        question_index=index,
        area=questions[index].area if known and index is not None else "",
        response_latency_s=round(waited.length_s, 3) if timed else None,
    )


def _told(answer: Answer, meaning: Meaning | None) -> Answer:
    asked = answer.kind == "question" and asks_for(answer.area, answer.question) == "story"
    if not asked or not isinstance(meaning, Vectors) or answer.answered is False:
        return answer
    return answer.model_copy(update={"told": telling_of(answer.text, meaning)})


def _measured(answer: Answer, heard: Heard, faults: Faults) -> Answer:
    from_s, to_s = answer.start_s - EDGE_S, answer.end_s + EDGE_S
    words = tuple(
        SpokenWord(
            start_s=round(word.start_s, 3),
            end_s=round(word.end_s, 3),
            text=word.text,
            probability=round(word.probability, 3),
        )
        for word in heard.words
        if from_s <= (word.start_s + word.end_s) / 2 <= to_s
    )
    text = " ".join(word.text for word in words)
    # Typed words have no times of their own, so there is no pace to measure.
    typed = heard.about.audio == "" and bool(heard.told.lines)
    voice = _voice(heard.clip, from_s, to_s)
    phrases = () if typed else phrases_of(voice, words, answer)
    spoken_s = phrases[-1].end_s - phrases[0].start_s if phrases else 0.0
    fillers, marked = faults.measured(
        "Fillers", (Fillers(), words), lambda: fillers_of(words, spoken_s)
    )
    pacing = Pacing(words=len(words))
    if not typed:
        pacing = faults.measured("Pacing", pacing, lambda: pacing_of(marked, phrases, heard.gaps))
    if (clip := heard.clip) is not None and voice:
        moved = faults.measured("Voice", Voice(), lambda: voice_of(clip, phrases))
        pacing = pacing.model_copy(update={"voice": moved})
    nothing: tuple[int | None, int | None] = (None, None)
    i_count, we_count = faults.measured("I and we", nothing, lambda: i_and_we(marked))
    answered = faults.measured(
        "Whether it was answered", None, lambda: is_answered(answer.question, text)
    )
    update: dict[str, Any] = {"text": text, "words": marked, "pacing": pacing, "fillers": fillers}
    update |= {"answered": answered, "i_count": i_count, "we_count": we_count}
    update["figures"] = faults.measured("Figures", None, lambda: len(find_numbers(text)))
    return answer.model_copy(update=update | {"advised_s": advised_s(answer.kind, answer.area)})


def _voice(clip: Clip | None, from_s: float, to_s: float) -> list[Span]:
    if clip is None:
        return []
    from_s = max(0.0, from_s)
    return [
        Span(start_s=round(one.start_s + from_s, 3), end_s=round(one.end_s + from_s, 3))
        for one in voice_spans(clip.between(from_s, to_s))
    ]
