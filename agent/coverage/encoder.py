"""Sentence vectors of all-MiniLM-L6-v2, computed by numpy alone: no torch in the install.

A BERT encoder of six layers (Devlin et al. 2019) with mean pooling and vectors of length 1, as
the model card of sentence-transformers/all-MiniLM-L6-v2 prescribes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

WORD_TABLE = "embeddings.word_embeddings.weight"
"""The largest tensor: a vector for each of 30,522 pieces of words."""
BATCH_SENTENCES = 32
"""Sentences computed at once: few enough for 20 MB, many enough for BLAS."""
_GELU = (2 / np.pi) ** 0.5


class Encoder:
    """The model: 45 MB in memory, as much again in the file."""

    def __init__(self, folder: Path) -> None:
        """Open the model in a folder with config.json, model.safetensors and tokenizer.json.

        Raises:
            OSError: a file cannot be read.
            ValueError: a file is not what its name says.
            KeyError: a weight is missing.
        """
        from tokenizers import Tokenizer

        config = json.loads((folder / "config.json").read_text("utf-8"))
        self._heads = int(config["num_attention_heads"])
        self._layers = int(config["num_hidden_layers"])
        self._tokenizer: Any = Tokenizer.from_str((folder / "tokenizer.json").read_text("utf-8"))
        self._tokenizer.no_padding()
        self._weights = _weights(folder / "model.safetensors")
        for layer in range(self._layers):
            self._weights[f"qkv{layer}"], self._weights[f"qkv{layer}b"] = self._joined(layer)

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return one vector of length 1 for each text, shape (texts, 384)."""
        ids = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        width = len(self._weights["embeddings.LayerNorm.bias"])
        vectors = np.zeros((len(ids), width), np.float32)
        for start in range(0, len(ids), BATCH_SENTENCES):
            end = start + BATCH_SENTENCES
            vectors[start:end] = self._pooled(ids[start:end])
        return vectors

    def _pooled(self, ids: list[list[int]]) -> Floats:
        """Return the vectors of a batch: all tokens in one matrix, so that nothing is padding."""
        ends = np.cumsum([len(one) for one in ids])
        places = [slice(end - len(one), end) for one, end in zip(ids, ends.tolist(), strict=True)]
        w = self._weights
        hidden = np.array(w[WORD_TABLE][np.concatenate(ids)])
        positions = np.concatenate([np.arange(len(one)) for one in ids])
        hidden += w["embeddings.position_embeddings.weight"][positions]
        hidden += w["embeddings.token_type_embeddings.weight"][0]
        hidden = self._normed(hidden, "embeddings")
        for layer in range(self._layers):
            hidden = self._layer(hidden, places, layer)
        means = np.array([hidden[place].mean(axis=0) for place in places])
        return np.asarray(means / np.linalg.norm(means, axis=1, keepdims=True), np.float32)

    def _layer(self, hidden: Floats, places: list[slice], layer: int) -> Floats:
        at = f"encoder.layer.{layer}"
        joined = hidden @ self._weights[f"qkv{layer}"] + self._weights[f"qkv{layer}b"]
        mixed = np.empty_like(hidden)
        for place in places:
            mixed[place] = self._attended(joined[place])
        hidden = self._normed(
            hidden + self._dense(mixed, f"{at}.attention.output.dense"), f"{at}.attention.output"
        )
        inner = _gelu(self._dense(hidden, f"{at}.intermediate.dense"))
        return self._normed(hidden + self._dense(inner, f"{at}.output.dense"), f"{at}.output")

    def _attended(self, joined: Floats) -> Floats:
        """Return the attention of one sentence from its query, key and value."""
        length = len(joined)
        query, key, value = joined.reshape(length, 3, self._heads, -1).transpose(1, 2, 0, 3)
        scores = query @ key.swapaxes(1, 2) / np.float32(query.shape[-1] ** 0.5)
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        scores /= scores.sum(axis=-1, keepdims=True)
        mixed: Floats = (scores @ value).transpose(1, 0, 2).reshape(length, -1)
        return mixed

    def _dense(self, values: Floats, name: str) -> Floats:
        product: Floats = values @ self._weights[f"{name}.weight"].T
        return product + self._weights[f"{name}.bias"]

    def _normed(self, values: Floats, name: str) -> Floats:
        values = values - values.mean(axis=-1, keepdims=True)
        values /= np.sqrt((values * values).mean(axis=-1, keepdims=True) + np.float32(1e-12))
        scaled: Floats = values * self._weights[f"{name}.LayerNorm.weight"]
        return scaled + self._weights[f"{name}.LayerNorm.bias"]

    def _joined(self, layer: int) -> tuple[Floats, Floats]:
        """Return query, key and value of a layer as one matrix: one product for three."""
        names = [f"encoder.layer.{layer}.attention.self.{one}" for one in ("query", "key", "value")]
        weights = np.concatenate([self._weights.pop(f"{name}.weight").T for name in names], axis=1)
        return weights, np.concatenate([self._weights[f"{name}.bias"] for name in names])


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
    inner = values * values
    inner *= np.float32(0.044715 * _GELU)
    inner += np.float32(_GELU)
    inner *= values
    np.tanh(inner, out=inner)
    inner += 1
    inner *= values
    inner *= np.float32(0.5)
    return inner
