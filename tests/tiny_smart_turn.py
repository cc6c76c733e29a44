"""Write a stand-in for Smart Turn of 200 bytes: the probability is the mean of the log-mel.

output = Sigmoid(Flatten(ReduceMean(input_features))), encoded as in tests/tiny_piper.py.
"""

from pathlib import Path

from tests.tiny_piper import onnx_model, onnx_node, onnx_value
from voice.speech.models.catalog import SMART_TURN_FILE, Kind

_FLOAT = 1


def write_smart_turn(store: Path) -> Path:
    """Put the model where a model store keeps Smart Turn; return its path."""
    path = store / Kind.SMART_TURN / SMART_TURN_FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    nodes = [
        onnx_node("ReduceMean", ["input_features"], "mean", keepdims=1),
        onnx_node("Flatten", ["mean"], "flat", axis=1),
        onnx_node("Sigmoid", ["flat"], "logits"),
    ]
    taken = onnx_value("input_features", _FLOAT, ["batch", 80, 800])
    path.write_bytes(onnx_model(nodes, [], [taken], onnx_value("logits", _FLOAT, ["batch", 1])))
    return path
