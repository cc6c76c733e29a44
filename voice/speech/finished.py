"""Do the words end a sentence? What Whisper's decoder expects behind them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

_AT_END = " .,?!…:;-"
_LEAST_END, _MOST_END, _LEAST_ON = -2.0, 3.0, -4.5
"""Beyond these bounds the log odds told no more (tests/bench/RESULTS.md)."""


def finished(model: Any, heard: Any, told: str, text: str) -> float | None:
    """Return Understood.finished for a text that faster-whisper's model made of what it `heard`.

    `told` is the prompt of the pass. The decoder is given the words without their last
    punctuation and says what it expects behind them.
    """
    tokenizer = model.hf_tokenizer

    def ids(text: str) -> list[int]:
        return list(tokenizer.encode(text, add_special_tokens=False).ids)

    def known(*tokens: str) -> list[int]:
        return [found for token in tokens if (found := tokenizer.token_to_id(token)) is not None]

    said = ids(" " + text.rstrip(_AT_END))
    language = ("<|en|>", "<|transcribe|>") if model.model.is_multilingual else ()
    before = known("<|startofprev|>") + ids(f" {told}")
    prompt = [*before, *known("<|startoftranscript|>", *language, "<|notimestamps|>"), *said]
    # CTranslate2 makes half of max_length, or what the prompt leaves of it.
    most = max(2 * len(said) + 2, len(prompt) + 1)
    (made,) = model.model.generate(
        heard, [prompt], beam_size=1, max_length=most, return_logits_vocab=True,
        suppress_tokens=[], suppress_blank=False,
    )  # fmt: skip
    steps = made.logits[0]
    if len(steps) <= len(said):
        return None
    logits = np.array(steps[len(said)], np.float64).ravel()
    odds = np.exp(logits - logits.max())
    ends = odds[known(".", "?", "!", "<|endoftext|>")].sum() / odds.sum()
    goes_on = odds[known(",", "...", "Ġ...")].sum() / odds.sum()
    surely = [math.log((share + 1e-4) / (1.0001 - share)) for share in (ends, goes_on)]
    return min(_MOST_END, max(_LEAST_END, surely[0])) - min(0.0, max(_LEAST_ON, surely[1]))
