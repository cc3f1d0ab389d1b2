"""Pictures with something to be seen on them, and with words inside the file, made for tests."""

import io
import random
from xml.sax.saxutils import escape

from PIL import Image

XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">{fields}</rdf:Description></rdf:RDF></x:xmpmeta>"""
NAMES = {
    "headline": "photoshop:Headline",
    "caption": "dc:description",
    "byline": "dc:creator",
    "credit": "photoshop:Credit",
    "copyright": "dc:rights",
    "source": "photoshop:Source",
    "city": "photoshop:City",
    "taken": "photoshop:DateCreated",
    "keywords": "dc:subject",
}


def drawn(seed: int, size=(900, 600), *, quality: int = 90, image_format: str = "JPEG", **words) -> bytes:
    """Return the bytes of a picture of soft spots: another one for each ``seed``, the same in any size.

    ``words`` (see NAMES; ``keywords`` a list) are written into the file as XMP.
    """
    spots = Image.frombytes("RGB", (12, 8), random.Random(seed).randbytes(12 * 8 * 3))
    options = {"xmp": packet(**words)} if words else {}
    buffer = io.BytesIO()
    spots.resize(size, Image.Resampling.BICUBIC).save(buffer, image_format, quality=quality, **options)
    return buffer.getvalue()


def packet(**words) -> bytes:
    """Return an XMP packet that says ``words``."""
    fields = []
    for name, value in words.items():
        entries = value if isinstance(value, list) else [value]
        items = "".join(f"<rdf:li>{escape(entry)}</rdf:li>" for entry in entries)
        bag = name in {"caption", "copyright", "byline", "keywords"}
        inside = f"<rdf:Bag>{items}</rdf:Bag>" if bag else escape(value)
        fields.append(f"<{NAMES[name]}>{inside}</{NAMES[name]}>")
    return XMP.format(fields="".join(fields)).encode()
