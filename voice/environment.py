"""What the libraries read from the environment when they load: nothing reported, few threads."""

from __future__ import annotations

import os

_SILENT = {
    "ORT_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
}
"""What keeps the libraries from reporting on their users.

ORT_DISABLE_TELEMETRY: onnxruntime 1.29 and later look up their vendor's server some seconds after
a model is opened, and keep a device identifier under ~/.cache; seen with strace, and the name is
in its library. HF_HUB_DISABLE_TELEMETRY: huggingface_hub/constants.py. DO_NOT_TRACK: the
convention that huggingface_hub and others follow. CTranslate2, PyAV, tokenizers, soxr and Piper
report nothing.
"""

_THREADS = {"OPENBLAS_NUM_THREADS": "1"}
"""NumPy's threads: ones that wait for each other make small products 30 times slower."""


def settle() -> None:
    """Set the variables of this process and its children; call it before a library is loaded.

    Reports stay off whatever the environment says, since the README promises it; the number of
    threads is the user's where the user has set one.
    """
    os.environ.update(_SILENT)
    for name, value in _THREADS.items():
        os.environ.setdefault(name, value)
