"""The page's one WebSocket: sound both ways, buttons to the interview, news to the page."""

import asyncio
import contextlib
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.websockets import WebSocket, WebSocketDisconnect

from agent.analysis.history import history_of
from agent.errors import RehearseError
from agent.interview.start import Wish
from agent.report.again import MINUTES, ask_again
from agent.session.settings import Settings
from agent.text.display import flat
from agent.web.briefs import find_brief
from agent.web.live import Live
from agent.web.sessions import find_session
from voice.ports.browser_sound import Sound
from voice.turns.controls import Control

TAKEN = 4409
"""Close code: another tab has the interview."""


class _Asked(BaseModel):
    """What the page asks for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    do: Literal["start", "sound", "rest", "press"]
    key: Literal["done", "repeat", "skip", "pause", "finish"] = "done"
    """The button, for press."""
    rate_hz: int = Field(default=48_000, ge=8000, le=192_000)
    """The audio context's rate, for sound."""
    delay_s: float = Field(default=0.0, ge=0, le=1, allow_inf_nan=False)
    """Latency of loudspeaker and microphone together, for sound."""
    mic: str = Field(default="", max_length=200)
    """The microphone's label, for sound."""
    brief: str = Field(default="", max_length=300)
    """Which brief, for start."""
    session: str = Field(default="", max_length=300)
    """The session of which an answer is given again; "" for an interview."""
    answer: str = Field(default="", max_length=10)
    """That answer."""
    minutes: float = Field(default=20, ge=1, le=180, allow_inf_nan=False)
    questions: int | None = Field(default=None, ge=1, le=50)
    panel: bool | None = None
    strict: bool = False
    carry_on: bool = False
    """Whether it goes on from the earlier sessions of the brief."""


async def talk(websocket: WebSocket, live: Live, recordings: Path) -> None:
    """Serve one page until it is closed; a second one at the same time is sent away."""
    await websocket.accept()
    if live.watched:
        await websocket.send_text(json.dumps({"is": "taken"}))
        await websocket.close(TAKEN)
        return
    loop, outbox = asyncio.get_running_loop(), asyncio.Queue[bytes | str]()

    def send(message: bytes | str) -> None:
        with contextlib.suppress(RuntimeError):  # the server has been stopped
            loop.call_soon_threadsafe(outbox.put_nowait, message)

    async def send_all() -> None:
        while True:
            message = await outbox.get()
            if isinstance(message, bytes):
                await websocket.send_bytes(message)
            else:
                await websocket.send_text(message)

    live.watch(lambda message: send(json.dumps(message)))
    sender = asyncio.create_task(send_all())
    try:
        while (message := await websocket.receive())["type"] == "websocket.receive":
            if (data := message.get("bytes")) is not None:
                live.port.take(data)
                continue
            trouble = await asyncio.to_thread(
                _obey, message.get("text") or "", live, send, recordings
            )
            if trouble:
                send(json.dumps({"is": "trouble", "text": flat(trouble)}))
    except WebSocketDisconnect:
        pass
    finally:
        live.unwatch()
        sender.cancel()


def _obey(text: str, live: Live, send: Callable[[bytes], None], recordings: Path) -> str:
    """Do what the page asks for; return what went wrong, "" for nothing."""
    try:
        asked = _Asked.model_validate_json(text)
        if asked.do == "sound":
            live.port.connect(
                send, Sound(asked.rate_hz, asked.delay_s, flat(asked.mic) or "the microphone")
            )
        elif asked.do == "rest":
            live.port.rest()
        elif asked.do == "press":
            live.press(Control(asked.key))
        else:
            wish, title = _wish(asked, recordings)
            live.begin(wish, title)
    except ValidationError:
        return "the page asked for something that is not there; reload it"
    except RehearseError as error:
        return str(error)
    return ""


def _wish(asked: _Asked, recordings: Path) -> tuple[Wish, str]:
    """Return the interview that was asked for, and its title."""
    if asked.session:
        again = ask_again(find_session(asked.session, recordings), asked.answer)
        settings = Settings(minutes=MINUTES, own_questions_min=0.0, retry=again.retry)
        wish = Wish(again.brief, recordings, settings, only=(again.place,), live=True)
        return wish, again.main.question
    brief = find_brief(asked.brief, recordings).brief
    now = datetime.now().astimezone()
    settings = Settings(minutes=asked.minutes, questions=asked.questions, strict=asked.strict)
    history = history_of(recordings, brief, now) if asked.carry_on else None
    wish = Wish(brief, recordings, settings, panel=asked.panel, history=history, live=True)
    return wish, brief.title
