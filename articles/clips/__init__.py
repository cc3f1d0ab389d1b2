"""Uploaded videos and their captions: what a file is, and what of it readers may get. Without ORM.

``inspect`` judges an MP4 or QuickTime file, ``cleaned`` copies it without what the camera wrote about
its owner, ``clean_captions`` makes safe WebVTT of a captions file. All raise ``VideoFileError``.
"""

from .captions import clean_captions
from .clean import cleaned
from .errors import VideoFileError
from .mp4 import Clip, inspect

__all__ = ["Clip", "VideoFileError", "clean_captions", "cleaned", "inspect"]
