"""The desk's pages for stories, photos, people, sections and sidebars."""

from .article import ArticleAdmin
from .corrections import CorrectionAdmin
from .people import ReporterAdmin
from .photo import PhotoAdmin
from .prechecks import PrecheckAdmin
from .sections import SectionAdmin, SeriesAdmin, SourceAdmin
from .sidebars import SidebarAdmin, SidebarBlockAdmin
from .video import VideoAdmin

__all__ = [
    "ArticleAdmin",
    "CorrectionAdmin",
    "PhotoAdmin",
    "PrecheckAdmin",
    "ReporterAdmin",
    "SectionAdmin",
    "SeriesAdmin",
    "SidebarAdmin",
    "SidebarBlockAdmin",
    "SourceAdmin",
    "VideoAdmin",
]
