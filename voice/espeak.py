"""The eSpeak NG library of the wheel `espeakng-loader`: loaded once, one lock, by ctypes."""

from __future__ import annotations

import ctypes
import functools
import shutil
import tempfile
import threading
from pathlib import Path

from voice.errors import ModelError

LOCK = threading.RLock()
"""Held around every call: libespeak-ng keeps voice, rate and callback in global state."""

_SYNCHRONOUS_RETRIEVAL = 2
_DO_NOT_EXIT = 0x8000
_UTF8 = 1
_IPA = 2
_LONGEST_DATA_PATH = 140
"""Characters. eSpeak NG keeps the path in a buffer of 160 (speech.h, N_PATH_HOME)."""


@functools.cache
def load() -> ctypes.CDLL:
    """Return the initialized library (synchronous, sound by callback); hold LOCK to call it.

    Raises:
        ModelError: the library or its data cannot be loaded on this machine.
    """
    with LOCK:
        try:
            import espeakng_loader

            library = ctypes.CDLL(espeakng_loader.get_library_path())
            data = _short(Path(espeakng_loader.get_data_path()))
        except (ImportError, OSError, RuntimeError) as error:
            raise ModelError(
                f"cannot load eSpeak NG ({error});"
                " install it again: pip install --force-reinstall espeakng-loader"
            ) from error
        library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        rate_hz = library.espeak_Initialize(
            _SYNCHRONOUS_RETRIEVAL, 0, str(data).encode(), _DO_NOT_EXIT
        )
        if rate_hz <= 0:
            raise ModelError(
                f"eSpeak NG does not accept its data in {data};"
                " install it again: pip install --force-reinstall espeakng-loader"
            )
        return library


def _short(data: Path) -> Path:
    """Return a path to the data that fits eSpeak NG's buffer: a link, or else a copy."""
    if len(str(data).encode()) <= _LONGEST_DATA_PATH:
        return data
    near = Path(tempfile.mkdtemp(prefix="rehearse-")) / data.name
    try:
        near.symlink_to(data, target_is_directory=True)
    except OSError:
        shutil.copytree(data, near)
    return near


def phonemes(text: str, voice: str = "en-us") -> str:
    """Return how eSpeak NG would say the text, in IPA with stress marks, words apart.

    Raises:
        ModelError: the library cannot be loaded on this machine.
    """
    with LOCK:
        library = load()
        library.espeak_SetVoiceByName(voice.encode())
        at = ctypes.c_char_p(text.replace("\0", " ").encode("utf-8", "ignore"))
        clauses = []
        while at.value:  # one call reads one clause and moves the pointer behind it
            said = library.espeak_TextToPhonemes(ctypes.byref(at), _UTF8, _IPA)
            clauses.append((said or b"").decode("utf-8", "replace"))
    return " ".join(" ".join(clauses).split())
