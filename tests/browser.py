"""Headless Chromium for tests, through selenium and the system's own chromedriver."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.need import need, need_program

WITHIN_S = 120.0

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

    `sound` is the environment in which it finds sound devices; without it it is mute. The window
    is narrower than a desktop window can be: its size is set through the devtools. It scrolls at
    once, so that a click finds its place.
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
        wanted = {"color-scheme": "dark" if dark else "light", "reduced-motion": "reduce"}
        features = [{"name": f"prefers-{name}", "value": value} for name, value in wanted.items()]
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        yield driver
    finally:
        driver.quit()


def wait_for(driver: Any, script: str) -> Any:
    """Wait until a script returns something true, and return it."""
    deadline_s = time.monotonic() + WITHIN_S
    while not (found := driver.execute_script(f"return {script}")):
        told = driver.execute_script("return document.body.innerText.slice(0, 300)")
        assert time.monotonic() < deadline_s, f"{script}: {told}"
        time.sleep(0.05)
    return found


def click(driver: Any, css: str) -> None:
    """Click as a person does, once it is to be seen, is enabled and nothing lies over it."""
    from selenium.common.exceptions import WebDriverException

    deadline_s = time.monotonic() + WITHIN_S
    while True:
        try:
            button = driver.find_element("css selector", css)
            if button.is_enabled():
                driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
                button.click()
                return
        except WebDriverException as error:  # not there, not seen, covered, or its page has gone
            assert time.monotonic() < deadline_s, f"{css}: {error.msg}"
        time.sleep(0.05)


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


def faults(driver: Any, *impacts: str) -> list[str]:
    """Unfold a page and return what axe-core has against it, of these impacts or of any."""
    axe = pytest.importorskip("axe_core_python")
    driver.execute_script((Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    driver.execute_script("for (const one of document.querySelectorAll('details')) one.open = true")
    found = driver.execute_async_script("axe.run().then((r) => arguments[0](r.violations))")
    told = [one for one in found if not impacts or one["impact"] in impacts]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in told]
