"""The front page and the fronts of sections."""


def home(request):
    """The front page."""


def section(request, slug):
    """A section."""
