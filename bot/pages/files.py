"""A document as the file that it is made for."""

from bot.changes import Document
from bot.pages.export import data_file
from bot.pages.keepsake import booklet
from bot.ports import Attachment
from bot.words.voice import Voice


def file_of(document: Document, voice: Voice) -> Attachment:
    """The file, in its reader's words."""
    return booklet(document, voice) if document.form == "keepsake" else data_file(document, voice)
