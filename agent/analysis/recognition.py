"""The words of a session: given, heard live, or recognized once more, answer by answer."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise

from agent.analysis.conversation import Conversation
from agent.brief import Brief, terms_of
from agent.errors import RehearseError
from agent.text.display import plural
from voice.audio.clip import Clip
from voice.audio.spans import VoiceSpan, voice_spans
from voice.errors import ModelError
from voice.speech.protocols import Recognizer
from voice.speech.transcript import Word

Progress = Callable[[float], None]
"""Is told the share of the work done, 0 to 1."""
Segments = list[tuple[Word, ...]]
"""Words, a tuple a piece of sound."""

EDGE_S = 0.3
"""How far around an answer's voice its words and voice are looked for."""
LONGEST_PIECE_S = 26.0
"""What is longer is cut at the longest pause in the second half of what fits. Whisper sees 30 s,
and every cut costs words: seams gave 12 words too many in 24 s at 12 s, none at 20 and 26."""
_ROLL_S = 0.3
"""Sound around a piece that goes along; up to the middle of the pause where another is near."""
STOPPED = "Listening once more was stopped: the words are those heard during the interview."


@dataclass(frozen=True)
class WordSource:
    """Where the words of a session come from."""

    recognizer: Callable[[], Recognizer]
    """Makes a recognizer; called only where words are not there yet."""
    words: tuple[Word, ...] | None = None
    """Words to use instead of the session's own, on the session clock."""
    engines: dict[str, str] = field(default_factory=dict)
    """What made those words: stt, and stt_live where the interview heard others."""
    again: bool = False
    """Recognize every answer once more with `recognizer`."""
    second: Callable[[], Recognizer | None] = lambda: None
    """Makes the recognizer that hears an interview once more, None where none is better."""


def heard_live(
    live: Recognizer | None, brief: Brief, stt: str | None, tell: Callable[[str], object]
) -> WordSource:
    """Return the recognizer for an answer that was cut off, and the one that hears all again.

    `live` is None where answers were typed; `stt` is what was insisted on; `tell` is told why there
    is no better one.
    """

    def recognizer() -> Recognizer:
        if live is None:
            raise RehearseError("these answers were typed; nothing is to recognize")
        return live

    def second() -> Recognizer | None:
        from voice.speech.engines import choose_second_recognizer

        chosen = choose_second_recognizer(recognizer(), stt, terms_of(brief))
        if chosen.note:
            tell(chosen.note)
        return chosen.engine

    return WordSource(recognizer, second=second)


def heard_before(brief: Brief) -> WordSource:
    """Return a recognizer for what the journal of a session that was cut off has no words for."""

    def recognizer() -> Recognizer:
        from voice.speech.engines import choose_recognizer

        return choose_recognizer(None, terms_of(brief)).engine

    return WordSource(recognizer)


@dataclass(frozen=True)
class Words:
    """The words of a session."""

    segments: Segments
    engines: dict[str, str]
    notes: tuple[str, ...] = ()


def pieces(spans: tuple[VoiceSpan, ...]) -> list[VoiceSpan]:
    """Join voice spans to pieces of LONGEST_PIECE_S at most (a longer span stays whole)."""
    parted: list[VoiceSpan] = []
    while spans:
        start_s = spans[0].start_s
        end = fits = sum(one.end_s - start_s <= LONGEST_PIECE_S for one in spans) or 1
        if fits < len(spans):
            half_s = start_s + LONGEST_PIECE_S / 2
            late = [n for n in range(1, fits + 1) if spans[n - 1].end_s >= half_s] or [fits]
            end = max(late, key=lambda n: spans[n].start_s - spans[n - 1].end_s)
        parted.append(VoiceSpan(start_s, spans[end - 1].end_s))
        spans = spans[end:]
    return parted


def transcribe(clip: Clip, recognizer: Recognizer, progress: Progress = lambda _: None) -> Segments:
    """Return the words of a clip at SAMPLE_RATE_HZ, a tuple a piece, from the clip's start."""
    parted = pieces(voice_spans(clip))
    middles_s = [(before.end_s + after.start_s) / 2 for before, after in pairwise(parted)]
    segments: Segments = []
    edges_s = zip([0.0, *middles_s], [*middles_s, clip.duration_s], strict=True)
    for piece, (from_s, to_s) in zip(parted, edges_s, strict=False):
        start_s = max(from_s, piece.start_s - _ROLL_S)
        words = recognizer.transcribe(clip.between(start_s, min(to_s, piece.end_s + _ROLL_S)))
        segments.append(tuple(word.shifted(start_s) for word in words))
        progress(piece.end_s / clip.duration_s)
    return segments


def session_words(
    told: Conversation, live_engine: str, clip: Clip | None, source: WordSource, progress: Progress
) -> Words:
    """Return the words of a session; `live_engine` heard those of the interview.

    The answer that was cut off is recognized, and all once more where a better recognizer is
    there; whatever fails then, the words heard live are kept. Typed answers have no clip.
    """
    if source.words is not None:
        return Words([source.words], source.engines)
    live = Words(list(told.stretches), {"stt": live_engine} if live_engine else {})
    if clip is None:
        return live
    answers = [one for one in told.answers if one.start_s < clip.duration_s]
    spans = [(a.start_s, clip.duration_s if a.end_s is None else a.end_s) for a in answers]
    if not told.lines:  # a recording without an interviewer is one answer, not heard live
        spans = [(0.0, clip.duration_s)]
    unheard = not told.lines or (answers and answers[-1].end_s is None)
    cut_off = spans[-1:] if unheard else []
    if now := spans if source.again else cut_off:
        live = _recognized(live, clip, now, source.recognizer(), progress)
    if source.again or not spans:
        return live
    try:
        second = source.second()
        again = _recognized(live, clip, spans, second, progress) if second else live
    except KeyboardInterrupt:
        return replace(live, notes=(*live.notes, STOPPED))
    except ModelError as error:
        note = f"Listening once more failed, so the words are those heard live: {error}."
        return replace(live, notes=(*live.notes, note))
    return replace(again, engines=again.engines | {"stt_live": live_engine}) if second else live


def _recognized(
    known: Words,
    clip: Clip,
    spans: list[tuple[float, float]],
    recognizer: Recognizer,
    progress: Progress,
) -> Words:
    """Recognize the answers from the sound; one in which nothing is heard keeps its words."""
    dropped, kept = recognizer.dropped, 0
    segments = [s for s in known.segments if s and not any(_inside(s, span) for span in spans)]
    for number, (start_s, end_s) in enumerate(spans, 1):
        from_s = max(0.0, start_s - EDGE_S)
        inside = progress if len(spans) == 1 else lambda _: None
        part = transcribe(clip.between(from_s, end_s + EDGE_S), recognizer, inside)
        heard = [tuple(word.shifted(from_s) for word in segment) for segment in part if segment]
        before = [s for s in known.segments if s and _inside(s, (start_s, end_s))]
        kept += bool(before and not heard)
        segments += heard or before
        progress(number / len(spans))
    segments.sort(key=lambda segment: segment[0].start_s)
    notes = (*known.notes, *made_up_note(recognizer.dropped - dropped))
    if kept:
        which = f"{recognizer.name} understood nothing of {plural(kept, 'answer')}"
        notes += (f"{which}: the words heard live stand there.",)
    return Words(segments, known.engines | {"stt": recognizer.name}, notes)


def _inside(segment: tuple[Word, ...], span: tuple[float, float]) -> bool:
    return segment[0].start_s <= span[1] + EDGE_S and segment[-1].end_s >= span[0] - EDGE_S


def made_up_note(dropped: int) -> tuple[str, ...]:
    """Return what the reader must know about words that the recognizer made up."""
    words = plural(dropped, "word was", "words were")
    told = f"{words} left out: the recognizer wrote them where nobody spoke."
    return (told,) if dropped else ()
