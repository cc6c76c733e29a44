"""Headless Firefox for tests, over WebDriver BiDi, which it speaks itself (no geckodriver)."""

import itertools
import json
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.need import need_program

WITHIN_S = 120.0
ANSWERS_S = 40.0
_LISTENS = re.compile(r"listening on (ws://\S+)")
_SETTINGS = {
    "media.navigator.permission.disabled": True,  # the microphone is allowed without asking
    "media.autoplay.default": 0,
    "ui.prefersReducedMotion": 1,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.normandy.enabled": False,
}


class StuckError(Exception):
    """Firefox answers nothing any more.

    In about one start of ten on a busy machine the two threads of its own PulseAudio backend wait
    for each other when the page opens the microphone (cubeb; seen in their stacks), and then the
    tab waits for them.
    """


class Firefox:
    """One tab, with those of selenium's methods that the tests of the page use."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket, self._ids = socket, itertools.count(1)
        self.log: list[str] = []
        """What was logged as an error."""
        self._do("session.new", capabilities={})
        self._do("session.subscribe", events=["log.entryAdded"])
        self._tab = self._do("browsingContext.getTree")["contexts"][0]["context"]

    def _do(self, method: str, **params: object) -> Any:
        number = next(self._ids)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            try:
                answer = json.loads(self._socket.recv(timeout=ANSWERS_S))
            except TimeoutError as error:
                raise StuckError(method) from error
            told = answer.get("params", {})
            if answer.get("method") == "log.entryAdded" and told["level"] == "error":
                self.log.append(told["text"])
            if answer.get("id") == number:
                assert answer["type"] == "success", answer
                return answer["result"]

    def get(self, url: str) -> None:
        self._do("browsingContext.navigate", context=self._tab, url=url, wait="complete")

    def execute_script(self, script: str) -> Any:
        """Return what a script returns: a text, a number, true or false, nothing."""
        done = self._do(
            "script.evaluate",
            expression=f"(() => {{ {script} }})()",
            target={"context": self._tab},
            awaitPromise=True,
        )
        assert done["type"] == "success", done
        return done["result"].get("value")

    def click(self, css: str) -> None:
        """Click as a person does, once it is to be seen and enabled."""
        there = f"document.querySelector({css!r})"
        deadline_s = time.monotonic() + WITHIN_S
        while not self.execute_script(
            f"const one = {there}; if (!one?.checkVisibility() || one.disabled) return false;"
            "one.scrollIntoView({block: 'center'}); return true"
        ):
            assert time.monotonic() < deadline_s, css
            time.sleep(0.05)
        locator = {"type": "css", "value": css}
        found = self._do("browsingContext.locateNodes", context=self._tab, locator=locator)
        origin = {"type": "element", "element": {"sharedId": found["nodes"][0]["sharedId"]}}
        moves = [
            {"type": "pointerMove", "x": 0, "y": 0, "origin": origin},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        mouse = {"type": "pointer", "id": "mouse", "actions": moves}
        self._do("input.performActions", context=self._tab, actions=[mouse])


@contextmanager
def firefox(folder: Path, environment: dict[str, str]) -> Iterator[Firefox]:
    """Yield a Firefox whose profile lies in a folder, or skip where there is none.

    It finds its sound devices in that environment.
    """
    profile = folder / "firefox"
    profile.mkdir()
    prefs = (f'user_pref("{name}", {json.dumps(value)});\n' for name, value in _SETTINGS.items())
    (profile / "user.js").write_text("".join(prefs))
    program = need_program("firefox-esr")
    command = [program, "--headless", "--no-remote", "--remote-debugging-port", "0"]
    with subprocess.Popen(
        [*command, "--profile", str(profile)],
        env=environment | {"HOME": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            lines = process.stderr or ()
            listens = next((found for line in lines if (found := _LISTENS.search(line))), None)
            assert listens, "Firefox does not start"
            with connect(f"{listens[1]}/session", max_size=None) as socket:
                yield Firefox(socket)
        finally:
            process.kill()
