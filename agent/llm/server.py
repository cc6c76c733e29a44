"""Ollama on this machine: where it is, which models it has, one request with a deadline.

Only a loopback address is ever spoken to, no proxy is used, no redirect is followed, and models
that Ollama itself would run elsewhere ("cloud" models) do not count. Whatever goes wrong is an
InterviewerError in one line.
"""

import ipaddress
import os
import queue
import threading
import urllib.parse
from collections.abc import Callable
from contextlib import closing
from typing import Any, NamedTuple, TypeVar

from agent.errors import InterviewerError

PROBE_S = 0.5
"""How long to wait for a server that may not be there."""
LIST_S = 5.0
"""How long a server that is wanted may take to name its models."""
_SMALLEST_BYTES = 10_000
"""A "model" of a few hundred bytes is a pointer to one that runs elsewhere."""

_Result = TypeVar("_Result")


class LocalModel(NamedTuple):
    """A model on this machine."""

    name: str
    """With its tag."""
    size_bytes: int
    """Of its weights, 0 where it is not known."""
    digest: str = ""
    """Of its weights, "" likewise."""


class LateError(InterviewerError):
    """No reply within the deadline."""


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
    for entry in call(lambda client: client.list(), deadline_s).models:
        name, size = entry.model or "", int(entry.size or 0)
        family = (entry.details.family if entry.details else "") or ""
        elsewhere = name.endswith(("-cloud", ":cloud")) or 0 < size < _SMALLEST_BYTES
        if name and not elsewhere and "bert" not in family and "embed" not in name:
            found.append(LocalModel(name, size, entry.digest or ""))
    return tuple(found)


def insist_on_local(model: str, deadline_s: float = PROBE_S) -> LocalModel:
    """Return a model of this machine; InterviewerError where it, or the server, is not there."""
    there = models(deadline_s)
    named = model if ":" in model else f"{model}:latest"
    found = next((one for one in there if one.name == named), None)
    if found is None:
        names = ", ".join(one.name for one in there[:6])
        told = f"Ollama has no local model {model}; fetch it: ollama pull {model}"
        raise InterviewerError(told + (f" (it has {names})" if names else ""))
    return found


def call(ask: Callable[[Any], _Result], deadline_s: float, model: str = "") -> _Result:
    """Run one request, in a daemon thread that is left behind when the deadline passes."""
    address = host()  # before the library is loaded, which falls over what is no address
    import ollama  # may take longer than the whole deadline, the first time

    results: queue.SimpleQueue[_Result | Exception] = queue.SimpleQueue()

    def work() -> None:
        try:
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
        raise LateError(
            f"Ollama at {address} did not answer within {deadline_s:g} s; try a smaller model"
        ) from None
    if isinstance(result, InterviewerError):
        raise result
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
