"""The local model: Ollama on this machine, with a deadline of wall clock for every call.

Only a loopback address is ever spoken to, no proxy is used, no redirect is followed, and models
that Ollama itself would run elsewhere ("cloud" models) do not count. Every call raises
InterviewerError: no server, no such model, no reply in time, or one of another kind.
"""

from __future__ import annotations

import ipaddress
import os
import queue
import threading
import urllib.parse
from collections.abc import Callable
from contextlib import closing
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from agent.errors import InterviewerError

PROBE_S = 0.5
"""How long to wait for a server that may not be there."""
_ALWAYS = {"think": False, "keep_alive": "30m"}
"""No thinking aloud; the model stays in memory for longer than a turn lasts."""
_OPTIONS = {"temperature": 0.2, "seed": 7, "num_predict": 240}
"""Nearly the same words each time; a reply that does not end is cut."""
_LINE_TOKENS = 60
"""A question of 25 words has about 35."""
_MOST_REPLY_LETTERS = 20_000
"""A reply that is longer is not read to its end; no shape asked for holds a tenth of it."""
_SMALLEST_BYTES = 10_000
"""A "model" of a few hundred bytes is a pointer to one that runs elsewhere."""

Message = dict[str, str]
"""One message of a chat: its "role" and its "content"."""
Reply = TypeVar("Reply", bound=BaseModel)
_Result = TypeVar("_Result")


class LocalModel(NamedTuple):
    """A model on this machine: its name with its tag, the size of its weights (0: unknown)."""

    name: str
    size_bytes: int


def host() -> str:
    """Return the URL of the Ollama server: 127.0.0.1, or what OLLAMA_HOST says of this machine."""
    named = os.environ.get("OLLAMA_HOST", "").strip()
    try:
        parts = urllib.parse.urlsplit(named if "://" in named else f"http://{named}")
        usual_port = {"http": 80, "https": 443}[parts.scheme] if "://" in named else 11434
        name = (parts.hostname or "127.0.0.1").replace("localhost", "127.0.0.1")
        ip, port = ipaddress.ip_address(name), parts.port or usual_port
        if ip.is_unspecified:  # where a server listens on all interfaces
            ip = ipaddress.ip_address("127.0.0.1" if ip.version == 4 else "::1")
        if not ip.is_loopback:
            raise ValueError(name)
    except (KeyError, ValueError) as error:
        raise InterviewerError(
            f"OLLAMA_HOST={named!r} is not on this machine, and answers are sent nowhere else:"
            " unset it or set it to 127.0.0.1:11434"
        ) from error
    return f"{parts.scheme}://{f'[{ip}]' if ip.version == 6 else ip}:{port}"


def models(deadline_s: float = PROBE_S) -> tuple[LocalModel, ...]:
    """Return the models on this machine that can hold a conversation, in the server's order."""
    found = []
    for entry in _call(lambda client: client.list(), deadline_s).models:
        name, size = entry.model or "", int(entry.size or 0)
        family = (entry.details.family if entry.details else "") or ""
        elsewhere = name.endswith(("-cloud", ":cloud")) or 0 < size < _SMALLEST_BYTES
        if name and not elsewhere and "bert" not in family and "embed" not in name:
            found.append(LocalModel(name, size))
    return tuple(found)


def insist_on_local(model: str, deadline_s: float = PROBE_S) -> None:
    """Raise InterviewerError where a model is not on this machine, or no server answers."""
    there = [one.name for one in models(deadline_s)]
    if (model if ":" in model else f"{model}:latest") not in there:
        names = f" (it has {', '.join(there[:6])})" if there else ""
        told = f"Ollama has no local model {model}; fetch it: ollama pull {model}{names}"
        raise InterviewerError(told)


def ask_json(model: str, messages: list[Message], schema: type[Reply], deadline_s: float) -> Reply:
    """Ask a model for an answer of a given shape within `deadline_s` of wall clock."""

    def enough(text: str) -> bool:
        return len(text) > _MOST_REPLY_LETTERS

    form = {"format": schema.model_json_schema(), "options": _OPTIONS}
    text = _call(lambda client: _written(client, model, messages, enough, form), deadline_s, model)
    # Some models put the object into a code fence, whatever shape they are asked for.
    text = text[text.find("{") : text.rfind("}") + 1]
    try:
        return schema.model_validate_json(text)
    except ValidationError as error:
        told = f"{model} answered in another form than asked for; try another model"
        raise InterviewerError(told) from error


def ask_line(
    model: str,
    messages: list[Message],
    deadline_s: float,
    given_up: Callable[[], bool] = lambda: False,
) -> str:
    """Ask a model for one line of plain text; nothing is read beyond its first question mark.

    `given_up` tells at each piece of the reply whether it is no longer wanted.
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
    """Return what a model writes; Ollama stops to work on a reply that is read no further."""
    text = ""
    for piece in client.chat(model=model, messages=messages, stream=True, **_ALWAYS, **form):
        text += piece.message.content or ""
        if enough(text):
            break
    return text


def warm_up(model: str, messages: list[Message]) -> None:
    """Have a model loaded, and the beginning of every chat read, before it is needed."""
    asked = {"model": model, "messages": messages, "options": _OPTIONS | {"num_predict": 1}}
    _call(lambda client: client.chat(**asked, **_ALWAYS), 180.0, model)


def _call(ask: Callable[[Any], _Result], deadline_s: float, model: str = "") -> _Result:
    """Run one request, in a daemon thread that is left behind when the deadline passes."""
    address = host()
    results: queue.SimpleQueue[_Result | Exception] = queue.SimpleQueue()

    def work() -> None:
        try:
            import ollama

            client = ollama.Client(
                address,
                timeout=2 * deadline_s,  # from byte to byte, so it only ends the thread
                trust_env=False,
                follow_redirects=False,
                verify=address.startswith("https:"),  # reading certificates takes 15 ms
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

    kind = type(error).__name__
    told = (
        f"Ollama at {address} broke off or sent something else ({kind}); restart it: ollama serve"
    )
    if isinstance(error, ConnectionError):
        told = f"no Ollama answers at {address}; start it: ollama serve"
    elif isinstance(error, ollama.ResponseError):
        said = " ".join(str(error.error).split())[:120]
        told = f"Ollama at {address} reports an error ({said}); look at its log"
        if error.status_code == 404 and model:
            told = f"Ollama has no model {model}; fetch it: ollama pull {model}"
    return InterviewerError(told)
