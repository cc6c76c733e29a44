"""A whole interview through the page: Chromium, its microphone and loudspeaker on PulseAudio.

The room has a loudspeaker that the microphone hears too; the browser's echo canceller must take it
out. Every button is pressed, and the page is loaded anew in the middle.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from selenium.common.exceptions import NoAlertPresentException

from agent.analysis import read_analysis
from agent.session import read_session
from agent.session.events import SaidEvent
from tests.browser import chromium, click, wait_for
from tests.conftest import environment
from tests.need import need_models
from tests.pulse import Pulse, private_pulse
from tests.test_virtual_interview import BRIEF, lag_s, own_words, replies_in
from tests.web_server import open_page
from voice.audio.clip import SAMPLE_RATE_HZ, Clip, Samples
from voice.audio.recorder import read_track

pytestmark = pytest.mark.slow
WITHIN_S = 120.0
STOOD_S = 6.0
"""How long the page is left paused after its reload."""


def likeness(part: Samples, hay: Samples) -> float:
    """Return how well a part is found in the hay, 1 for exactly (normalized correlation)."""
    start = round(lag_s(part, hay) * SAMPLE_RATE_HZ)
    one, other = part.astype(float), hay[start : start + len(part)].astype(float)
    one = one[: len(other)]
    return float(np.dot(one, other) / (np.linalg.norm(one) * np.linalg.norm(other) + 1.0))


@pytest.fixture(scope="module")
def pulse() -> Iterator[Pulse]:
    with private_pulse(echo=True) as server:
        yield server


@dataclass
class Held:
    """The interview that was held."""

    folder: Path
    replies: list[Clip] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    title: str = ""
    ran_s: float = 0.0
    """How far the page's clock ran in the time that it took to go on after the reload."""
    took_s: float = 0.0

    def events(self, name: str) -> list[Any]:
        return [e for e in read_session(self.folder).events if e.event == name]


@pytest.fixture(scope="module")
def held(pulse: Pulse, tmp_path_factory: pytest.TempPathFactory) -> Held:
    """Hold two questions: the buttons, a reload, answers by another process."""
    models = need_models("whisper/tiny.en", "piper/en_US-joe-medium")
    home = tmp_path_factory.mktemp("page")
    few = home / "models"
    for kind, name in (("whisper", "tiny.en"), ("piper", "en_US-joe-medium")):
        (few / kind).mkdir(parents=True)
        (few / kind / name).symlink_to(models / kind / name)
    clips = replies_in(home)
    sound = pulse.environment() | {"PULSE_SINK": "speaker", "PULSE_SOURCE": "microphone"}
    with (
        open_page(environment(home), "--out", str(home / "out")) as page,
        chromium(sound=sound) as driver,
    ):
        driver.get(page.address)
        driver.execute_script("document.getElementById('text').value = arguments[0]", BRIEF)
        click(driver, "#bring .main")
        held = Held(home / "none")
        _hold(driver, pulse, held, clips)
        wait_for(driver, "location.pathname.startsWith('/session/') && document.title")
        held.title = driver.title
        log = driver.get_log("browser")
        held.log = [entry["message"] for entry in log if entry["level"] == "SEVERE"]
        (held.folder,) = (home / "out").iterdir()
    return held


def _hold(driver: Any, pulse: Pulse, held: Held, clips: list[Clip]) -> None:
    home, answer = held.folder.parent, partial(_answer, driver, pulse, held, clips)
    click(driver, "[name=questions] option:nth-child(3)")
    click(driver, "#go button[type=submit]")
    _until(lambda: _said(home, "question"))
    click(driver, "[data-key=repeat]")
    _until(lambda: _said(home, "repeat"))
    click(driver, "[data-key=pause]")
    click(driver, "#resume")
    wait_for(driver, "stage.dataset.look === 'running'")
    answer(1)
    driver.refresh()
    with suppress(NoAlertPresentException):
        driver.switch_to.alert.accept()
    wait_for(driver, "document.getElementById('stage')?.dataset.look === 'paused'")
    time.sleep(STOOD_S)
    stood_s, back_s = _clock_s(driver), time.monotonic()
    click(driver, "#resume")
    _until(lambda: _clock_s(driver) > stood_s)
    held.ran_s, held.took_s = _clock_s(driver) - stood_s, time.monotonic() - back_s
    answer(len(clips))


def _clock_s(driver: Any) -> int:
    minutes, seconds = driver.execute_script("return clock.textContent").split(":")
    return 60 * int(minutes) + int(seconds)


def _until(true: Callable[[], object]) -> None:
    deadline_s = time.monotonic() + WITHIN_S
    while not true():
        assert time.monotonic() < deadline_s
        time.sleep(0.05)


def _answer(driver: Any, pulse: Pulse, held: Held, clips: list[Clip], wanted: int) -> None:
    """Answer whenever the interviewer waits, up to `wanted` answers or the end."""
    home, deadline_s = held.folder.parent, time.monotonic() + 2 * WITHIN_S
    look = (
        "const at = document.getElementById('stage'); return [at?.dataset.look, who?.textContent]"
    )
    while len(held.replies) < wanted and (now := driver.execute_script(look))[0] == "running":
        assert time.monotonic() < deadline_s, "the interview does not go on"
        asked = len(_said(home, "question")) + len(_said(home, "follow_up"))
        if asked > len(held.replies) and now[1] == "Your turn":
            number = len(held.replies)
            pulse.play(home / f"{number}.wav").wait(timeout=60)
            held.replies.append(clips[number])
        time.sleep(0.1)


def _said(home: Path, kind: str) -> list[SaidEvent]:
    folders = list((home / "out").glob("*")) if (home / "out").exists() else []
    if not folders:
        return []
    events = read_session(folders[0]).events
    return [e for e in events if isinstance(e, SaidEvent) and e.kind == kind]


def test_it_is_held_to_its_end_and_the_report_opens(held: Held) -> None:
    meta = read_session(held.folder).meta
    assert meta.state == "complete"
    assert "report" in held.title
    asked = [e.text for e in held.events("said") if e.kind == "question"]
    assert sorted(asked) == ["What did you build last year?", "Why did it become faster?"]
    # That a page which nobody touched cannot ask whether to leave is the browser's remark.
    assert [line for line in held.log if "beforeunload" not in line] == []


def test_every_answer_is_understood(held: Held) -> None:
    heard = [event for event in held.events("heard") if event.text]
    assert len(heard) == len(held.replies) >= 2
    assert read_analysis(held.folder).pacing.words > 20


def test_the_interviewer_never_hears_itself(held: Held) -> None:
    said = held.events("said")
    cut = [event for event in said if event.stopped_by in ("interruption", "resumed_answer")]
    assert not cut
    assert own_words(held.folder) == []


def test_the_tracks_share_their_clock_and_nothing_is_glued(held: Held) -> None:
    mic, voice = (read_track(held.folder / f"{n}.wav") for n in ("candidate", "interviewer"))
    assert len(mic.samples) == len(voice.samples)
    apart_s = []
    for reply in held.replies:
        at_s = (0.5, reply.duration_s - 2.0)
        parts = [reply.between(start_s, start_s + 1.5).samples for start_s in at_s]
        # The echo canceller changes the wave, most where both speak.
        if min(likeness(part, mic.samples) for part in parts) > 0.45:
            head_s, tail_s = (lag_s(part, mic.samples) for part in parts)
            apart_s.append(tail_s - head_s - (at_s[1] - at_s[0]))
    assert apart_s
    assert max(map(abs, apart_s)) < 0.1


def test_what_was_played_is_in_the_record(held: Held) -> None:
    voice = read_track(held.folder / "interviewer.wav")
    for event in held.events("said"):
        said = voice.between(event.start_s, event.end_s).samples
        if event.stopped_by == "" and event.end_s - event.start_s > 1.0:
            assert np.mean(np.abs(said.astype(float))) > 100, event.text


def test_a_reload_costs_no_time(held: Held) -> None:
    """The page was away for STOOD_S and more; its clock only ran from when it was told to go on."""
    assert held.ran_s <= held.took_s + 1.0
    paused_s = [gap.end_s - gap.start_s for gap in held.events("gap") if gap.why == "paused"]
    assert max(paused_s) > STOOD_S - 1.0
