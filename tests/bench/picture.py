"""Take the README's picture of the page: a question of a sample brief, while it is answered.

`python -m tests.bench.picture` holds the beginning of an interview in Chromium with the real models
on a private PulseAudio, and writes recordings/page.png.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from tests.browser import chromium, click, wait_for
from tests.conftest import environment
from tests.need import MODELS, ROOT
from tests.pulse import private_pulse
from tests.web_server import open_page
from voice.audio.clip import write_wav
from voice.audio.reading import read_audio

PICTURE = ROOT / "recordings" / "page.png"
ANSWER = ROOT / "recordings" / "demo" / "balance-follow-up-1.flac"
BRIEF = "sample-ward-nurse"


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        private_pulse() as pulse,
        open_page(environment(Path(folder), REHEARSE_MODELS=str(MODELS))) as page,
        chromium(1280, 720, sound=pulse.environment() | {"PULSE_SOURCE": "microphone"}) as driver,
    ):
        write_wav(Path(folder) / "answer.wav", read_audio(ANSWER))
        driver.get(page.address)
        click(driver, f".briefs a[href$={BRIEF}]")
        click(driver, "#go .main")
        wait_for(driver, "document.getElementById('who').textContent === 'Your turn'")
        answering = pulse.play(Path(folder) / "answer.wav")
        time.sleep(4.0)  # well into the answer
        driver.save_screenshot(str(PICTURE))
        answering.wait(timeout=60)
    print(f"{PICTURE}: {PICTURE.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
