"""The page's addresses: views to look at, and what their scripts ask for."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket

from agent.config import recordings_dir
from agent.errors import RehearseError
from agent.report.corrections import correct, read_answers, words_named
from agent.report.results import served_report
from agent.session import REPORT
from agent.text.display import flat
from agent.web import briefs, sessions, views
from agent.web.live import Live
from agent.web.models import Models
from agent.web.socket import talk
from voice.speech.transcript import text_of

MOST_BYTES = 14_000_000
"""A posting and a resume of 5 MB each, in base64; a brief is refused above 1 MB by its reader."""
_JSON = "application/json"
_OWN_POLICY = {"Content-Security-Policy": "frame-ancestors 'none'"}
"""A report's policy stands in the page: one style and one script by their digests, and ours."""
_STATIC: list[str | tuple[str, str]] = [("agent.web", "static"), ("agent.report", "assets")]


class TooLargeError(RehearseError):
    """Report an upload above the limit."""


@dataclass
class Place:
    """What all requests share."""

    recordings: Path = field(default_factory=recordings_dir)
    live: Live = field(default_factory=Live)
    models: Models = field(default_factory=Models)
    pages: int = 0
    """How many pages are open."""


class _Asked(BaseModel):
    """What a script may send: each address takes its part of it; files are in base64."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str = ""
    """A brief, or the words of an answer."""
    name: str = ""
    """Of the file that the brief came from."""
    over: str = ""
    """The brief that it takes the place of."""
    answer: str = ""
    """The answer that the words are of."""
    posting: str = ""
    posting_name: str = ""
    resume: str = ""
    resume_name: str = ""


async def _body(request: Request) -> _Asked:
    """Return what a page sent; RehearseError where it is too large, or not of this form."""
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
        return _Asked.model_validate_json(bytes(data))
    except ValidationError as error:
        raise RehearseError("this could not be read as text; save it as plain text") from error


def _error(request: Request, error: Exception) -> Response:
    """Answer with a plain sentence: for a script as JSON, for a person as a page."""
    text = flat(str(error))
    if isinstance(error, OSError):
        text = f"{flat(str(error.filename))}: {error.strerror}; make room or clear it away"
    status = 413 if isinstance(error, TooLargeError) else 400
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": text[:1].upper() + text[1:]}, status)
    return HTMLResponse(views.trouble(text), status)


def make_app(place: Place) -> Starlette:
    """Return the application; agent.web.guard stands before it."""
    where = place.recordings

    def folder(request: Request) -> Path:
        return sessions.find_session(request.path_params["name"], where)

    def rehearse(request: Request) -> str:
        return views.rehearse(request.path_params["id"], where, place.live.shown)

    def again(request: Request) -> str:
        return views.again(folder(request), request.path_params["answer"])

    async def live(websocket: WebSocket) -> None:
        await talk(websocket, place.live, where)

    async def alive(_: Request) -> Response:
        return StreamingResponse(_open(place), media_type="text/event-stream")

    return Starlette(
        routes=[
            _view("/", lambda _: views.home(where, place.live.shown)),
            _view("/rehearse/{id}", rehearse),
            _view("/again/{name}/{answer}", again),
            _view("/session/", lambda _: views.progress(where), _OWN_POLICY),
            _view("/session/{name}/", lambda request: served_report(folder(request)), _OWN_POLICY),
            _view("/session/{name}/both", lambda request: views.both(folder(request))),
            Route("/session/{name}/{file}", lambda request: _file(folder(request), request)),
            Mount("/static", StaticFiles(packages=_STATIC)),
            Route("/hello.wav", lambda _: Response(views.hello(), media_type="audio/wav")),
            Route("/alive", alive),
            *_api(place, folder),
            WebSocketRoute("/live", live),
        ],
        exception_handlers={RehearseError: _error, OSError: _error},
    )


def _view(
    path: str, draw: Callable[[Request], str], headers: Mapping[str, str] | None = None
) -> Route:
    return Route(path, lambda request: HTMLResponse(draw(request), headers=headers))


def _file(folder: Path, request: Request) -> Response:
    name = request.path_params["file"]
    if name == REPORT:  # as the page of all figures links to it
        return RedirectResponse("./")
    return FileResponse(sessions.sound_of(folder, name))


def _api(place: Place, folder: Callable[[Request], Path]) -> list[Route]:
    """Return what the scripts ask for; every answer is JSON."""

    def save(_: Request, asked: _Asked) -> object:
        known = briefs.find_brief(asked.over, place.recordings) if asked.over else None
        return {"url": f"/rehearse/{briefs.save(asked.text, asked.name, known)}"}

    def write(_: Request, asked: _Asked) -> object:
        posting = (asked.posting, asked.posting_name or "the posting")
        return {
            "text": views.write_from(posting, (asked.resume, asked.resume_name or "the resume"))
        }

    def delete(request: Request, _: _Asked) -> object:
        sessions.delete(folder(request))
        return {}

    def finish(request: Request, _: _Asked) -> object:
        place.live.refuse_while_busy()
        sessions.finish(folder(request))
        return {}

    def write_in(request: Request, asked: _Asked) -> object:
        return {"changed": correct(folder(request), asked.answer, asked.text) is not None}

    def words(request: Request) -> Response:
        answers, _ = read_answers(folder(request))
        one = words_named(answers, request.query_params.get("answer", ""))
        return JSONResponse({"text": text_of(one.words)})

    def fetch(_: Request, __: _Asked) -> object:
        place.models.fetch()
        return place.models.status()

    changes = {
        "/api/save": save, "/api/write": write, "/api/models": fetch,
        "/api/delete/{name}": delete, "/api/finish/{name}": finish, "/api/words/{name}": write_in,
    }  # fmt: skip
    return [
        Route("/api/words/{name}", words, methods=["GET"]),
        Route("/api/models", lambda _: JSONResponse(place.models.status()), methods=["GET"]),
        *(Route(path, _change(change), methods=["POST"]) for path, change in changes.items()),
    ]


def _change(do: Callable[[Request, _Asked], object]) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        asked = await _body(request)
        return JSONResponse(await run_in_threadpool(do, request, asked))

    return answer


async def _open(place: Place) -> AsyncIterator[bytes]:
    """Count a page for as long as it listens here."""
    place.pages += 1
    try:
        while True:
            yield b": here\n\n"
            await asyncio.sleep(5)
    finally:
        place.pages -= 1
