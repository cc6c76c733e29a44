"""A scenario file: what it becomes, and what is said about one that is wrong."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import voice.ports.room.scenario as scenario_module
from tests.conftest import Rehearse
from tests.need import ROOT
from tests.scripted import spoken
from voice.audio.clip import Clip, level_dbfs, resample, write_wav
from voice.errors import RehearseError
from voice.ports.room import REPLY_DELAY_S, RoomPort
from voice.ports.room.scenario import Scenario, read_scenario
from voice.ports.room.sound import active_level_dbfs

FULL = """
candidate:
  - file: one.wav
  - {file: sub/two.wav, after_s: 0.6, gain_db: -6}
  - {file: one.wav, over_s: 2, of_turn: 4}
  - {file: one.wav, at_s: 61.5}
loudspeaker: {impulse_response: office.wav, delay_ms: 40, level_db: -20, distortion: 0.2,
              drift_ppm: 100}
noise:
  - {kind: pink, snr_db: 20}
  - {file: one.wav, level_dbfs: -55}
microphone: {gain_db: 3, clip_dbfs: -1, lost: [{at_s: 40, for_s: 5}], zeros: [{at_s: 1, for_s: 2}]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sub").mkdir()
    write_wav(tmp_path / "one.wav", spoken(1.0, 0.5, 1.0))
    write_wav(tmp_path / "sub" / "two.wav", resample(spoken(2.0), 22_050))
    tap = np.zeros(800, np.int16)
    tap[[5, 300]] = 20_000, -9_000
    write_wav(tmp_path / "office.wav", Clip(tap))
    return tmp_path


def read(folder: Path, text: str, name: str = "room.yaml") -> Scenario:
    (folder / name).write_text(text, encoding="utf-8")
    return read_scenario(folder / name)


def test_a_full_scenario_is_read(folder: Path) -> None:
    scenario = read(folder, FULL)
    moments = [(e.when, e.seconds, e.of_turn, e.gain_db) for e in scenario.entries]
    assert moments == [
        ("after", REPLY_DELAY_S, None, 0.0),
        ("after", 0.6, None, -6.0),
        ("over", 2.0, 4, 0.0),
        ("at", 61.5, None, 0.0),
    ]
    assert scenario.entries[1].clip.duration_s == pytest.approx(2.0, abs=0.01)
    echo = scenario.room.echo
    assert echo is not None
    assert echo.impulse_response is not None
    assert (len(echo.impulse_response), echo.delay_ms, echo.level_db) == (800, 40, -20)
    assert (echo.distortion, echo.drift_ppm) == (0.2, 100)
    microphone = scenario.room.microphone
    assert (microphone.gain_db, microphone.clip_dbfs) == (3, -1)
    assert [(s.at_s, s.for_s) for s in microphone.lost + microphone.zeros] == [(40, 5), (1, 2)]
    assert len(scenario.room.noise) == 2


@pytest.mark.parametrize("noise", ["kind: hum", "file: noise.wav"])
@pytest.mark.parametrize("snr_db", [0, 25])
def test_a_noise_lies_at_its_ratio_below_the_speech(
    folder: Path, noise: str, snr_db: float
) -> None:
    random = np.random.default_rng(5).normal(0, 900, 48_000)
    write_wav(folder / "noise.wav", Clip(random.astype(np.int16)))
    text = f"""
candidate: [{{file: one.wav, at_s: 5, gain_db: -3}}]
noise: [{{{noise}, snr_db: {snr_db}}}]
"""
    scenario = read(folder, text)
    with RoomPort(scenario.script(), room=scenario.room) as port:
        noisy = np.concatenate([port.read().mic for _ in range(250)])
    spoken_dbfs = active_level_dbfs(spoken(1.0, 0.5, 1.0).samples * 10 ** (-3 / 20))
    assert spoken_dbfs - level_dbfs(noisy) == pytest.approx(snr_db, abs=0.5)


KEYS = "candidate file at_s over_s noise kind microphone lost for_s loudspeaker".split()

WRONG = [
    ("candidate:\n  - file: one.wav\n  - {file: one.wav, afters: 2}", r"2 afters.*no such key"),
    ("candidate:\n  - {file: absent.wav}", r"entry 1 file.*absent\.wav; check the path$"),
    ("candidate:\n  - {file: [1]}", r"entry 1 file.*name of a file"),
    ("candidate:\n  - {file: one.wav, at_s: -1}", r"at_s.*greater than or equal to 0"),
    ("candidate:\n  - {file: one.wav,\n     at_s: 1, over_s: 2}", r"give one of after_s"),
    ("candidate:\n  - {file: one.wav, of_turn: 2}", r"of_turn goes with over_s"),
    ("noise: []", r"\(candidate\): is missing; add it"),
    ("candidate: []\nnoise: [{kind: pink, snr_db: 3}]", r"noise.*give level_dbfs instead"),
    ("candidate: []\nnoise: [{snr_db: 3}]", r"give either kind or file"),
    ("candidate: []\nmicrophone:\n  lost:\n  - at_s: 3", r"lost entry 1 for_s.*is missing"),
    ("candidate: []\ncandidate: []", r"line 2: .*candidate stands twice"),
    ("candidate: [", r"line 1: not valid YAML or JSON"),
    ("a: &a [*a]\ncandidate: *a", r"candidate entry 1"),
    ("", r"is no scenario; the keys are"),
    ("candidate: [{file: sub}]", r"cannot read .*sub as audio"),
]


@pytest.mark.parametrize(("text", "message"), WRONG)
def test_what_is_wrong_is_named_in_one_line(folder: Path, text: str, message: str) -> None:
    with pytest.raises(RehearseError, match=message) as caught:
        read(folder, text)
    assert str(caught.value).startswith(str(folder / "room.yaml"))
    assert "\n" not in str(caught.value)


def test_a_file_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"\xff\xfe\x00candidate")
    for name, told in (("none", "no such scenario"), (".", "cannot read"), ("x", "is no text")):
        with pytest.raises(RehearseError, match=told):
            read_scenario(tmp_path / name)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=3), inner, max_size=4),
        ),
    )
)
def test_any_document_is_read_or_refused_in_one_line(folder: Path, data: object) -> None:
    try:
        scenario = read(folder, yaml.safe_dump(data, allow_unicode=True))
    except RehearseError as error:
        assert "\n" not in str(error)
        assert str(error).isprintable()
    else:
        assert isinstance(data, dict)
        assert len(scenario.entries) == len(data["candidate"])


@pytest.mark.usefixtures("with_tiny_models")
def test_a_wrong_scenario_is_one_line_of_the_command(rehearse: Rehearse, folder: Path) -> None:
    (folder / "room.yaml").write_text("candidate: [{file: absent.wav}]")
    brief = ROOT / "briefs" / "ward-nurse.md"
    done = rehearse("run", brief, "--room", folder / "room.yaml", "--out", folder / "out")
    assert done.code == 1
    assert "room.yaml (candidate entry 1 file): no such recording" in done.err
    assert not (folder / "out").exists()
    both = rehearse("run", brief, "--room", "x.yaml", "--candidate", "y.wav")
    assert both.code == 2
    assert "not allowed with" in both.err


def test_the_documented_example_is_read(folder: Path) -> None:
    for name in ("hello", "answer", "mhm", "wait", "knock", "fan"):
        write_wav(folder / f"{name}.wav", spoken(0.3))
    scenario = read(folder, str(scenario_module.__doc__).split("\n\n")[1])
    assert [entry.when for entry in scenario.entries] == ["after", "after", "over", "over", "at"]
    assert scenario.room.echo is not None
