"""Write a tiny Whisper checkpoint that faster-whisper really loads: it says one known text.

Whatever the sound, each token calls for the one after it in the text (the projection of token
k's embedding is token k+1), and looks, through the one cross-attention head, at the frames
where that word is to lie (the encoder gives nothing but positions on a circle).
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from ctranslate2.specs import whisper_spec
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

TEXT = " Um, we measured it twice."
WORD_S = 0.4
"""Each token (a word or a punctuation mark) lasts so long, one after another from 0 s."""
_WIDTH = 64
"""Of the model: room for 32 tokens, each a +1 and a -1."""
_FRAMES = 1500
_FRAMES_PER_S = 50
_CIRCLE_S = 15.0
"""One turn of the position code; sound must be shorter."""
_SHARPNESS = 600.0
_SPECIALS = (
    "<|endoftext|>", "<|startoftranscript|>", "<|translate|>", "<|transcribe|>", "<|startoflm|>",
    "<|startofprev|>", "<|nospeech|>", "<|notimestamps|>",
)  # fmt: skip

_Matrix = npt.NDArray[np.float32]


def write_tiny_whisper(folder: Path, text: str = TEXT, word_s: float = WORD_S) -> Path:
    """Write model.bin, config.json, vocabulary and tokenizer into `folder`; return it.

    Each word and punctuation mark of `text` may stand there only once, 28 of them at most.
    """
    tokenizer = _tokenizer(text)
    said = tokenizer.encode(text, add_special_tokens=False).ids
    begin, end = ("<|startoftranscript|>", "<|0.00|>"), f"<|{len(said) * word_s:.2f}|>"
    special = {token: number for number, token in enumerate(_tokens(tokenizer))}
    script = [*(special[t] for t in begin), *said, special[end], special["<|endoftext|>"]]
    if len(set(script)) != len(script) or len(script) > _WIDTH // 2:
        raise ValueError("each word may stand in the text only once, and there is room for 28")
    spec = whisper_spec.WhisperSpec(1, 1, 1, 1)
    _fill_encoder(spec.encoder)
    _fill_decoder(spec.decoder, script, len(special), word_s)
    # Word times are read off a run that begins with <|notimestamps|> in the place of <|0.00|>.
    weight = spec.decoder.embeddings.weight
    weight[special["<|notimestamps|>"]] = weight[special["<|0.00|>"]]
    _save(spec, list(special), folder)
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


def _save(spec: Any, vocabulary: list[str], folder: Path) -> None:
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = []
    spec.config.lang_ids = []
    spec.config.alignment_heads = [(0, 0)]
    spec.register_vocabulary(vocabulary)
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))
    features = {"feature_size": 80, "sampling_rate": 16000, "hop_length": 160, "n_fft": 400}
    (folder / "preprocessor_config.json").write_text(json.dumps(features | {"chunk_length": 30}))


def _tokenizer(text: str) -> Tokenizer:
    """Return a byte-level BPE whose merges build each word of the text, and Whisper's specials."""
    splitter = pre_tokenizers.ByteLevel(add_prefix_space=False)
    vocabulary = {byte: i for i, byte in enumerate(sorted(splitter.alphabet()))}
    merges: list[tuple[str, str]] = []
    for word, _ in splitter.pre_tokenize_str(text):
        built = word[0]
        for letter in word[1:]:
            if (built, letter) not in merges:
                merges.append((built, letter))
            built += letter
            vocabulary.setdefault(built, len(vocabulary))
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=merges))
    tokenizer.pre_tokenizer = splitter
    tokenizer.decoder = decoders.ByteLevel()
    times = [f"<|{i * 0.02:.2f}|>" for i in range(_FRAMES + 1)]
    tokenizer.add_special_tokens([AddedToken(t, special=True) for t in (*_SPECIALS, *times)])
    return tokenizer


def _tokens(tokenizer: Tokenizer) -> list[str]:
    return [str(tokenizer.id_to_token(i)) for i in range(tokenizer.get_vocab_size())]


def _zeros(*shape: int) -> _Matrix:
    return np.zeros(shape, np.float32)


def _fill_encoder(encoder: Any) -> None:
    """Let the encoder forget the sound: a frame's place on the circle is all that it says."""
    angle = 2 * np.pi * np.arange(_FRAMES) / (_CIRCLE_S * _FRAMES_PER_S)
    place = _zeros(_FRAMES, _WIDTH)
    for column, values in enumerate((np.cos(angle), np.sin(angle))):
        place[:, column], place[:, column + 2] = values, -values  # mean 0: layer norm keeps it
    encoder.conv1.weight, encoder.conv1.bias = _zeros(_WIDTH, 80, 3), _zeros(_WIDTH)
    encoder.conv2.weight, encoder.conv2.bias = _zeros(_WIDTH, _WIDTH, 3), _zeros(_WIDTH)
    encoder.position_encodings.encodings = place
    _fill_norm(encoder.layer_norm)
    _fill_attention(encoder.layer[0].self_attention, [3 * _WIDTH, _WIDTH])
    _fill_feed_forward(encoder.layer[0].ffn)


def _fill_decoder(decoder: Any, script: list[int], size: int, word_s: float) -> None:
    """Let each token of the script call for the next one and look at its place in the sound."""
    embeddings, projection = _zeros(size, _WIDTH), _zeros(size, _WIDTH)
    query = _zeros(_WIDTH, _WIDTH)
    half = _WIDTH // 2
    for step, token in enumerate(script):
        embeddings[token, step], embeddings[token, half + step] = 1.0, -1.0
        if step + 1 < len(script):
            projection[script[step + 1], step] = 10.0
        # A token's place is read off the query of the token before it.
        angle = 2 * np.pi * (step - 0.5) * word_s / _CIRCLE_S
        query[:2, step] = _SHARPNESS * np.array([np.cos(angle), np.sin(angle)])
    key = _zeros(2 * _WIDTH, _WIDTH)
    key[0, 0] = key[1, 1] = 1.0
    decoder.embeddings.weight, decoder.projection.weight = embeddings, projection
    decoder.position_encodings.encodings = _zeros(448, _WIDTH)
    _fill_norm(decoder.layer_norm)
    layer = decoder.layer[0]
    _fill_attention(layer.self_attention, [3 * _WIDTH, _WIDTH])
    _fill_attention(layer.attention, [_WIDTH, 2 * _WIDTH, _WIDTH])
    layer.attention.linear[0].weight = query
    layer.attention.linear[1].weight = key
    _fill_feed_forward(layer.ffn)


def _fill_norm(norm: Any) -> None:
    norm.gamma, norm.beta = np.ones(_WIDTH, np.float32), _zeros(_WIDTH)


def _fill_attention(attention: Any, rows: list[int]) -> None:
    _fill_norm(attention.layer_norm)
    for linear, count in zip(attention.linear, rows, strict=True):
        linear.weight, linear.bias = _zeros(count, _WIDTH), _zeros(count)


def _fill_feed_forward(ffn: Any) -> None:
    _fill_norm(ffn.layer_norm)
    ffn.linear_0.weight, ffn.linear_0.bias = _zeros(4 * _WIDTH, _WIDTH), _zeros(4 * _WIDTH)
    ffn.linear_1.weight, ffn.linear_1.bias = _zeros(_WIDTH, 4 * _WIDTH), _zeros(_WIDTH)
