"""Whose voice is in the microphone: the person's, or the loudspeaker's."""

from __future__ import annotations

import numpy as np
import pytest

from tests.scripted import voice_like
from voice.audio.clip import FRAME_SAMPLES, Samples
from voice.audio.port import Frame
from voice.turns.voice_activity import ECHO_TAIL_S, VoiceActivity, alike

VOICE = voice_like(6.0).samples
SILENCE = np.zeros_like(VOICE)


def share(activity: VoiceActivity, mic: Samples, speaker: Samples) -> float:
    """Return the share of frames that hold the person's voice."""
    heard = [
        activity.hears(Frame(at, mic[at : at + FRAME_SAMPLES], speaker[at : at + FRAME_SAMPLES]))
        for at in range(0, len(mic) // FRAME_SAMPLES * FRAME_SAMPLES, FRAME_SAMPLES)
    ]
    return sum(heard) / len(heard)


def test_without_a_loudspeaker_a_voice_is_the_persons() -> None:
    assert share(VoiceActivity(), VOICE, SILENCE) > 0.8
    assert share(VoiceActivity(half_duplex=True), VOICE, SILENCE) > 0.8


@pytest.mark.parametrize("lag_samples", [-600, 0, 600, 2000])
def test_the_loudspeakers_own_sound_is_nobodys_voice(lag_samples: int) -> None:
    # A loopback at full level, early as a sound server may have it, or late.
    assert share(VoiceActivity(), np.roll(VOICE, lag_samples), VOICE) < 0.02


def test_in_half_duplex_nothing_is_noticed_over_the_loudspeaker_and_in_its_tail() -> None:
    activity = VoiceActivity(half_duplex=True)
    assert not activity.full_duplex
    assert share(activity, VOICE, VOICE) == 0.0
    tail = round(ECHO_TAIL_S * 16000)
    late = Frame(len(VOICE), VOICE[:FRAME_SAMPLES], SILENCE[:FRAME_SAMPLES])
    assert not activity.hears(late)
    assert not activity.quiet
    activity.hears(Frame(len(VOICE) + tail, VOICE[:FRAME_SAMPLES], SILENCE[:FRAME_SAMPLES]))
    assert activity.quiet


def test_alike_is_one_for_a_part_at_any_lag_and_level() -> None:
    whole = VOICE[:8000]
    assert alike(whole[3000:5000], whole) == pytest.approx(1.0)
    assert alike(-(whole[3000:5000] // 4), whole) == pytest.approx(1.0, abs=0.01)
