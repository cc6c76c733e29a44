"""A MiniLM of one layer with random weights, in the files of the real one."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

SIZE = 8
"""Width of its vectors."""
INNER = 16
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "the", "ward", "had", "fewer", "falls", "fell"]


def write_minilm(folder: Path) -> Path:
    """Write config.json, tokenizer.json and model.safetensors; return the folder."""
    config = {"num_attention_heads": 2, "num_hidden_layers": 1}
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "tokenizer.json").write_text(json.dumps(_tokenizer()))
    _write_tensors(folder / "model.safetensors", _shapes())
    return folder


def _shapes() -> dict[str, tuple[int, ...]]:
    layer = "encoder.layer.0"
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (len(WORDS), SIZE),
        "embeddings.position_embeddings.weight": (32, SIZE),
        "embeddings.token_type_embeddings.weight": (2, SIZE),
    }
    for norm in ("embeddings", f"{layer}.attention.output", f"{layer}.output"):
        shapes |= {f"{norm}.LayerNorm.{part}": (SIZE,) for part in ("weight", "bias")}
    dense = {
        f"{layer}.attention.self.query": (SIZE, SIZE),
        f"{layer}.attention.self.key": (SIZE, SIZE),
        f"{layer}.attention.self.value": (SIZE, SIZE),
        f"{layer}.attention.output.dense": (SIZE, SIZE),
        f"{layer}.intermediate.dense": (INNER, SIZE),
        f"{layer}.output.dense": (SIZE, INNER),
    }
    for name, shape in dense.items():
        shapes |= {f"{name}.weight": shape, f"{name}.bias": shape[:1]}
    return shapes


def _write_tensors(path: Path, shapes: dict[str, tuple[int, ...]]) -> None:
    rng = np.random.default_rng(7)
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    body = b""
    for name, shape in shapes.items():
        raw = rng.normal(0, 0.5, shape).astype(np.float32).tobytes()
        offsets = [len(body), len(body) + len(raw)]
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": offsets}
        body += raw
    head = json.dumps(header).encode()
    path.write_bytes(len(head).to_bytes(8, "little") + head + body)


def _tokenizer() -> dict[str, object]:
    special = [{"id": at, "content": word, "special": True, "single_word": False,
                "lstrip": False, "rstrip": False, "normalized": False}
               for at, word in enumerate(WORDS[:4])]  # fmt: skip
    single = [
        {"SpecialToken": {"id": "[CLS]", "type_id": 0}},
        {"Sequence": {"id": "A", "type_id": 0}},
        {"SpecialToken": {"id": "[SEP]", "type_id": 0}},
    ]
    return {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": special,
        "normalizer": {"type": "BertNormalizer", "clean_text": True, "lowercase": True,
                       "handle_chinese_chars": True, "strip_accents": None},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {
            "type": "TemplateProcessing", "single": single, "pair": single,
            "special_tokens": {
                word: {"id": word, "ids": [at], "tokens": [word]}
                for at, word in ((2, "[CLS]"), (3, "[SEP]"))
            },
        },
        "decoder": None,
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                  "max_input_chars_per_word": 100,
                  "vocab": {word: at for at, word in enumerate(WORDS)}},
    }  # fmt: skip
