"""Sentence vectors of all-MiniLM-L6-v2, computed by numpy alone.

A BERT encoder of six layers (Devlin et al. 2019) with mean pooling and vectors of length 1, as
the model card of sentence-transformers/all-MiniLM-L6-v2 prescribes.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

WORD_TABLE = "embeddings.word_embeddings.weight"
BATCH_SENTENCES = 32
"""Sentences computed at once: few enough for 20 MB, many enough for BLAS."""


class Encoder:
    """The model: 45 MB in memory, as much again in the file."""

    def __init__(self, folder: Path) -> None:
        """Open the model in a folder with config.json, model.safetensors and tokenizer.json."""
        from tokenizers import Tokenizer

        config = json.loads((folder / "config.json").read_text("utf-8"))
        self._heads = int(config["num_attention_heads"])
        self._layers = int(config["num_hidden_layers"])
        self._tokenizer: Any = Tokenizer.from_str((folder / "tokenizer.json").read_text("utf-8"))
        self._tokenizer.no_padding()
        self._weights = _weights(folder / "model.safetensors")

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return one vector of length 1 for each text, shape (texts, 384)."""
        ids = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        starts = range(0, len(ids), BATCH_SENTENCES)
        return np.concatenate([self._pooled(ids[at : at + BATCH_SENTENCES]) for at in starts])

    def _pooled(self, ids: list[list[int]]) -> Floats:
        """Return the vectors of a batch: all tokens in one matrix, so that nothing is padding."""
        ends = np.cumsum([len(one) for one in ids])
        places = [slice(end - len(one), end) for one, end in zip(ids, ends.tolist(), strict=True)]
        positions = np.concatenate([np.arange(len(one)) for one in ids])
        hidden = self._weights[WORD_TABLE][np.concatenate(ids)]
        hidden = hidden + self._weights["embeddings.position_embeddings.weight"][positions]
        hidden += self._weights["embeddings.token_type_embeddings.weight"][0]
        hidden = self._normed(hidden, "embeddings")
        for layer in range(self._layers):
            hidden = self._layer(hidden, places, f"encoder.layer.{layer}")
        means = np.array([hidden[place].mean(axis=0) for place in places])
        return np.asarray(means / np.linalg.norm(means, axis=1, keepdims=True), np.float32)

    def _layer(self, hidden: Floats, places: list[slice], at: str) -> Floats:
        parts = [
            self._dense(hidden, f"{at}.attention.self.{one}") for one in ("query", "key", "value")
        ]
        mixed = np.concatenate([self._attended(*(part[one] for part in parts)) for one in places])
        output = f"{at}.attention.output"
        hidden = self._normed(hidden + self._dense(mixed, f"{output}.dense"), output)
        inner = _gelu(self._dense(hidden, f"{at}.intermediate.dense"))
        return self._normed(hidden + self._dense(inner, f"{at}.output.dense"), f"{at}.output")

    def _attended(self, *parts: Floats) -> Floats:
        """Return the attention of one sentence from its query, key and value."""
        length = len(parts[0])
        query, key, value = (one.reshape(length, self._heads, -1).swapaxes(0, 1) for one in parts)
        scores = query @ key.swapaxes(1, 2) / np.float32(query.shape[-1] ** 0.5)
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        scores /= scores.sum(axis=-1, keepdims=True)
        mixed: Floats = (scores @ value).swapaxes(0, 1).reshape(length, -1)
        return mixed

    def _dense(self, values: Floats, name: str) -> Floats:
        product: Floats = values @ self._weights[f"{name}.weight"].T
        return product + self._weights[f"{name}.bias"]

    def _normed(self, values: Floats, name: str) -> Floats:
        values = values - values.mean(axis=-1, keepdims=True)
        values /= np.sqrt((values * values).mean(axis=-1, keepdims=True) + np.float32(1e-12))
        scaled: Floats = values * self._weights[f"{name}.LayerNorm.weight"]
        return scaled + self._weights[f"{name}.LayerNorm.bias"]


def _weights(path: Path) -> dict[str, Floats]:
    """Return the tensors of a safetensors file: 8 bytes of length, a JSON header, raw numbers."""
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(length))
    body = np.memmap(path, np.uint8, "r", offset=8 + length)
    mapped = {
        name: body[slice(*tensor["data_offsets"])].view(np.float32).reshape(tensor["shape"])
        for name, tensor in header.items()
        if tensor.get("dtype") == "F32"
    }
    # The words' table, half of the file, stays there. The rest is copied: products of numbers at
    # odd addresses are slow.
    return {name: w if name == WORD_TABLE else np.array(w) for name, w in mapped.items()}


def _gelu(values: Floats) -> Floats:
    """Return GELU in its tanh form (Hendrycks and Gimpel 2016), within 0.0005 of the exact one."""
    inner = np.float32((2 / np.pi) ** 0.5) * values * (1 + np.float32(0.044715) * values * values)
    activated: Floats = np.float32(0.5) * values * (1 + np.tanh(inner))
    return activated
