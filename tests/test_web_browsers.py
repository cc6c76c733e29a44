"""The page while its microphone goes, its tab sleeps, or the browser is Firefox: nothing is lost.

A tiny voice asks and a tiny recognizer listens, so that each is a matter of seconds.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from agent.session import read_session
from tests.browser import chromium, click, wait_for
from tests.conftest import environment, put_tiny_models
from tests.firefox import StuckError, firefox
from tests.need import ROOT
from tests.pulse import Pulse, private_pulse
from tests.web_server import Page, open_page
from voice.audio.clip import SAMPLE_RATE_HZ, write_wav
from voice.audio.reading import read_audio
from voice.audio.recorder import read_track

pytestmark = pytest.mark.slow
ANSWER = ROOT / "recordings" / "demo" / "balance-follow-up-1.flac"


@dataclass
class Room:
    """A page with a tiny voice, and the devices of its browser."""

    page: Page
    pulse: Pulse
    home: Path

    @property
    def sound(self) -> dict[str, str]:
        return self.pulse.environment() | {"PULSE_SINK": "speaker", "PULSE_SOURCE": "microphone"}

    @property
    def folder(self) -> Path:
        (folder,) = (self.home / "out").iterdir()
        return folder

    def answer(self, driver: Any, press: Callable[[str], None]) -> None:
        """Begin an interview and answer its first question aloud."""
        driver.get(self.page.address)
        press(".briefs a")
        press("#go .main")
        wait_for(driver, "document.getElementById('who').textContent === 'Your turn'")
        write_wav(self.home / "answer.wav", read_audio(ANSWER))
        self.pulse.play(self.home / "answer.wav").wait(timeout=120)

    def end(self, driver: Any, press: Callable[[str], None], paused: bool = False) -> None:
        """End it, and look at what was kept."""
        press("#end" if paused else ".keys [data-key=finish]")
        wait_for(driver, "location.pathname.startsWith('/session/') && document.title")
        state = read_session(self.folder).meta.state
        assert state == ("interrupted" if paused else "complete")
        mic = read_track(self.folder / "candidate.wav").samples
        # Half a second as loud as speech: a starved machine loses much of the answer on its way.
        loud = np.abs(mic[: len(mic) // 160 * 160].reshape(-1, 160)).max(axis=1) > 1000
        assert loud.sum() > 50


@contextmanager
def furnished(home: Path) -> Iterator[Room]:
    put_tiny_models(home)
    with (
        private_pulse() as pulse,
        open_page(environment(home), "--out", str(home / "out")) as page,
    ):
        yield Room(page, pulse, home)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with furnished(tmp_path) as room:
        yield room


@pytest.mark.parametrize(
    ("trouble", "told"),
    [("unplugged", "The microphone has gone"), ("refused", "allow it again"), ("asleep", "asleep")],
)
def test_a_trouble_in_mid_interview_is_told_and_nothing_is_lost(
    room: Room, trouble: str, told: str
) -> None:
    with chromium(sound=room.sound) as driver:
        press = partial(click, driver)
        room.answer(driver, press)
        if trouble == "unplugged":
            room.pulse.unplug()
        elif trouble == "refused":
            origin = driver.execute_script("return location.origin")
            asked = {"permission": {"name": "microphone"}, "setting": "denied", "origin": origin}
            driver.execute_cdp_cmd("Browser.setPermission", asked)
        else:
            driver.execute_cdp_cmd("Page.setWebLifecycleState", {"state": "frozen"})
            time.sleep(3.0)  # a sleep that is noticed
            driver.execute_cdp_cmd("Page.setWebLifecycleState", {"state": "active"})
        wait_for(driver, "stage.dataset.look === 'paused'")
        wait_for(driver, f"notice.textContent.includes({told!r})")
        if trouble == "refused":  # it can be ended without a microphone
            room.end(driver, press, paused=True)
            return
        if trouble == "unplugged":
            room.pulse.plug_in()
        press("#resume")
        wait_for(driver, "stage.dataset.look === 'running'")
        room.end(driver, press)
    gaps = [e for e in read_session(room.folder).events if e.event == "gap"]
    assert "paused" in [gap.why for gap in gaps]


def test_an_interview_in_firefox(tmp_path: Path) -> None:
    for number in range(3):
        with suppress(StuckError), furnished(tmp_path / str(number)) as room:
            interview_in_firefox(room)
            return
    pytest.fail("Firefox got stuck three times")


def interview_in_firefox(room: Room) -> None:
    heard = room.home / "heard.wav"
    with firefox(room.home, room.sound) as fox, room.pulse.recording(heard):
        room.answer(fox, fox.click)
        room.end(fox, fox.click)
        assert fox.log == []
    # What was recorded of the interviewer is what the loudspeaker gave out.
    said = next(e for e in read_session(room.folder).events if e.event == "said")
    voice = read_track(room.folder / "interviewer.wav").between(said.start_s, said.end_s)
    assert np.abs(voice.samples).max() > 1000
    given = room.pulse.recorded(heard).samples
    assert np.abs(given).max() > 1000
    assert len(given) > SAMPLE_RATE_HZ
