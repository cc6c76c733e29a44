"""The synthesizer's worker: what is urgent comes first, what was prepared comes at once."""

import threading
from collections.abc import Iterator

import numpy as np
import pytest

from voice.audio.clip import SAMPLE_RATE_HZ, Clip, silence
from voice.errors import ModelError
from voice.speech.spoken import CLAUSE_PAUSE_S, SENTENCE_PAUSE_S
from voice.turns.workers import Speaker, Spoken, heard_part

LONG = "What was your part in the move of the payments, and how did you choose what went first?"


class Gated:
    """A synthesizer that says a tenth of a second a word, each sentence only when it is let."""

    name = "gated:synthesizer"

    def __init__(self, *, slow: bool = False, open_to: int = 10**6) -> None:
        self.slow = slow
        self.made: list[str] = []
        self.working = threading.Semaphore(0)
        self._gate = threading.Semaphore(open_to)

    def let(self, sentences: int) -> None:
        """Let this many more sentences be made."""
        self._gate.release(sentences)

    def speak(self, text: str) -> Iterator[Clip]:
        """Yield one clip."""
        self.working.release()
        assert self._gate.acquire(timeout=20)
        if "fail" in text:
            raise ModelError("this sentence cannot be said")
        self.made.append(text)
        yield Clip(np.full(round(0.1 * len(text.split()) * SAMPLE_RATE_HZ), 99, np.int16))


def said(speaker: Speaker, text: str) -> tuple[Spoken, ...]:
    speech = speaker.begin(text)
    speech.ready(wait=True)
    assert speech.done
    return speech.taken


def test_prepared_sentences_are_made_once_and_said_together() -> None:
    synthesizer = Gated()
    with Speaker(synthesizer) as speaker:
        speaker.prepare("Thank you.")
        speaker.prepare("What did you do?")
        said(speaker, "Wait.")
        parts = said(speaker, "Thank you. What did you do?")
        assert said(speaker, "What did you do?")[0].clip.duration_s == pytest.approx(0.4)
    assert synthesizer.made.count("What did you do?") == 1
    assert [part.text for part in parts] == ["Thank you.", "What did you do?"]
    assert [part.clip.duration_s for part in parts] == pytest.approx([0.2 + SENTENCE_PAUSE_S, 0.4])


def test_what_is_said_now_goes_before_what_is_prepared() -> None:
    synthesizer = Gated(open_to=0)
    with Speaker(synthesizer) as speaker:
        speaker.prepare("First.")
        assert synthesizer.working.acquire(timeout=20)
        speaker.prepare("Second.")
        speaker.prepare("Third.")
        speech = speaker.begin("Now. Please.")
        synthesizer.let(5)
        assert len(speech.ready(wait=True)) == 2
    # The latest prepared is the likeliest to be said next. Closing leaves out what is not begun.
    assert synthesizer.made[:3] == ["First.", "Now.", "Please."]
    assert synthesizer.made[3:] in ([], ["Third."], ["Third.", "Second."])


def test_a_failure_is_raised_where_the_clip_is_taken() -> None:
    with Speaker(Gated()) as speaker:
        speaker.prepare("This will fail.")
        with pytest.raises(ModelError, match="cannot be said"):
            said(speaker, "Well. This will fail.")
        assert len(said(speaker, "Go on.")) == 1


def test_a_slow_synthesizer_begins_a_long_sentence_with_its_first_clause() -> None:
    first, rest = "What was your part in the move of the payments,", "and how did you choose"
    synthesizer = Gated(slow=True)
    with Speaker(synthesizer) as speaker:
        parts = said(speaker, LONG)
        assert parts[0].text == first
        assert parts[1].text.startswith(rest)
        assert parts[0].pause_s == pytest.approx(CLAUSE_PAUSE_S)
        assert [part.text for part in said(speaker, f"Thank you. {LONG}")] == ["Thank you.", LONG]
        speaker.prepare(LONG)
        said(speaker, "Wait.")
        assert len(said(speaker, LONG)) == 2 - (LONG in synthesizer.made)
    with Speaker(Gated()) as quick:
        assert [part.text for part in said(quick, LONG)] == [LONG]


def parts_of(*texts: str) -> list[Spoken]:
    return [Spoken(text, silence(0.1 * len(text) + 0.35), 0.35) for text in texts]


@pytest.mark.parametrize(
    ("played_s", "heard"),
    [
        (-1.0, ""),
        (0.0, ""),
        (0.3, ""),
        (0.45, "Take"),
        (0.9, "Take your"),
        (1.5, "Take your time."),
        (1.8, "Take your time."),
        (2.3, "Take your time. What"),
        (99.0, "Take your time. What broke?"),
    ],
)
def test_the_words_heard_until_then(played_s: float, heard: str) -> None:
    assert heard_part(parts_of("Take your time.", "What broke?"), played_s) == heard
