"""For ``photos.py``: makes all renditions of one file in a process of its own and prints what they cost, as JSON."""

import json
import re
import sys
import time
from pathlib import Path

import django

django.setup()

from django.core.files.base import ContentFile  # noqa: E402  (after django.setup)

from articles.images import make_first, make_further  # noqa: E402
from articles.models import Photo  # noqa: E402


def peak_memory() -> float:
    """Return the most memory that this process ever had, in MB (Linux counts it anew for every program)."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024


def main() -> None:
    """Make the renditions of the file that the command line names."""
    photo = Photo(credit="백가람 사진기자", copyright="ⓒ 새여울신문")
    photo.file.save("photo.jpg", ContentFile(Path(sys.argv[1]).read_bytes()), save=False)
    idle, cpu, begun = peak_memory(), time.process_time(), time.monotonic()
    make_first(photo)
    first, first_cpu = time.monotonic() - begun, time.process_time() - cpu
    make_further(photo)
    print(json.dumps({
        "cpu_seconds": time.process_time() - cpu, "first_cpu_seconds": first_cpu, "first_seconds": first,
        "memory_mb": peak_memory(), "idle_mb": idle, "files": len(photo.names),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
