"""The page in a real browser: every view can be used by all, and every trouble is a sentence."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import chromium, click, faults, wait_for
from tests.conftest import environment, put_tiny_models
from tests.test_transcript_cli import session  # noqa: F401 - a fixture
from tests.web_server import Page, open_page

pytestmark = pytest.mark.slow
SERIOUS = ("serious", "critical")
REFUSES = "navigator.mediaDevices.getUserMedia = async () => {{ throw new DOMException('', '{}') }}"


@pytest.fixture
def page(session: Path, tmp_path: Path) -> Iterator[Page]:  # noqa: F811
    put_tiny_models(tmp_path)
    with open_page(environment(tmp_path), "--out", str(session.parent)) as page:
        yield page


@pytest.fixture(params=[(1280, False), (390, True)], ids=["desktop, light", "phone, dark"])
def browser(request: pytest.FixtureRequest) -> Iterator[Any]:
    width_px, dark = request.param
    with chromium(width_px, 844, dark, sound=environment(Path("/nowhere"))) as driver:
        yield driver


def test_every_view_can_be_used_by_all(page: Page, browser: Any) -> None:
    browser.get(page.address)
    assert wait_for(browser, "document.querySelector('.briefs a')")
    home = browser.current_url
    width = "document.documentElement.scrollWidth - innerWidth"
    seen = {"home": faults(browser, *SERIOUS)}
    assert browser.execute_script(f"return {width}") <= 0
    for name, path in (
        ("brief", "rehearse/sample-ward-nurse"),
        ("report", "session/a%20session/"),
        ("again", "again/a%20session/1"),
        ("progress", "session/"),
        ("trouble", "session/none/"),
    ):
        browser.get(home + path)
        seen[name] = faults(browser, *SERIOUS)
        assert browser.execute_script(f"return {width}") <= 0, name
        assert wait_for(browser, "document.querySelector('a[href=\"/\"]')")
    browser.get(home + "rehearse/sample-ward-nurse")
    browser.execute_script(
        "prepare.hidden = true; stage.hidden = false; stage.dataset.look = 'running';"
        "stage.dataset.turn = 'yours'; who.textContent = 'Your turn'; question.textContent = 'Why?'"
    )
    seen["interview"] = faults(browser, *SERIOUS)
    assert {name: found for name, found in seen.items() if found} == {}
    assert not [e for e in browser.get_log("browser") if "Content Security" in e["message"]]


@pytest.fixture
def driver() -> Iterator[Any]:
    with chromium(sound=environment(Path("/nowhere"))) as driver:
        yield driver


@pytest.mark.parametrize(
    ("breaking", "told"),
    [
        (REFUSES.format("NotAllowedError"), "Allow it"),
        (REFUSES.format("NotFoundError"), "Plug one in"),
        (REFUSES.format("NotReadableError"), "Another program"),
        ("delete window.AudioWorkletNode", "current Chromium"),
    ],
    ids=["refused", "no microphone", "taken", "an old browser"],
)  # fmt: skip
def test_what_keeps_the_sound_away_is_a_sentence(
    page: Page, driver: Any, breaking: str, told: str
) -> None:
    driver.get(page.address)
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": breaking})
    click(driver, ".briefs a")
    wait_for(driver, "document.getElementById('hear')")
    for button, place in (("#hear", "#verdict"), ("#go .main", "#go .trouble")):
        wait_for(driver, f"!document.querySelector('{button}').disabled")
        click(driver, button)
        assert wait_for(driver, f"document.querySelector('{place}').textContent.includes('{told}')")
    assert driver.execute_script("return document.getElementById('stage').hidden")


def test_missing_models_are_told_with_what_to_do(driver: Any, tmp_path: Path) -> None:
    with open_page(environment(tmp_path)) as page:
        driver.get(page.address)
        assert wait_for(driver, "!document.getElementById('models').hidden")
        assert driver.find_element("css selector", "#models button").text == "Fetch them"
        click(driver, ".briefs a")
        click(driver, "#go .main")
        assert wait_for(
            driver, "document.querySelector('#go .trouble').textContent.includes('Fetch')"
        )


def test_a_brief_is_pasted_changed_and_saved(page: Page, driver: Any) -> None:
    driver.get(page.address)
    driver.find_element("id", "text").send_keys("Dear diary")
    click(driver, "#bring .main")
    assert wait_for(driver, "document.querySelector('#bring .trouble').textContent")
    driver.find_element("id", "text").clear()
    driver.find_element("id", "text").send_keys("## Likely questions\n- Why 1 < 2 & us?\n")
    click(driver, "#bring .main")
    assert wait_for(driver, "location.pathname.startsWith('/rehearse/own-')")
    assert "Why 1 < 2 & us?" in driver.execute_script("return read.textContent")
    click(driver, "#edit summary")
    driver.find_element("id", "text").send_keys("- And why not?\n")
    click(driver, "#edit .main")
    assert wait_for(driver, "read.textContent.includes('2 questions') && !text.value.endsWith(')')")


def test_words_are_corrected_and_a_session_is_deleted_after_a_question(
    page: Page,
    driver: Any,
    session: Path,  # noqa: F811
) -> None:
    driver.get(page.address)
    click(driver, ".sessions a")
    wait_for(driver, "document.querySelector('#answer-1 .proof button')")
    click(driver, "#answer-1 .proof button")
    wait_for(driver, "document.querySelector('#words-1')?.value")
    driver.find_element("id", "words-1").send_keys(" indeed")
    click(driver, ".correct .play")
    assert wait_for(
        driver,
        "!document.querySelector('.correct') && document.body.textContent.includes('indeed')",
    )
    click(driver, ".served a")
    for answer, there in (("no", True), ("yes", False)):
        wait_for(driver, "document.querySelector('.delete')")
        click(driver, ".delete")
        click(driver, f"dialog [value={answer}]")
        wait_for(driver, f"!!document.querySelector('.delete') === {str(there).lower()}")
        assert session.exists() is there


def test_a_second_tab_is_told(page: Page, driver: Any) -> None:
    driver.get(page.address)
    click(driver, ".briefs a")
    driver.execute_script("window.open(location.href)")
    driver.switch_to.window(driver.window_handles[1])
    assert wait_for(driver, "document.getElementById('who')?.textContent.includes('another tab')")
