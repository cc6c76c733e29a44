"""Does the person want to interrupt? The decision table."""

from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.audio.clip import FRAME_S, FRAME_SAMPLES, Clip
from voice.audio.port import Frame
from voice.speech.protocols import Understood
from voice.speech.transcript import Word
from voice.turns.bargein import (
    LEAST_VOICE_S,
    RESUME_S,
    SETTLED_S,
    YIELD_AFTER_BACKCHANNEL_S,
    YIELD_ANSWER_S,
    YIELD_S,
    BargeInListener,
    Overlap,
    Reaction,
    react,
    takes_floor,
)
from voice.turns.turn import Turn


def heard(*parts: tuple[bool, float], began_s: float = 0.0) -> Overlap:
    """Return the overlap after stretches of (voice, seconds)."""
    frames = [voiced for voiced, length_s in parts for _ in range(round(length_s / FRAME_S))]
    return follow(Overlap.begin(began_s), frames)


def follow(overlap: Overlap, frames: Iterable[bool]) -> Overlap:
    now_s = overlap.now_s
    for number, voiced in enumerate(frames, 1):
        overlap = overlap.after(voiced, round(now_s + number * FRAME_S, 6))
    return overlap


def late(*parts: tuple[bool, float]) -> Overlap:
    """Return the same, 2 s after the interviewer began."""
    return heard((False, 2.0), *parts)


@pytest.mark.parametrize(
    ("overlap", "text", "reaction"),
    [
        (late((True, 0.4)), None, Reaction.HOLD),
        (late((True, YIELD_S)), None, Reaction.YIELD),
        (late((True, 0.4), (False, SETTLED_S)), None, Reaction.HOLD),
        (late((True, 0.4), (False, SETTLED_S)), "", Reaction.RESUME),
        (late((True, 0.4), (False, SETTLED_S)), "Mm-hm.", Reaction.RESUME),
        (late((True, 0.4), (False, SETTLED_S)), "wait", Reaction.YIELD),
        (late((True, 0.4), (False, SETTLED_S)), "Sorry?", Reaction.YIELD),
        (late((True, 0.8), (False, SETTLED_S)), "", Reaction.RESUME),
        (late((True, 0.4), (False, 0.1)), "okay", Reaction.HOLD),
        (late((True, 0.1), (False, RESUME_S)), None, Reaction.RESUME),
        (late((True, YIELD_S)), "yeah", Reaction.HOLD),
        (late((True, YIELD_AFTER_BACKCHANNEL_S)), "yeah", Reaction.YIELD),
        (heard((False, 0.5), (True, YIELD_ANSWER_S)), None, Reaction.YIELD),
    ],
)
def test_what_the_voice_does(overlap: Overlap, text: str | None, reaction: Reaction) -> None:
    assert react(overlap, text) is reaction


def test_a_voice_from_before_the_sentence_goes_on_with_the_answer() -> None:
    hesitation = heard((False, 1.0), (True, 0.3), (False, SETTLED_S))
    before = hesitation.resumed(hesitation.now_s)
    sentence = replace(follow(before, [False]), began_s=before.now_s + FRAME_S)
    # Later than the first second of it.
    later = follow(sentence, [False] * 60 + [True] * 30)
    assert later.first_s == hesitation.start_s
    assert later.resumed_answer
    assert not follow(sentence, [False] * 120 + [True] * 30).resumed_answer


def test_a_voice_that_comes_back_at_once_goes_on_with_the_interruption() -> None:
    overlap = late((True, 0.6), (False, SETTLED_S))
    again = follow(overlap.resumed(overlap.now_s), [False] * 20 + [True] * 32)
    assert again.first_s == overlap.start_s
    assert react(again) is Reaction.YIELD
    much_later = follow(overlap.resumed(overlap.now_s), [False] * 120 + [True] * 32)
    assert much_later.first_s == much_later.start_s
    assert react(much_later) is Reaction.HOLD


@pytest.mark.parametrize("text", "mm-hm|Yeah, yeah, okay.|I see.|Got it.||...|share|n m".split("|"))
def test_what_does_not_ask_for_the_floor(text: str) -> None:
    assert not takes_floor(text)


@pytest.mark.parametrize("text", ["wait", "Sorry?", "yeah but no", "I see a problem"])
def test_what_asks_for_the_floor(text: str) -> None:
    assert takes_floor(text)


@given(st.lists(st.booleans(), max_size=200), st.sampled_from([None, "", "yeah", "wait"]))
def test_a_held_voice_is_released_within_reach(frames: list[bool], text: str | None) -> None:
    overlap = follow(Overlap.begin(0.0), [*frames, *[False] * round(RESUME_S / FRAME_S + 1)])
    assert react(overlap, text) is not Reaction.HOLD


def listened(voice_s: float, *starts_s: float) -> tuple[list[Reaction], int]:
    """Return what the interviewer's voice does as one speaks over it from 2 s on, and the calls.

    It falls silent as it is told to. Words begin at these times.
    """
    calls = 0

    def submit(clip: Clip, start_s: float) -> Future[Understood]:
        nonlocal calls
        calls += 1
        found: Future[Understood] = Future()
        words = tuple(Word("so", at_s, at_s + 0.1, 0.9) for at_s in starts_s)
        found.set_result(Understood(words))
        return found

    listener = BargeInListener(Turn(0.0, submit), Overlap.begin(0.0))
    reactions = [Reaction.GO_ON]
    sound, still = np.full(FRAME_SAMPLES, 500, np.int16), np.zeros(FRAME_SAMPLES, np.int16)
    for number in range(round((2.0 + voice_s + SETTLED_S) / FRAME_S) + 1):
        speaker = still if Reaction.HOLD in reactions else sound
        voiced = 2.0 <= number * FRAME_S < 2.0 + voice_s
        frame = Frame(number * FRAME_SAMPLES, sound, speaker)
        reactions.append(listener.hear(frame, voiced, wait=True))
    return reactions, calls


def test_the_interviewers_own_words_do_not_take_the_floor_from_it() -> None:
    # Less voice than any word has is no voice, and nothing is recognized.
    reactions, calls = listened(LEAST_VOICE_S - 0.06, 2.0, 2.1)
    assert (reactions[-1], calls) == (Reaction.RESUME, 0)
    # More words than anybody says in half a second: some were there before it fell silent.
    reactions, calls = listened(0.5, 1.95, 2.0, 2.05, 2.1, 2.3)
    assert (reactions[-1], calls) == (Reaction.RESUME, 1)
    assert listened(0.5, 1.95, 2.2, 2.3, 2.4)[0][-1] is Reaction.YIELD
    assert listened(0.6, 2.0, 2.1, 2.2)[0][-1] is Reaction.YIELD
