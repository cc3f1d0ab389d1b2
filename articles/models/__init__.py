"""What a story is made of."""

from .article import Article, RelatedArticle
from .correction import Correction
from .log import StateChange
from .photo import Photo, Placement
from .reporter import Byline, Reporter
from .section import Section, Series, Source
from .sidebar import BlockPin, Sidebar, SidebarBlock
from .tag import TaggedArticle

__all__ = [
    "Article",
    "BlockPin",
    "Byline",
    "Correction",
    "Photo",
    "Placement",
    "RelatedArticle",
    "Reporter",
    "Section",
    "Series",
    "Sidebar",
    "SidebarBlock",
    "Source",
    "StateChange",
    "TaggedArticle",
]
