"""Write a Piper voice of under 2 kB that PiperVoice really loads: every phoneme is a tone.

The graph, encoded by hand (onnx.proto's field numbers), so that no `onnx` package is needed:
    ticks  = Range(0, 512 * scales[1])                      512 samples a phoneme at 22050 Hz
    hertz  = input * 8 (+ sid * 200)                        the pad phoneme is 0: silence
    output = Reshape(Sin(hertz * ticks * 2 pi / 22050))     shape (1, 1, 1, samples)
"""

import json
import math
import struct
from pathlib import Path

RATE_HZ = 22_050
SAMPLES_PER_PHONEME = 512
_FLOAT, _INT64 = 1, 7
_IR_VERSION, _OPSET = 8, 13


def _varint(value: int) -> bytes:
    value &= 0xFFFF_FFFF_FFFF_FFFF
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def _int(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes | str) -> bytes:
    data = value.encode() if isinstance(value, str) else value
    return _varint(field << 3 | 2) + _varint(len(data)) + data


def onnx_node(operator: str, inputs: list[str], output: str, **attributes: int) -> bytes:
    """NodeProto: 1 input, 2 output, 4 op_type, 5 attribute (1 name, 3 i, 20 type = 2: INT)."""
    parts = [_bytes(1, name) for name in inputs] + [_bytes(2, output), _bytes(4, operator)]
    parts += [_bytes(5, _bytes(1, k) + _int(3, v) + _int(20, 2)) for k, v in attributes.items()]
    return b"".join(parts)


def _tensor(name: str, kind: int, shape: list[int], values: list[float]) -> bytes:
    """TensorProto: 1 dims, 2 data_type, 8 name, 9 raw_data."""
    data = struct.pack(f"<{len(values)}{'f' if kind == _FLOAT else 'q'}", *values)
    dims = b"".join(_int(1, size) for size in shape)
    return dims + _int(2, kind) + _bytes(8, name) + _bytes(9, data)


def onnx_value(name: str, kind: int, shape: list[int | str]) -> bytes:
    """ValueInfoProto: 1 name, 2 type (1 tensor_type: 1 elem_type, 2 shape of 1 dim)."""
    dims = b"".join(
        _bytes(1, _int(1, size) if isinstance(size, int) else _bytes(2, size)) for size in shape
    )
    return _bytes(1, name) + _bytes(2, _bytes(1, _int(1, kind) + _bytes(2, dims)))


def model(speakers: int = 1) -> bytes:
    """Return the bytes of the ONNX model; a voice of several speakers takes `sid` too."""
    hertz = "alone_hz" if speakers == 1 else "hertz"
    nodes = [
        onnx_node("Gather", ["scales", "one"], "length_scale", axis=0),
        onnx_node("Mul", ["length_scale", "samples"], "ticks_float"),
        onnx_node("Cast", ["ticks_float"], "ticks_count", to=_INT64),
        onnx_node("Range", ["zero", "ticks_count", "one"], "ticks_int"),
        onnx_node("Cast", ["ticks_int"], "ticks", to=_FLOAT),
        onnx_node("Mul", ["ticks", "radians"], "angles"),
        onnx_node("Cast", ["input"], "ids", to=_FLOAT),
        onnx_node("Mul", ["ids", "step_hz"], "alone_hz"),
        onnx_node("Unsqueeze", [hertz, "last"], "column"),
        onnx_node("Mul", ["column", "angles"], "phase"),
        onnx_node("Sin", ["phase"], "waves"),
        onnx_node("Reshape", ["waves", "shape"], "output"),
    ]
    inputs = [
        onnx_value("input", _INT64, ["batch", "phonemes"]),
        onnx_value("input_lengths", _INT64, ["batch"]),
        onnx_value("scales", _FLOAT, [3]),
    ]
    if speakers > 1:
        inputs.append(onnx_value("sid", _INT64, ["batch"]))
        nodes[8:8] = [
            onnx_node("Cast", ["sid"], "sid_float", to=_FLOAT),
            onnx_node("Mul", ["sid_float", "speaker_hz"], "offset_hz"),
            onnx_node("Add", ["alone_hz", "offset_hz"], "hertz"),
        ]
    constants = [
        _tensor("zero", _INT64, [], [0]),
        _tensor("one", _INT64, [], [1]),
        _tensor("samples", _FLOAT, [], [SAMPLES_PER_PHONEME]),
        _tensor("radians", _FLOAT, [], [2 * math.pi / RATE_HZ]),
        _tensor("step_hz", _FLOAT, [], [8.0]),
        _tensor("speaker_hz", _FLOAT, [], [200.0]),
        _tensor("last", _INT64, [1], [2]),
        _tensor("shape", _INT64, [4], [1, 1, 1, -1]),
    ]
    return onnx_model(
        nodes, constants, inputs, onnx_value("output", _FLOAT, [1, 1, 1, "samples_out"])
    )


def onnx_model(
    nodes: list[bytes], constants: list[bytes], inputs: list[bytes], output: bytes
) -> bytes:
    """Return a ModelProto: 1 ir_version, 7 graph, 8 opset_import (1 domain, 2 version)."""
    # GraphProto: 1 node, 2 name, 5 initializer, 11 input, 12 output.
    graph = b"".join(
        [_bytes(1, node) for node in nodes]
        + [_bytes(2, "graph")]
        + [_bytes(5, constant) for constant in constants]
        + [_bytes(11, each) for each in inputs]
        + [_bytes(12, output)]
    )
    return _int(1, _IR_VERSION) + _bytes(7, graph) + _bytes(8, _bytes(1, "") + _int(2, _OPSET))


def settings(speakers: int = 1) -> dict[str, object]:
    """Return what the .onnx.json holds; the phoneme numbers are Piper's own."""
    from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP

    return {
        "audio": {"sample_rate": RATE_HZ, "quality": "tiny"},
        "espeak": {"voice": "en-us"},
        "phoneme_type": "espeak",
        "num_symbols": 256,
        "num_speakers": speakers,
        "speaker_id_map": {f"s{n}": n for n in range(speakers)} if speakers > 1 else {},
        "inference": {"noise_scale": 0.667, "length_scale": 1.0, "noise_w": 0.8},
        "phoneme_id_map": DEFAULT_PHONEME_ID_MAP,
    }


def write_voice(folder: Path, name: str = "en_US-tiny-low", speakers: int = 1) -> Path:
    """Write the voice into a folder and return the path of its .onnx file."""
    folder.mkdir(parents=True, exist_ok=True)
    onnx = folder / f"{name}.onnx"
    onnx.write_bytes(model(speakers))
    described = onnx.with_name(onnx.name + ".json")
    described.write_text(json.dumps(settings(speakers), ensure_ascii=False), encoding="utf-8")
    return onnx
