"""Headless Chromium for tests, through selenium and the system's own chromedriver."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.need import need, need_program

_ARGUMENTS = (
    "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --mute-audio".split()
)

_WITH_SOUND = (
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
)
"""The microphone is allowed without asking."""


@contextmanager
def chromium(
    width_px: int = 1280,
    height_px: int = 900,
    dark: bool = False,
    sound: dict[str, str] | None = None,
) -> Iterator[Any]:
    """Yield a selenium driver of a headless Chromium, or skip where there is none.

    `sound` is the environment in which it finds sound devices; without it it is mute.

    The window is narrower than a desktop window can be: the size is set through the devtools.
    """
    binary, driver_path = need_program("chromium"), need_program("chromedriver")
    try:
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service
    except ImportError:
        need(False, "selenium is not installed")
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    heard = _ARGUMENTS if sound is None else (*_ARGUMENTS[:-1], *_WITH_SOUND)
    for argument in (*heard, f"--window-size={width_px},{height_px}"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(driver_path, env=sound))
    try:
        driver.set_page_load_timeout(30)
        driver.set_script_timeout(15)
        size = {"width": width_px, "height": height_px, "deviceScaleFactor": 1, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        yield driver
    finally:
        driver.quit()


def open_report(driver: Any, page: Path, fragment: str = "") -> Any:
    """Open a report and wait for its sound, which then plays at the slowest rate there is.

    So the time read after a click is the time clicked.
    """
    driver.get("about:blank")
    driver.get_log("browser")
    driver.get(page.as_uri() + fragment)
    driver.execute_async_script(
        "const [done] = arguments, a = document.getElementById('sound');"
        "if (a.readyState >= 1 || a.error) done();"
        "for (const e of ['loadedmetadata', 'error']) a.addEventListener(e, () => done());"
    )
    driver.execute_script("document.getElementById('sound').playbackRate = 0.0625")
    return driver
