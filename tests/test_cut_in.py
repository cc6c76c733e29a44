"""Cutting in on an answer that lasts too long: the decision, and a turn through the channel."""

from pathlib import Path

import pytest

from tests.scripted import KnownWords, Tones, spoken
from voice.audio.clip import FRAME_S
from voice.ports.room import Replies, RoomPort
from voice.turns.channel import Parts, SpokenChannel
from voice.turns.controls import Control
from voice.turns.endpointing import CUT_IN_AFTER_S, CUT_IN_PAUSE_S, Hearing, cut_in
from voice.turns.talk import Heard, Listening

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("runs", "cut_s"),
    [
        ([(True, 9.9), (False, 9.0)], None),
        ([(True, 10.5), (False, 1.0)], 10.5 + CUT_IN_PAUSE_S),
        ([(False, 5.0), (True, 10.5), (False, 1.0)], 15.5 + CUT_IN_PAUSE_S),
        ([(True, 10.5), (False, CUT_IN_PAUSE_S - 0.05), (True, 1.0)], None),
        ([(True, 3.0), (False, 8.0), (True, 2.0), (False, 1.0)], 13.0 + CUT_IN_PAUSE_S),
        ([(True, 3.0), (False, 40.0), (True, 2.0)], None),
        ([(True, 60.0)], 10.0 + CUT_IN_AFTER_S),
        ([(True, 3.0), (False, 40.0), (True, 60.0)], 43.0 + CUT_IN_AFTER_S),
    ],
)
def test_when_an_answer_is_cut_in_on(runs: list[tuple[bool, float]], cut_s: float | None) -> None:
    hearing, frame, found_s = Hearing.begin(0.0), 0, None
    for voiced, length_s in runs:
        for _ in range(round(length_s / FRAME_S)):
            frame += 1
            hearing = hearing.after(voiced, frame * FRAME_S)
            if found_s is None and cut_in(hearing, 10.0):
                found_s = frame * FRAME_S
    assert found_s == (None if cut_s is None else pytest.approx(cut_s, abs=2 * FRAME_S))


def turn(
    folder: Path, words: KnownWords, *parts: float, cut_in_s: float, keys: int = -1
) -> tuple[Heard, float]:
    """Return a turn of voice and silence, and when listening ended.

    The pause key is pressed at frame `keys`, and once more 500 frames later.
    """
    frames = iter(range(10**6))
    pressed = {keys: Control.PAUSE, keys + 500: Control.PAUSE} if keys > 0 else {}
    made = Parts(RoomPort(Replies(spoken(*parts))), words, Tones(), folder)
    with SpokenChannel(made, lambda _: None, lambda: pressed.get(next(frames))) as talk:
        talk.say("How did it go?")
        heard = talk.listen(Listening(cut_in_s=cut_in_s))
        return heard, talk.now_s


def test_a_long_answer_is_cut_in_on_at_a_pause_with_all_its_words(tmp_path: Path) -> None:
    words = KnownWords("first we moved the platform", "then we moved the data", "and then")
    heard, ended_s = turn(tmp_path, words, 5.0, 2.0, 6.0, 0.8, 5.0, 0.6, 9.0, cut_in_s=14.0)
    assert heard.ended_by == "cut_in"
    assert heard.text == "first we moved the platform then we moved the data and then"
    assert heard.end_s - heard.start_s == pytest.approx(18.8, abs=0.15)
    assert ended_s - heard.end_s == pytest.approx(CUT_IN_PAUSE_S, abs=0.1)


def test_who_makes_no_pause_is_cut_in_on_in_the_middle_of_a_word(tmp_path: Path) -> None:
    words = KnownWords("and so on and so on", "and so on")
    heard, ended_s = turn(tmp_path, words, 30.0, cut_in_s=4.0)
    assert heard.ended_by == "cut_in"
    # Everything until then was given to the recognizer.
    assert heard.words[0].start_s <= heard.start_s
    assert heard.words[-1].end_s >= heard.end_s - FRAME_S
    assert ended_s - heard.start_s == pytest.approx(4.0 + CUT_IN_AFTER_S, abs=0.2)


def test_a_private_pause_is_no_part_of_the_answer(tmp_path: Path) -> None:
    heard, _ = turn(tmp_path, KnownWords("before", "and after"), 16.0, cut_in_s=9.0, keys=150)
    assert heard.ended_by == "silence"
    assert heard.end_s - heard.start_s > 12.0


def test_who_is_cut_in_on_and_goes_on_does_not_silence_the_interviewer(tmp_path: Path) -> None:
    port = RoomPort(Replies(spoken(5.0, 0.6, 10.0)))
    parts = Parts(port, KnownWords("and so on", "I was not done"), Tones(), tmp_path)
    with SpokenChannel(parts, lambda _: None, lambda: None) as talk:
        talk.say("How did it go?")
        cut = talk.listen(Listening(cut_in_s=4.0))
        said = talk.say("Let me stop you there. What came of it?", yielding=False)
        after = talk.listen()
    assert (cut.ended_by, cut.text) == ("cut_in", "and so on")
    assert (said.text, said.stopped_by) == ("Let me stop you there. What came of it?", "")
    assert (after.text, after.ended_by) == ("I was not done", "silence")
    assert after.start_s >= said.end_s - 0.1
