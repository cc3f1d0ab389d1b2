"""System check of the fonts."""

from django.core.checks import CheckMessage, Warning

from .fonts import can_draw


def korean_fonts(app_configs=None, **kwargs) -> list[CheckMessage]:
    """Warn where no Korean font is installed: links to stories without a photo then have no picture."""
    if can_draw():
        return []
    return [
        Warning(
            "No Korean font is installed; shared links to stories without a photo show no picture.",
            hint="Install one (Debian and Ubuntu: apt install fonts-noto-cjk) and start the newsroom anew.",
            id="newsroom_sharing.W001",
        )
    ]
