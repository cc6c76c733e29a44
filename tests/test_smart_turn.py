"""The end of a turn by its sound: the model's window, the choice."""

import os
from pathlib import Path

import numpy as np
import pytest
from faster_whisper.feature_extractor import FeatureExtractor

from tests.need import need_models, shared
from tests.tiny_smart_turn import write_smart_turn
from voice.audio.clip import Samples
from voice.audio.reading import read_audio
from voice.audio.spans import voice_spans
from voice.errors import ModelError
from voice.speech.engines import choose_ending
from voice.speech.models.catalog import parse
from voice.speech.smart_turn import SmartTurn


@pytest.fixture(scope="module")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> SmartTurn:
    return SmartTurn(write_smart_turn(tmp_path_factory.mktemp("store")))


@pytest.mark.parametrize("seconds", [0.0, 0.5, 8.0, 11.0])
def test_the_model_gets_the_last_eight_seconds_with_zeros_before(
    seconds: float, stand_in: SmartTurn
) -> None:
    samples = _noise(round(seconds * 16_000))
    heard = np.zeros(128_000)
    last = samples[-128_000:] / 32768
    heard[len(heard) - len(last) :] = last
    normal = (heard - heard.mean()) / np.sqrt(heard.var() + 1e-7)
    mean = float(FeatureExtractor()(normal.astype(np.float32), padding=0).mean())
    assert stand_in.probability(samples) == pytest.approx(1 / (1 + np.exp(-mean)), abs=1e-4)


def test_another_model_is_refused_in_one_line(tmp_path: Path) -> None:
    path = write_smart_turn(tmp_path)
    path.write_bytes(path.read_bytes().replace(b"input_features", b"another_inputs"))
    with pytest.raises(ModelError, match=r"is not Smart Turn v3\.2; fetch it again") as caught:
        SmartTurn(path).probability(_noise(100))
    assert "\n" not in str(caught.value)


def test_absent_or_broken_it_is_left_out_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REHEARSE_MODELS", str(tmp_path))
    absent = choose_ending()
    assert absent.engine is None
    assert "`rehearse setup smart-turn`" in absent.note
    path = write_smart_turn(tmp_path)
    assert choose_ending() == absent  # it has not the pinned length
    os.truncate(path, parse("smart-turn").size_bytes)
    assert choose_ending() == absent  # nor the pinned digest


@pytest.mark.slow
def test_finished_sentences_score_above_the_same_cut_off() -> None:
    """On the whole: a sentence that is cut at three fifths may well end there."""
    (found,) = (need_models("smart-turn") / "smart-turn").glob("*.onnx")
    smart_turn, whole, cut = SmartTurn(found), [], []
    for path in sorted(shared("speech/read").glob("*.wav")):
        clip = read_audio(path)
        end = round(voice_spans(clip)[-1].end_s * clip.rate_hz)
        rest = np.zeros(3200, np.int16)
        whole.append(smart_turn.probability(np.concatenate([clip.samples[:end], rest])))
        cut.append(smart_turn.probability(np.concatenate([clip.samples[: end * 6 // 10], rest])))
    assert np.mean(whole) > np.mean(cut) + 0.1, (whole, cut)


def _noise(count: int) -> Samples:
    return np.random.default_rng(1).normal(0, 3000, count).astype(np.int16)
