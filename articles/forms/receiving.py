"""How the parts of a large upload are received: into a file without a name, never into memory."""

import io
from contextlib import suppress

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from ..videos import unnamed_file


class Received(UploadedFile):
    """An upload. ``fault`` is what kept the disk from taking all of it; ``size`` counts every byte that came."""

    fault: OSError | None = None


class StreamHandler(FileUploadHandler):
    """Writes each file into one without a name: a process that is killed leaves nothing.

    Bytes beyond ``most``, and those behind a fault of the disk, are counted and thrown away, so that the
    form comes back with all that was typed and a sentence.
    """

    def __init__(self, request=None, *, most: int) -> None:
        super().__init__(request)
        self.most = most

    def new_file(self, *args, **kwargs) -> None:
        super().new_file(*args, **kwargs)
        self.count, self.fault = 0, None
        self.file = unnamed_file()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.count += len(raw_data)
        if self.count <= self.most and self.fault is None:
            try:
                self.file.write(raw_data)
            except OSError as error:
                self.give_up(error)

    def file_complete(self, file_size: int) -> Received:
        try:
            self.file.seek(0)  # writes what is still waiting
        except OSError as error:
            self.give_up(error)
        received = Received(
            self.file, self.file_name, self.content_type, self.count, self.charset, self.content_type_extra
        )
        received.fault = self.fault
        return received

    def give_up(self, fault: OSError) -> None:
        """Go on with an empty file; what waits to be written would fail again when this one is closed."""
        self.fault = fault
        with suppress(OSError):
            self.file.close()
        self.file = io.BytesIO()

    def upload_interrupted(self) -> None:
        self.file.close()
