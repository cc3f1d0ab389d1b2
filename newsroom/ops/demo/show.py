"""How the commands of this app show their progress."""

# Back to the first column, and what stands in the line away.
LINE_START = "\r\x1b[K"


class Show:
    """Progress on a terminal: one line that counts up, and one line for each thing done."""

    def __init__(self, stream, *, quiet: bool = False) -> None:
        self.stream = stream
        self.quiet = quiet
        self.live = stream.isatty() and not quiet

    def part(self, name: str, number: int, total: int) -> None:
        """Count up on a terminal; elsewhere only what is done is written."""
        if self.live:
            self.stream.write(f"\r  {name}: {number:,} of {total:,}", ending="")
            self.stream.flush()

    def done(self, name: str, count: int) -> None:
        """Say that ``count`` rows were made."""
        if not self.quiet:
            start = LINE_START if self.live else ""
            self.stream.write(f"{start}  {name}: {count:,}")
            self.stream.flush()
