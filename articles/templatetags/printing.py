"""Tags of the print page."""

import segno
from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()

STEPS = ("0", "1", "2", "3", "4")
# Clear modules around a QR code (ISO/IEC 18004).
QUIET = 4


@register.simple_tag(takes_context=True)
def print_step(context: Context) -> str:
    """Return the text size that the address asks for, "0" to "4"; «» where it asks for none or for nonsense."""
    asked = context["request"].GET.get("size", "")
    return asked if asked in STEPS else ""


@register.simple_tag
def qr(address: str) -> SafeString:
    """Return ``address`` as a QR code: an inline SVG of one path, without any style."""
    matrix = segno.make(address, error="m", micro=False).matrix
    size = len(matrix) + 2 * QUIET
    return format_html(
        '<svg class="qr" viewBox="0 0 {} {}" role="img" aria-label="{}"><path d="{}"/></svg>',
        size,
        size,
        _("QR code of the address"),
        "".join(runs(matrix)),
    )


def runs(matrix):
    """Yield the dark runs of each row of a QR matrix as commands of an SVG path."""
    for y, row in enumerate(matrix, QUIET):
        start = None
        for x, dark in enumerate((*row, 0), QUIET):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                yield f"M{start} {y}h{x - start}v1h{start - x}z"
                start = None
