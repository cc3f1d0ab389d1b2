#!/usr/bin/env python
"""What does a photo cost, and how good is what readers get of it?

    python bench/photos.py [--rounds 3] [--keep FOLDER]

Makes all renditions of a photo of 24 megapixels, as an upload and its task do, in processes of their own: CPU
seconds (of the whole process less its start), peak memory, seconds until the upload would be answered. Then the
lead photo at the width that a phone takes (800 pixels): bytes and PSNR of our AVIF beside JPEG of quality 80, of a
made-up photograph (hills, water, foliage, grain as a sensor has it) and of pictures of the demonstration newspaper.
Last, what AVIF of other speeds would cost. PSNR is measured against the unpressed picture of the same size; equal
quality means at least that of JPEG q80 less half a decibel, which nobody sees. The last line is JSON; ends with 1
when a limit is missed.
"""

import argparse
import io
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter, ImageStat

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from articles.pictures.encoding import OPTIONS, encoded, rights_packet  # noqa: E402  (after the path)
from newsroom.ops.demo.pictures import PICTURES, draw  # noqa: E402

SIZE = (6000, 4000)
PHONE = 800
LIMITS = {"cpu_seconds": 2.0, "memory_mb": 200.0, "phone_bytes": 60 * 1024, "psnr_behind": 0.5}
DEMONSTRATION = ("bridge-day", "market-dawn", "first-snow-ridge", "tulip-beds")


def arguments() -> argparse.Namespace:
    """Return the command line's values."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="write the pictures that are compared into this folder")
    return parser.parse_args()


def field(size: tuple[int, int], cell: int, spread: float) -> Image.Image:
    """Return smooth noise in which things are about ``cell`` pixels large."""
    small = (max(2, size[0] // cell), max(2, size[1] // cell))
    return Image.effect_noise(small, spread).resize(size, Image.Resampling.BICUBIC)


def photograph(size: tuple[int, int] = SIZE) -> Image.Image:
    """Return a made-up photograph: detail at every scale, falling off as in pictures of the world, and grain."""
    layers = [
        (size[0] // 3, 90),
        (size[0] // 12, 55),
        (size[0] // 40, 32),
        (size[0] // 130, 18),
        (size[0] // 400, 10),
    ]
    bands = []
    for tone in (-14, 0, 10):
        band = Image.new("L", size, 118 + tone)
        for cell, spread in layers:
            band = ImageChops.add(band, field(size, max(1, cell), spread), 1, -128)
        bands.append(band)
    # The three colours of the world go together, but for a little.
    light = bands[1]
    mixed = [Image.blend(light, band, 0.3) for band in bands]
    grain = Image.effect_noise(size, 5)
    return Image.merge("RGB", [ImageChops.add(band, grain, 1, -128) for band in mixed])


def psnr(one: Image.Image, other: Image.Image) -> float:
    """Return the peak signal-to-noise ratio of two pictures in decibels."""
    square = ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).sum2
    error = sum(square) / (3 * one.width * one.height)
    return 99.0 if error == 0 else 10 * math.log10(255**2 / error)


def written(picture: Image.Image, **options) -> tuple[bytes, float]:
    """Return the encoded picture and the CPU seconds it took."""
    begun, buffer = time.process_time(), io.BytesIO()
    picture.save(buffer, **options)
    return buffer.getvalue(), time.process_time() - begun


def compare(name: str, source: Image.Image, keep: Path | None) -> dict:
    """Return bytes and PSNR of what a phone gets, beside JPEG q80 of the same size."""
    height = max(1, round(source.height * PHONE / source.width))
    small = source.convert("RGB").resize((PHONE, height), Image.Resampling.LANCZOS)
    ours = encoded(small, "avif", rights_packet("백가람 사진기자", "ⓒ 새여울신문"))
    jpeg, _seconds = written(small, format="JPEG", quality=80, progressive=True, optimize=True)
    found = {
        "picture": name, "avif_bytes": len(ours), "jpeg_bytes": len(jpeg),
        "avif_psnr": round(psnr(small, Image.open(io.BytesIO(ours))), 2),
        "jpeg_psnr": round(psnr(small, Image.open(io.BytesIO(jpeg))), 2),
    }  # fmt: skip
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / f"{name}.avif").write_bytes(ours)
        (keep / f"{name}.jpg").write_bytes(jpeg)
    speeds = {}
    for speed in (6, 8, 9, 10):
        data, seconds = written(small, **OPTIONS["avif"], speed=speed)
        speeds[speed] = [len(data), round(psnr(small, Image.open(io.BytesIO(data))), 2), round(seconds, 3)]
    return found | {"speeds": speeds}


def cost(rounds: int) -> dict:
    """Return the median costs of all renditions of a photo of 24 megapixels."""
    with tempfile.TemporaryDirectory(prefix="newsroom-photos-") as folder:
        os.environ.update({"VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "newsroom.settings.dev"})
        for name in ("DATABASE_URL", "CACHE_URL", "MEDIA_STORAGE", "TASKS"):
            os.environ.pop(name, None)
        file = Path(folder) / "photograph.jpg"
        photograph().save(file, "JPEG", quality=92)
        print(f"24 megapixels, {file.stat().st_size / 1e6:.1f} MB", flush=True)
        command = [sys.executable, "-m", "bench.photos_make", str(file)]
        rows = [
            json.loads(
                subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT).stdout
            )
            for _round in range(rounds)
        ]
    return {name: round(statistics.median(row[name] for row in rows), 3) for name in rows[0]}


def main() -> int:
    """Measure and report."""
    options = arguments()
    costs = cost(options.rounds)
    print(", ".join(f"{name} {value}" for name, value in costs.items()))
    made_up = photograph((3000, 2000)).filter(ImageFilter.GaussianBlur(0.6))
    known = [name for name in DEMONSTRATION if name in PICTURES] or sorted(PICTURES)[:4]
    rows = [compare("photograph", made_up, options.keep)]
    rows += [compare(name, draw(name, 1600), options.keep) for name in known]
    print(f"{'at ' + str(PHONE) + ' pixels':24} {'AVIF':>18} {'JPEG q80':>18}   speed: bytes, PSNR, CPU s")
    for row in rows:
        ours, jpeg = (
            f"{row[f'{kind}_bytes'] / 1000:6.1f} kB {row[f'{kind}_psnr']:5.2f} dB"
            for kind in ("avif", "jpeg")
        )
        print(f"{row['picture']:24} {ours:>18} {jpeg:>18}   {row['speeds']}")
    worst = {
        "cpu_seconds": costs["cpu_seconds"], "memory_mb": costs["memory_mb"],
        "phone_bytes": max(row["avif_bytes"] for row in rows),
        "psnr_behind": round(max(row["jpeg_psnr"] - row["avif_psnr"] for row in rows), 2),
    }  # fmt: skip
    missed = sorted(name for name, limit in LIMITS.items() if worst[name] > limit)
    print(json.dumps({"held": not missed, "missed": missed, **worst, "costs": costs, "pictures": rows}))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
