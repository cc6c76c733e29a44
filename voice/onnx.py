"""Open an ONNX model on few quiet threads: the live loop shares the machine with a recognizer."""

from pathlib import Path
from typing import Any

from voice.errors import ModelError


def open_model(path: Path, threads: int = 1) -> Any:
    """Return an onnxruntime session whose threads do not spin, or raise ModelError."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(str(path), options, ["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own exceptions share no public base
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0][:80]
        raise ModelError(
            f"the model file {path} is broken ({reason}); fetch it again: rehearse setup"
        ) from error
