"""The main text of a web page, by trafilatura: no menus, scripts or entities."""

from __future__ import annotations

import logging

from tollbook.errors import DocumentError

INSTALL = "pip install 'tollbook[html]'"


def main_text(page: str, doc: str) -> str:
    """The main text of a page.

    Args:
        page: its HTML.
        doc: id of the document, for messages.

    Returns:
        Paragraphs with an empty line between them.

    Raises:
        DocumentError: trafilatura is not installed, or finds no main text.
    """
    try:
        import trafilatura
    except ImportError:
        raise DocumentError(doc, "reading HTML needs the package trafilatura", INSTALL) from None
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    text = trafilatura.extract(
        page, include_comments=False, include_tables=True, favor_recall=True, deduplicate=False
    )
    if not text or text.isspace():
        raise DocumentError(doc, "no main text found in this page", "save the article as text")
    # one line a paragraph is what it gives; the layout stage looks for empty lines
    return "\n\n".join(line for line in text.splitlines() if line.strip())
