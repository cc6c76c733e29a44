"""Fillers of the words and of the sound side by side, none counted twice, rates unchanged."""

from __future__ import annotations

import json

import pytest

from agent.analysis import Fillers, Span, SpokenWord
from agent.measures.fillers import fillers_of, total_fillers
from agent.measures.merged_fillers import with_sound
from agent.measures.tracked import MOST_TRACKED_S, tracked
from tests.need import shared
from tests.test_sound_fillers import around, vowel
from voice.audio import Clip, join, read_audio, silence


def merged(clip: Clip, words: list[SpokenWord], voice: list[Span] | None = None) -> Fillers:
    fillers, marked = fillers_of(words, clip.duration_s)
    voice = voice or [Span(start_s=0.0, end_s=clip.duration_s)]
    return with_sound(fillers, marked, voice, tracked(clip, voice))


@pytest.mark.parametrize("later_s", [0.0, 37.5])
def test_a_held_vowel_between_words_is_told_on_the_session_clock(later_s: float) -> None:
    clip, words = around(vowel(0.4, um=True))
    later = [
        word.model_copy(update={"start_s": word.start_s + later_s, "end_s": word.end_s + later_s})
        for word in words
    ]
    voice = [Span(start_s=later_s, end_s=later_s + clip.duration_s)]
    (found,) = merged(join([silence(later_s), clip]), later, voice).in_sound
    assert found.source == "acoustic"
    assert later[9].end_s <= found.start_s < found.end_s <= later[10].start_s


def test_one_that_the_transcript_has_is_not_counted_again() -> None:
    clip, words = around(vowel(0.4, um=True))
    um = SpokenWord(text="um", start_s=words[9].end_s + 0.1, end_s=words[10].start_s - 0.1)
    fillers = merged(clip, [*words[:10], um, *words[10:]])
    assert [one.source for one in fillers.filled_pauses] == ["transcript"]


def test_rates_stay_those_of_the_transcript() -> None:
    clip, words = around(vowel(0.4, um=True))
    plain, _ = fillers_of(words, 20.0)
    both = merged(clip, words)
    assert len(both.in_sound) == 1
    assert both.in_transcript == plain.in_transcript
    total = total_fillers([both, both], 2 * len(words), 40.0)
    assert len(total.in_sound) == 2
    assert total.per_minute == 0.0
    assert total.per_100_words == 0.0


def test_sound_without_words_tells_nothing() -> None:
    clip, _ = around(vowel(0.4, um=True))
    assert merged(clip, []) == Fillers(per_minute=merged(clip, []).per_minute)


def test_speech_that_the_recognizer_missed_is_no_filler() -> None:
    clip, words = around(vowel(0.4, um=True))
    voice = [Span(start_s=0.0, end_s=clip.duration_s)]
    kept = [words[0], words[-1]]
    assert words[-1].start_s - words[0].end_s > 2.0
    assert with_sound(Fillers(), kept, voice, tracked(clip, voice)).in_sound == ()


def test_only_so_much_of_a_recording_is_tracked() -> None:
    clip = silence(MOST_TRACKED_S + 60.0)
    heard = tracked(clip, [Span(start_s=10.0, end_s=MOST_TRACKED_S + 50.0)])
    assert heard.clip.duration_s == pytest.approx(MOST_TRACKED_S)
    assert heard.own([Span(start_s=12.0, end_s=13.0)])[0].start_s == pytest.approx(2.3)
    assert heard.own([Span(start_s=MOST_TRACKED_S + 20.0, end_s=MOST_TRACKED_S + 21.0)]) == []


def test_real_ums_missing_from_the_words_are_found() -> None:
    labels = json.loads(shared("speech/spontaneous/words.json").read_text())
    found = planted = 0
    for recording in labels.values():
        clip = read_audio(shared("speech") / recording["audio"])
        words = [
            SpokenWord(text=w["word"], start_s=w["start"], end_s=w["end"])
            for w in recording["words"]
            if not w["filler"] and w["end"] - w["start"] > 0.02
        ]
        real = [w for w in recording["words"] if w["filler"] and w["end"] - w["start"] > 0.02]
        heard = merged(clip, words).in_sound
        planted += len(real)
        found += sum(
            any(w["start"] < one.end_s and w["end"] > one.start_s for one in heard) for w in real
        )
    assert found >= 0.6 * planted
