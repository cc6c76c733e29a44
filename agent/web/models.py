"""The models that speech needs: which are missing, and fetching them while the page waits."""

import threading
from dataclasses import dataclass, field

from agent.errors import RehearseError
from agent.text.display import flat
from voice.speech.engines import missing_models
from voice.speech.models.catalog import Item, Kind, default_items
from voice.speech.models.fetching import fetch_all
from voice.speech.models.store import find

_NEEDED = (Kind.WHISPER, Kind.PIPER)


@dataclass
class Models:
    """What is missing, and how far the fetching is."""

    error: str = ""
    """Why the last try failed, in one line."""
    _done: dict[str, int] = field(default_factory=dict)
    _thread: threading.Thread | None = None

    @property
    def fetching(self) -> bool:
        """Whether models are being fetched."""
        return self._thread is not None and self._thread.is_alive()

    def status(self) -> dict[str, object]:
        """Return what the page shows."""
        items = missing()
        return {
            "missing": [item.spec for item in items],
            "needed": any(item.kind in _NEEDED for item in items),
            "size_bytes": sum(item.size_bytes for item in items),
            "done_bytes": sum(self._done.get(item.spec, 0) for item in items),
            "fetching": self.fetching,
            "error": self.error,
        }

    def fetch(self) -> None:
        """Begin to fetch what is missing."""
        if not self.fetching:
            self.error, self._done = "", {}
            self._thread = threading.Thread(target=self._run, name="models", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        def progress(item: Item, done: int, _total: int) -> None:
            self._done[item.spec] = done

        try:
            for outcome in fetch_all(missing(), None, progress):
                if outcome.error:
                    self.error = flat(f"{outcome.item.spec} could not be fetched: {outcome.error}")
        except (RehearseError, OSError) as error:
            self.error = flat(str(error))


def missing() -> list[Item]:
    """Return the models to fetch; any English Whisper or voice does in the place of the usual."""
    more = [item for item in default_items() if item.kind not in _NEEDED]
    return missing_models(None, None) + [i for i in more if not find(i.kind, i.name)]
