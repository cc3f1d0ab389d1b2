"""Writing renditions: JPEG and AVIF without anything of the camera's, with credit and copyright. No ORM.

Both are said in an XMP packet (ISO 16684-1), which JPEG and AVIF hold as plain bytes. Every packet has the same
length, so that other words are written over them without encoding a picture again.
"""

import io
import re
from xml.sax.saxutils import escape

from PIL import Image

from .ladder import AVIF, JPEG

# JPEG q80 is the measure: AVIF of quality 63 looks the same with two thirds of the bytes (bench/photos.py).
OPTIONS = {
    JPEG: {"format": "JPEG", "quality": 80, "progressive": True, "optimize": True},
    # One thread: an upload does not take the machine away from readers.
    AVIF: {"format": "AVIF", "quality": 63, "max_threads": 1},
}
# Speed 8 takes four times as long as 9 for half a decibel: worth it for what phones show as large as they can.
SLOW, QUICK = 8, 9
BEGIN = b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>'
END = b'<?xpacket end="w"?>'
WORDS = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">'
    "<photoshop:Credit>{credit}</photoshop:Credit>"
    '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{copyright}</rdf:li></rdf:Alt></dc:rights>'
    "</rdf:Description></rdf:RDF></x:xmpmeta>"
)
# Bytes that they may take, marks such as & written out; a syllable of Hangul has three.
MOST_CREDIT, MOST_COPYRIGHT = 150, 180
LENGTH = len(BEGIN) + len(WORDS.format(credit="", copyright="")) + MOST_CREDIT + MOST_COPYRIGHT + len(END)
PACKET = re.compile(re.escape(BEGIN) + rb".*?" + re.escape(END), re.DOTALL)


def fitting(words: str, most: int) -> str:
    """Return ``words`` for XML, cut to ``most`` bytes of UTF-8 at a character."""
    while len(text := escape(words).encode()) > most:
        words = words[:-1]
    return text.decode()


def rights_packet(credit: str, copyright_notice: str) -> bytes:
    """Return the XMP packet with the words; always ``LENGTH`` bytes, padded with spaces before its end."""
    words = WORDS.format(
        credit=fitting(credit, MOST_CREDIT), copyright=fitting(copyright_notice, MOST_COPYRIGHT)
    )
    content = BEGIN + words.encode()
    return content + b" " * (LENGTH - len(content) - len(END)) + END


def encoded(picture: Image.Image, kind: str, packet: bytes, *, quick: bool = False) -> bytes:
    """Return ``picture`` (RGB) as ``kind`` ("jpg" or "avif") with the packet and no other metadata.

    ``quick`` gives up a little quality for time; it makes no difference to JPEG.
    """
    buffer = io.BytesIO()
    plain = Image.frombytes("RGB", picture.size, picture.tobytes())
    speed = {"speed": QUICK if quick else SLOW} if kind == AVIF else {}
    plain.save(buffer, xmp=packet, **OPTIONS[kind], **speed)
    return buffer.getvalue()


def with_rights(data: bytes, packet: bytes) -> bytes:
    """Return an encoded rendition with another packet; as it is where it holds none of ours."""
    return PACKET.sub(lambda found: packet if len(found[0]) == LENGTH else found[0], data, count=1)
