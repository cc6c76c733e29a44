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

BATCH_SENTENCES = 32
"""Sentences computed at once; sorted by length, so that little of it is padding."""
_GELU = (2 / np.pi) ** 0.5


class Encoder:
    """The model in memory: 90 MB."""

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
        order = sorted(range(len(ids)), key=lambda at: len(ids[at]))
        vectors = np.zeros((len(ids), len(self._weights["embeddings.LayerNorm.bias"])), np.float32)
        for start in range(0, len(order), BATCH_SENTENCES):
            batch = order[start : start + BATCH_SENTENCES]
            vectors[batch] = self._pooled([ids[at] for at in batch])
        return vectors

    def _pooled(self, ids: list[list[int]]) -> Floats:
        longest = max(map(len, ids))
        tokens = np.array([one + [0] * (longest - len(one)) for one in ids])
        mask = np.array([[1] * len(one) + [0] * (longest - len(one)) for one in ids], np.float32)
        w = self._weights
        hidden = w["embeddings.word_embeddings.weight"][tokens]
        hidden += w["embeddings.position_embeddings.weight"][:longest]
        hidden += w["embeddings.token_type_embeddings.weight"][0]
        hidden = self._normed(hidden, "embeddings")
        for layer in range(self._layers):
            hidden = self._layer(hidden, mask, layer)
        summed = (hidden * mask[..., None]).sum(axis=1) / mask.sum(axis=1)[:, None]
        return np.asarray(summed / np.linalg.norm(summed, axis=1, keepdims=True), np.float32)

    def _layer(self, hidden: Floats, mask: Floats, layer: int) -> Floats:
        at = f"encoder.layer.{layer}"
        count, length, width = hidden.shape
        size = width // self._heads
        flat = hidden.reshape(-1, width)
        joined = flat @ self._weights[f"qkv{layer}"] + self._weights[f"qkv{layer}b"]
        query, key, value = np.ascontiguousarray(
            joined.reshape(count, length, 3, self._heads, size).transpose(2, 0, 3, 1, 4)
        )
        scores = query @ key.swapaxes(2, 3) / np.float32(size**0.5)
        scores += (mask[:, None, None, :] - 1) * np.float32(1e9)
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        scores /= scores.sum(axis=-1, keepdims=True)
        mixed = (scores @ value).transpose(0, 2, 1, 3).reshape(count, length, width)
        hidden = self._normed(
            hidden + self._dense(mixed, f"{at}.attention.output.dense"), f"{at}.attention.output"
        )
        inner = _gelu(self._dense(hidden, f"{at}.intermediate.dense"))
        return self._normed(hidden + self._dense(inner, f"{at}.output.dense"), f"{at}.output")

    def _dense(self, values: Floats, name: str) -> Floats:
        weight = self._weights[f"{name}.weight"]
        # One large product instead of one for each sentence.
        product: Floats = values.reshape(-1, values.shape[-1]) @ weight.T
        return product.reshape(*values.shape[:-1], -1) + self._weights[f"{name}.bias"]

    def _normed(self, values: Floats, name: str) -> Floats:
        values = values - values.mean(axis=-1, keepdims=True)
        values /= np.sqrt((values * values).mean(axis=-1, keepdims=True) + np.float32(1e-12))
        scaled: Floats = values * self._weights[f"{name}.LayerNorm.weight"]
        return scaled + self._weights[f"{name}.LayerNorm.bias"]

    def _joined(self, layer: int) -> tuple[Floats, Floats]:
        """Return query, key and value of a layer as one matrix: one product for three."""
        names = [f"encoder.layer.{layer}.attention.self.{one}" for one in ("query", "key", "value")]
        weights = np.concatenate([self._weights[f"{name}.weight"].T for name in names], axis=1)
        return weights, np.concatenate([self._weights[f"{name}.bias"] for name in names])


def _weights(path: Path) -> dict[str, Floats]:
    """Return the tensors of a safetensors file: 8 bytes of length, a JSON header, raw numbers."""
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(length))
    # Read rather than mapped: numbers at odd addresses would keep BLAS away.
    body = np.fromfile(path, np.uint8, offset=8 + length)
    return {
        name: body[slice(*tensor["data_offsets"])].view(np.float32).reshape(tensor["shape"])
        for name, tensor in header.items()
        if tensor.get("dtype") == "F32"
    }


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
