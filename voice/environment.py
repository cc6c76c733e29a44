"""What the libraries read from the environment when they load: nothing reported, few threads."""

from __future__ import annotations

import os

_SILENT = {
    "ORT_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
}
"""What keeps the libraries from reporting on their users. onnxruntime 1.29 and later look up their
vendor's server some seconds after a model is opened, and keep a device identifier under ~/.cache
(seen with strace). CTranslate2, PyAV, tokenizers, soxr and Piper report nothing."""


def settle() -> None:
    """Set the variables of this process and its children; call it before a library is loaded.

    Reports stay off whatever the environment says, since the README promises it.
    """
    os.environ.update(_SILENT)
    # NumPy's threads wait for each other, which makes small products 30 times slower.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
