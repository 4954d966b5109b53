"""Papers read as a reader would: their text by page, their language, their tags."""

import re
from io import BytesIO

from pypdf import PdfReader


def pages_of(content):
    """The text of each page, with what was broken over lines joined by one space."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages]


def squeezed(text):
    """A text without any blanks, to find what may be broken over lines."""
    return re.sub(r"\s+", "", text)


def root_of(content):
    return PdfReader(BytesIO(content)).trailer["/Root"]


def information_of(content):
    return PdfReader(BytesIO(content)).metadata


def tags_of(content):
    """The kinds of tags, in the order of reading."""
    found = []

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif hasattr(node, "get"):
            if "/S" in node:
                found.append(node["/S"])
            if "/K" in node:
                walk(node["/K"])

    walk(root_of(content)["/StructTreeRoot"]["/K"])
    return found
