"""What a story is made of."""

from .article import Article, RelatedArticle
from .copy import WorkingCopy
from .correction import Correction
from .duty import SectionDuty
from .log import StateChange
from .photo import Photo, Placement
from .precheck import PrecheckSetting, TextMark
from .preview import PreviewLink
from .reporter import Byline, Reporter
from .revision import Revision, ScheduledChange
from .section import Section, Series, Source
from .sidebar import BlockPin, Sidebar, SidebarBlock
from .tag import TaggedArticle
from .video import Video

__all__ = [
    "Article",
    "BlockPin",
    "Byline",
    "Correction",
    "Photo",
    "Placement",
    "PrecheckSetting",
    "PreviewLink",
    "RelatedArticle",
    "Reporter",
    "Revision",
    "ScheduledChange",
    "Section",
    "SectionDuty",
    "Series",
    "Sidebar",
    "SidebarBlock",
    "Source",
    "StateChange",
    "TaggedArticle",
    "TextMark",
    "Video",
    "WorkingCopy",
]
