"""The demonstration newspaper: an invented paper that fills an empty newsroom; see ``manage.py demo``."""
