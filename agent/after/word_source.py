"""Where a session's words come from: given, heard live, or heard once more after the interview."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from agent.after.conversation import Conversation
from agent.after.recognition import Answers, Progress, Segments, heard_again
from voice.audio import Clip
from voice.errors import ModelError
from voice.stt import Recognizer
from voice.transcript import Word

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


@dataclass(frozen=True)
class Words:
    """The words of a session."""

    segments: Segments
    """A tuple a stretch."""
    engines: dict[str, str]
    """What made them."""
    notes: tuple[str, ...] = ()
    """What the reader must know about them."""


def session_words(
    conversation: Conversation,
    live_engine: str,
    clip: Clip | None,
    source: WordSource,
    progress: Progress,
) -> Words:
    """Return the words of a session.

    Args:
        conversation: the journal, with the words heard live.
        live_engine: the interview's recognizer, "" for none.
        clip: the candidate's track, None where the answers were typed.
        source: where the words come from.
        progress: is told how far the recognition is.

    Raises:
        ModelError: the recognizer that was asked for failed.
    """
    if source.words is not None:
        return Words([source.words], source.engines)
    live = Words(list(conversation.stretches), {"stt": live_engine} if live_engine else {})
    if clip is None:
        return live
    now = _to_recognize(conversation, clip, source.again)
    if now.spans:
        live = _again(live, now, source.recognizer(), progress)
    if source.again:
        return live
    return hear_again(live, _to_recognize(conversation, clip, True), source.second, progress)


def hear_again(
    live: Words, answers: Answers, choose: Callable[[], Recognizer | None], progress: Progress
) -> Words:
    """Recognize the answers once more; whatever fails, the words heard live are kept.

    Args:
        live: the words of the interview.
        answers: where the answers lie.
        choose: returns the recognizer, None where there is none that would hear better.
        progress: is told the share done.
    """
    if not answers.spans:
        return live
    try:
        recognizer = choose()
        if recognizer is None:
            return live
        again = _again(live, answers, recognizer, progress)
    except KeyboardInterrupt:
        return replace(live, notes=(*live.notes, STOPPED))
    except ModelError as error:
        note = f"Listening once more failed, so the words are those heard live: {error}."
        return replace(live, notes=(*live.notes, note))
    return replace(again, engines=again.engines | {"stt_live": live.engines.get("stt", "")})


def _again(live: Words, answers: Answers, recognizer: Recognizer, progress: Progress) -> Words:
    """Return the words with those of the answers recognized from the sound."""
    dropped = recognizer.dropped
    segments, kept = heard_again(live.segments, answers, recognizer, progress)
    notes = (*live.notes, *made_up_note(recognizer.dropped - dropped))
    if kept:
        where = "one answer" if kept == 1 else f"{kept} answers"
        notes += (
            f"{recognizer.name} understood nothing of {where}: the words heard live stand there.",
        )
    return Words(segments, live.engines | {"stt": recognizer.name}, notes)


def made_up_note(dropped: int) -> tuple[str, ...]:
    """Return what the reader must know about words that the recognizer made up."""
    if not dropped:
        return ()
    words = "One word was" if dropped == 1 else f"{dropped} words were"
    return (f"{words} left out: the recognizer wrote them where nobody spoke.",)


def _to_recognize(conversation: Conversation, clip: Clip, every: bool) -> Answers:
    """Return the answers to recognize: all of them, or the one that was interrupted."""
    spans = (
        (span.start_s, clip.duration_s if span.end_s is None else span.end_s)
        for span in conversation.answers
        if (every or span.end_s is None) and span.start_s < clip.duration_s
    )
    return Answers(clip, tuple(spans))
