"""Errors that the verbs and the photo code raise; each carries a sentence for the person who caused it."""

from django.core.exceptions import PermissionDenied, ValidationError


class NotReady(ValidationError):
    """The story lacks something that the verb needs; ``message_dict`` or ``messages`` say what."""


class WrongState(ValidationError):
    """The verb cannot be used in the state the story is in."""


class NotAllowed(PermissionDenied):
    """The person may not use the verb on this story."""


class PhotoFileError(ValidationError):
    """A photo file cannot be read as a picture, or is too large to be opened safely."""


class Immutable(TypeError):
    """Something that is kept for ever was to be changed: a mistake of the program."""
