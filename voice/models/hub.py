"""The model hub, huggingface.co or HF_ENDPOINT, through huggingface_hub in a child process.

Resuming, proxies and certificates are its business. A process of its own, for a download in a
thread cannot be stopped, and so that its telemetry is off before it is imported. No token is ever
sent.
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

from voice.errors import ModelError
from voice.models.catalog import Item
from voice.models.filling import fill

_TIMEOUT_S = 10.0
"""For the first answer; huggingface_hub's own limits are the same."""
_QUIET = {
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "HF_HUB_DISABLE_UPDATE_CHECK": "1",
}


def address() -> str:
    """Return the hub's address.

    Raises:
        ModelError: it would send models in the clear over a network.
    """
    named = os.environ.get("HF_ENDPOINT", "").strip() or "https://huggingface.co"
    try:
        parts = urlsplit(named)
        safe = parts.scheme == "https" or (
            parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1")
        )
    except ValueError:
        safe = False
    if not safe:
        raise ModelError(f"HF_ENDPOINT is {named!r}, not an https:// address")
    return named.rstrip("/")


def download(item: Item, folder: Path, stop: threading.Event) -> str:
    """Download those of a model's files that the hub has; return the hub's name.

    They lie in `folder` under the item's folder in the repository. A second call with the same
    folder goes on where the first one broke off.

    Raises:
        ModelError: the hub cannot be reached, or does not have the model.
        StoppedError: `stop` was set.
        OSError: the disk is full, or the folder cannot be written.
    """
    endpoint = address()
    place = endpoint.removeprefix("https://")
    folder.mkdir(parents=True, exist_ok=True)
    root = str(Path(__file__).resolve().parents[2])
    paths = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    inside = f"{item.repo_folder}/" if item.repo_folder else ""
    wanted = [endpoint, item.repo, item.revision, *(inside + name for name in item.file_names)]
    child = ["-m", "voice.models.hub", str(folder), *wanted]
    code, said = fill(folder, child, {**_QUIET, "PYTHONPATH": paths}, stop)
    if code:
        lines = said.strip().splitlines() or ["it gave no reason"]
        raise ModelError(f"{place} did not give {item.spec} ({lines[-1][:100]})")
    return place


def _main(folder: str, endpoint: str, repo: str, revision: str, *names: str) -> None:
    """Fetch files into a folder; the child's half."""
    from huggingface_hub import HfApi, snapshot_download

    # Asked first: snapshot_download takes a folder without a file for success when offline.
    asked = HfApi(endpoint, token=False).model_info(
        repo, revision=revision, timeout=_TIMEOUT_S, expand=["sha"]
    )
    snapshot_download(
        repo, revision=asked.sha, allow_patterns=list(names), local_dir=folder,
        endpoint=endpoint, token=False,
    )  # fmt: skip


def _told(error: Exception) -> str:
    """Return in a few words what huggingface_hub or what is below it raised."""
    kind = type(error).__name__
    if kind.endswith("NotFoundError") and "Local" not in kind:
        return "there is no such model"
    lines = str(error).strip().splitlines()
    return f"{kind}: {lines[0]}" if lines else kind


if __name__ == "__main__":
    try:
        _main(*sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:  # httpx's, requests' and its own, by version: told, not sorted
        sys.exit(_told(error))
