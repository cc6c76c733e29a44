"""The local model: Ollama on this machine, with a deadline of wall clock for every call.

Private by default: only a loopback address is ever spoken to, no proxy is used, no redirect is
followed, and models that Ollama itself would run elsewhere ("cloud" models) do not count.
"""

from __future__ import annotations

import ipaddress
import os
import queue
import threading
import urllib.parse
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from agent.errors import InterviewerError

DEFAULT_PORT = 11434
"""Ollama's own."""
PROBE_S = 0.5
"""How long to wait for a server that may not be there."""
_KEEP_ALIVE = "30m"
"""How long Ollama keeps the model in memory after a call: longer than a turn lasts."""
_OPTIONS = {"temperature": 0.2, "seed": 7, "num_predict": 240}
"""Nearly the same words each time; a reply that does not end is cut."""
_LINE_TOKENS = 60
"""A question of 25 words has about 35."""
_MOST_REPLY_LETTERS = 20_000
"""A reply that is longer is not read to its end; no shape asked for holds a tenth of it."""
_WARM_UP_S = 180.0
"""Loading a model from a slow disk."""
_MOST_NAMED = 6
"""Models that are named where the one asked for is not there."""

Message = dict[str, str]
"""One message of a chat: its "role" and its "content"."""
Reply = TypeVar("Reply", bound=BaseModel)
_Result = TypeVar("_Result")


@dataclass(frozen=True)
class LocalModel:
    """A model that Ollama has on this machine."""

    name: str
    """Name with its tag: "llama3.2:latest"."""
    size_bytes: int
    """Size of its weights in bytes, 0 when unknown."""


def host() -> str:
    """Return the URL of the Ollama server: 127.0.0.1, or what OLLAMA_HOST says.

    0.0.0.0 and :: are where a server listens on all interfaces; to a client they are this machine.

    Raises:
        InterviewerError: OLLAMA_HOST is not an address of this machine.
    """
    named = os.environ.get("OLLAMA_HOST", "").strip()
    try:
        parts = urllib.parse.urlsplit(named if "://" in named else f"http://{named}")
        usual_port = {"http": 80, "https": 443}[parts.scheme] if "://" in named else DEFAULT_PORT
        name = (parts.hostname or "127.0.0.1").replace("localhost", "127.0.0.1")
        ip, port = ipaddress.ip_address(name), parts.port or usual_port
    except (KeyError, ValueError):
        ip, port = _NOWHERE, 0
    if ip.is_unspecified and ip is not _NOWHERE:
        ip = ipaddress.ip_address("127.0.0.1" if ip.version == 4 else "::1")
    if not ip.is_loopback:
        raise InterviewerError(
            f"OLLAMA_HOST={named!r} is not on this machine, and answers are sent nowhere else:"
            " unset it or set it to 127.0.0.1:11434"
        )
    return f"{parts.scheme}://{f'[{ip}]' if ip.version == 6 else ip}:{port}"


_NOWHERE = ipaddress.ip_address("255.255.255.255")
"""Stands for what is no address at all."""


def models(deadline_s: float = PROBE_S) -> tuple[LocalModel, ...]:
    """Return the models on this machine that can hold a conversation, in the server's order.

    Raises:
        InterviewerError: no server answers in time, or what answers is not Ollama.
    """
    listed = _call(lambda client: client.list(), deadline_s)
    found = []
    for entry in listed.models:
        name, size = entry.model or "", int(entry.size or 0)
        family = (entry.details.family if entry.details else "") or ""
        elsewhere = name.endswith(("-cloud", ":cloud")) or (0 < size < _SMALLEST_BYTES)
        if name and not elsewhere and "bert" not in family and "embed" not in name:
            found.append(LocalModel(name, size))
    return tuple(found)


def insist_on_local(model: str, deadline_s: float = PROBE_S) -> None:
    """Make sure that a model is on this machine.

    Ollama passes what is said to a "cloud" model on to elsewhere, so that such a one is refused.

    Raises:
        InterviewerError: it is not here, or no server answers in time.
    """
    there = [one.name for one in models(deadline_s)]
    if (model if ":" in model else f"{model}:latest") not in there:
        names = f" (it has {', '.join(there[:_MOST_NAMED])})" if there else ""
        raise InterviewerError(
            f"Ollama has no local model {model}; fetch it: ollama pull {model}{names}"
        )


_SMALLEST_BYTES = 10_000
"""A "model" of a few hundred bytes is a pointer to one that runs elsewhere."""


def ask_json(
    model: str,
    messages: list[Message],
    schema: type[Reply],
    deadline_s: float,
    given_up: Callable[[], bool] = lambda: False,
) -> Reply:
    """Ask a model for an answer of a given shape.

    The reply is read as it is written, so that one that is given up is broken off: Ollama stops
    to work on a reply that nobody reads.

    Args:
        model: its name.
        messages: the chat so far, the newest last.
        schema: the shape; its JSON schema is what the model is held to.
        deadline_s: seconds of wall clock until the call is given up, however the server behaves.
        given_up: tells whether the reply is no longer wanted; asked at each piece of it.

    Raises:
        InterviewerError: no server, no such model, no reply in time, one of another shape or of
            endless length, or one that was given up.
    """

    def enough(text: str) -> bool:
        return given_up() or len(text) > _MOST_REPLY_LETTERS

    form = {"format": schema.model_json_schema(), "options": _OPTIONS}
    text = _call(lambda client: _written(client, model, messages, enough, form), deadline_s, model)
    try:
        return schema.model_validate_json(text)
    except ValidationError as error:
        raise InterviewerError(
            f"{model} answered in another form than asked for; try another model"
        ) from error


def ask_line(
    model: str,
    messages: list[Message],
    deadline_s: float,
    given_up: Callable[[], bool] = lambda: False,
) -> str:
    """Ask a model for one line of plain text; nothing is read beyond its first question mark.

    Args:
        model: its name.
        messages: the chat so far, the newest last.
        deadline_s: seconds of wall clock until the call is given up.
        given_up: tells whether the reply is no longer wanted; asked at each piece of it.

    Raises:
        InterviewerError: no server, no such model, no reply in time, or one that was given up.
    """

    def enough(text: str) -> bool:
        return given_up() or "?" in text or "\n" in text.strip()

    form = {"options": _OPTIONS | {"num_predict": _LINE_TOKENS}}
    text = _call(lambda client: _written(client, model, messages, enough, form), deadline_s, model)
    if given_up():
        raise InterviewerError(f"the reply of {model} is not wanted any more")
    line = " ".join((text.strip().splitlines() or [""])[0].split())
    return line[: line.find("?") + 1] or line


def _written(
    client: Any,
    model: str,
    messages: list[Message],
    enough: Callable[[str], bool],
    form: dict[str, Any],
) -> str:
    """Return what a model writes, read until there is enough of it."""
    text = ""
    for piece in client.chat(
        model=model, messages=messages, think=False, keep_alive=_KEEP_ALIVE, stream=True, **form
    ):
        text += piece.message.content or ""
        if enough(text):
            break
    return text


def warm_up(model: str, messages: list[Message]) -> None:
    """Have a model loaded, and the beginning of every chat read, before it is needed.

    Raises:
        InterviewerError: no server, no such model, or it does not load within three minutes.
    """
    _call(
        lambda client: client.chat(
            model=model,
            messages=messages,
            options=_OPTIONS | {"num_predict": 1},
            think=False,
            keep_alive=_KEEP_ALIVE,
        ),
        _WARM_UP_S,
        model,
    )


def _call(ask: Callable[[Any], _Result], deadline_s: float, model: str = "") -> _Result:
    """Run one request, in a thread that is left behind when the deadline passes.

    The client's own timeout counts from byte to byte, so a server that trickles would never meet
    it. A thread left behind is a daemon and keeps nothing from ending.
    """
    address = host()
    results: queue.SimpleQueue[_Result | Exception] = queue.SimpleQueue()

    def work() -> None:
        try:
            import ollama

            # Certificates are only read where there are some: it takes 15 ms a call.
            client = ollama.Client(
                address,
                timeout=2 * deadline_s,  # ends the thread; the deadline itself is kept below
                trust_env=False,
                follow_redirects=False,
                verify=address.startswith("https:"),
            )
            with closing(client):
                results.put(ask(client))
        except Exception as error:
            results.put(error)

    threading.Thread(target=work, name="ollama", daemon=True).start()
    try:
        result = results.get(timeout=deadline_s)
    except queue.Empty:
        raise InterviewerError(
            f"Ollama at {address} did not answer within {deadline_s:g} s;"
            " try a smaller model or --interviewer rules"
        ) from None
    if isinstance(result, Exception):
        raise _translated(result, address, model) from result
    return result


def _translated(error: Exception, address: str, model: str) -> InterviewerError:
    """Return the error in our words: what happened and what to do next."""
    import ollama

    if isinstance(error, ollama.ResponseError):
        if error.status_code == 404 and model:
            return InterviewerError(f"Ollama has no model {model}; fetch it: ollama pull {model}")
        said = " ".join(str(error.error).split())[:120]
        return InterviewerError(
            f"Ollama at {address} reports an error ({said}); look at its log, or use"
            " --interviewer rules"
        )
    if isinstance(error, ConnectionError):
        return InterviewerError(f"no Ollama answers at {address}; start it: ollama serve")
    return InterviewerError(
        f"Ollama at {address} broke off or sent something else ({type(error).__name__});"
        " restart it: ollama serve"
    )
