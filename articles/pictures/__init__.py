"""Picture files: opening, measuring, writing and reading what is written in them. No ORM."""
