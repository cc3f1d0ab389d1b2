"""The forms of the desk's pages for stories and photos."""

from .photos import PhotoFileField, PhotoForm
from .story import ArticleForm

__all__ = ["ArticleForm", "PhotoFileField", "PhotoForm"]
