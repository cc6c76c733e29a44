"""Take the README's pictures: the page, while a question is answered, and a report.

`python -m tests.bench.picture` holds the beginning of an interview in Chromium with the real models
on a private PulseAudio, and writes recordings/page.png. With a report.html (of `rehearse demo`)
it writes recordings/report.png from that.
"""

import sys
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

PICTURES = ROOT / "recordings"
ANSWER = ROOT / "recordings" / "demo" / "balance-follow-up-1.flac"
BRIEF = "sample-ward-nurse"


def of_report(report: Path) -> Path:
    """Take a report as it opens, down to its key figures."""
    with chromium(1280, 1620) as driver:
        driver.get(report.resolve().as_uri())
        driver.save_screenshot(str(PICTURES / "report.png"))
    return PICTURES / "report.png"


def of_page() -> Path:
    """Take the page while a question is answered."""
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
        driver.save_screenshot(str(PICTURES / "page.png"))
        answering.wait(timeout=60)
    return PICTURES / "page.png"


def main() -> None:
    """Take one of them."""
    path = of_report(Path(sys.argv[1])) if len(sys.argv) > 1 else of_page()
    print(f"{path}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
