"""The page's addresses: views to look at, and what their scripts ask for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date
from importlib import resources
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from agent.config import recordings_dir
from agent.errors import RehearseError
from agent.text.display import flat
from agent.web import views
from agent.web.live import Live
from agent.web.models import Models
from agent.web.socket import talk

MOST_BYTES = 14_000_000
"""A posting and a resume of 5 MB each, in base64; a brief is refused above 1 MB by its reader."""
_JSON = "application/json"
_TYPES = {".css": "text/css", ".js": "text/javascript"}
Form = TypeVar("Form", bound=BaseModel)


class TooLargeError(RehearseError):
    """Report an upload above the limit."""


@dataclass
class Place:
    """What all requests share."""

    recordings: Path = field(default_factory=recordings_dir)
    """Where sessions are kept."""
    live: Live = field(default_factory=Live)
    """The interview."""
    models: Models = field(default_factory=Models)
    """What speech needs."""
    pages: int = 0
    """How many pages are open."""


class _Text(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str
    """A brief, or the words of an answer."""
    name: str = ""
    """Of the file that it came from."""
    over: str = ""
    """The brief that it takes the place of."""
    answer: str = ""
    """The answer that the words are of."""


class _Documents(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    posting: str
    """A file's bytes in base64."""
    resume: str
    posting_name: str = "the posting"
    resume_name: str = "the resume"


async def _body(request: Request, form: type[Form]) -> Form:
    """Return what a page sent, in its form.

    Raises:
        RehearseError: it is too large, or not of this form.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip() != _JSON:
        raise RehearseError("only the page itself may send something here; reload it")
    data = bytearray()
    try:
        told = int(request.headers.get("content-length", "0"))
    except ValueError:
        told = 0
    if told <= MOST_BYTES:
        async for chunk in request.stream():
            data += chunk
            if len(data) > MOST_BYTES:
                break
    if max(told, len(data)) > MOST_BYTES:
        raise TooLargeError(
            "this is too large: a brief has at most 1 MB, a posting or resume 5 MB; shorten it, or"
            " save it without pictures"
        )
    try:
        return form.model_validate_json(bytes(data))
    except ValidationError as error:
        raise RehearseError("this could not be read as text; save it as plain text") from error


def _error(request: Request, error: Exception) -> Response:
    """Answer with a plain sentence: for a script as JSON, for a person as a page."""
    text = flat(str(error))
    status = 413 if isinstance(error, TooLargeError) else 400
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": text[:1].upper() + text[1:]}, status)
    return HTMLResponse(views.trouble(text), status)


def make_app(place: Place) -> Starlette:
    """Return the application; agent.web.guard stands before it."""
    where = place.recordings

    def view(draw: Callable[[Request], str]) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            return HTMLResponse(await run_in_threadpool(draw, request))

        return answer

    async def report(request: Request) -> Response:
        html = await run_in_threadpool(views.report, request.path_params["name"], where)
        # Its own policy stands in the page: one style and one script by their digests.
        return HTMLResponse(html, headers={"Content-Security-Policy": "frame-ancestors 'none'"})

    async def progress(_: Request) -> Response:
        html = await run_in_threadpool(views.progress, where)
        return HTMLResponse(html, headers={"Content-Security-Policy": "frame-ancestors 'none'"})

    async def sound(request: Request) -> Response:
        name, file = request.path_params["name"], request.path_params["file"]
        return FileResponse(await run_in_threadpool(views.sound, name, file, where))

    async def alive(_: Request) -> Response:
        return StreamingResponse(_open(place), media_type="text/event-stream")

    async def live(websocket: WebSocket) -> None:
        await talk(websocket, place.live, where)

    app = Starlette(
        routes=[
            Route("/", view(lambda _: views.home(where, place.live.shown))),
            Route(
                "/rehearse/{id}",
                view(lambda r: views.rehearse(r.path_params["id"], where, place.live.shown)),
            ),
            Route(
                "/again/{name}/{answer}",
                view(lambda r: views.again(r.path_params["name"], r.path_params["answer"], where)),
            ),
            Route("/session/{name}/", report),
            Route("/session/{name}/both", view(lambda r: views.both(r.path_params["name"], where))),
            Route("/session/{name}/{file}", sound),
            Route("/progress", progress),
            Route("/static/{file}", _static),
            Route("/alive", alive),
            Route("/hello.wav", _hello),
            *_api(place),
            WebSocketRoute("/live", live),
        ],
        exception_handlers={RehearseError: _error},
    )
    app.state.place = place
    return app


def _api(place: Place) -> list[Route]:
    """Return what the scripts ask for; every answer is JSON."""
    where = place.recordings

    async def read(request: Request) -> Response:
        asked = await _body(request, _Text)
        html = await run_in_threadpool(views.understood, asked.text, asked.name, date.today())
        return JSONResponse({"html": html})

    async def save(request: Request) -> Response:
        asked = await _body(request, _Text)
        args = (asked.text, asked.name, asked.over, where)
        return JSONResponse({"url": await run_in_threadpool(views.save_brief, *args)})

    async def write(request: Request) -> Response:
        asked = await _body(request, _Documents)
        files = ((asked.posting, asked.posting_name), (asked.resume, asked.resume_name))
        text, notes = await run_in_threadpool(views.write_from, *files)
        return JSONResponse({"text": text, "notes": notes})

    async def delete(request: Request) -> Response:
        await _body(request, _Text)
        await run_in_threadpool(views.delete, request.path_params["name"], where)
        return JSONResponse({})

    async def words(request: Request) -> Response:
        name = request.path_params["name"]
        if request.method == "GET":
            answer = request.query_params.get("answer", "")
            return JSONResponse({"text": await run_in_threadpool(views.words, name, answer, where)})
        asked = await _body(request, _Text)
        args = (name, asked.answer, asked.text, where)
        return JSONResponse({"changed": await run_in_threadpool(views.correct, *args)})

    async def models(request: Request) -> Response:
        if request.method == "POST":
            await _body(request, _Text)
            place.models.fetch()
        return JSONResponse(await run_in_threadpool(place.models.status))

    return [
        Route("/api/read", read, methods=["POST"]),
        Route("/api/save", save, methods=["POST"]),
        Route("/api/write", write, methods=["POST"]),
        Route("/api/delete/{name}", delete, methods=["POST"]),
        Route("/api/words/{name}", words, methods=["GET", "POST"]),
        Route("/api/models", models, methods=["GET", "POST"]),
    ]


async def _open(place: Place) -> AsyncIterator[bytes]:
    """Count a page for as long as it listens here."""
    place.pages += 1
    try:
        while True:
            yield b": here\n\n"
            await asyncio.sleep(5)
    finally:
        place.pages -= 1


async def _static(request: Request) -> Response:
    """Answer with one of our own files; names that are none of ours are never made a path."""
    name = request.path_params["file"]
    folders = (resources.files("agent.web") / "static", resources.files("agent.report") / "assets")
    for folder in folders:
        for file in folder.iterdir():
            kind = _TYPES.get(Path(file.name).suffix)
            if file.name == name and kind:
                return Response(file.read_bytes(), media_type=kind)
    return Response("There is no such file.", 404, media_type="text/plain")


async def _hello(_: Request) -> Response:
    return Response(await run_in_threadpool(views.hello), media_type="audio/wav")
