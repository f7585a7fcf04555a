"""Figures with a stroke between them under a header that names two measures: ``143 (38/105)``.

The tokenizer leaves ``38/105`` whole, as it must: most such tokens are dates. Under a header like
``killed/injured`` they are two figures, and have to be two tokens to be two spans.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbook.grammar.columns import ENDS
from tollbook.rules.topics import topics

if TYPE_CHECKING:
    from spacy.tokens import Doc


def take_apart(doc: Doc) -> None:
    """Split ``38/105`` in three tokens where an earlier header names the measure of each figure.

    Args:
        doc: its tokens are changed; its text is not.

    >>> from tollbook.language import BulletinEnglish
    >>> doc = BulletinEnglish()("Since 4/17, killed/injured: Homs 38/105")
    >>> take_apart(doc)
    >>> [token.text for token in doc]
    ['Since', '4/17', ',', 'killed', '/', 'injured', ':', 'Homs', '38', '/', '105']
    """
    if "/" not in doc.text:
        return
    known = topics()
    rows = []
    header = False
    for token in doc[1:-1] if len(doc) > 2 else ():
        if token.text == "/" and not header:
            names = (token.nbor(-1).lower_, token.nbor(1).lower_)
            header = all(name in known for name in names) and _ends(doc, token.i + 2)
        elif header and _is_pair(token.text):
            rows.append(token)
    if header and _is_pair(doc[-1].text):
        rows.append(doc[-1])
    if not rows:
        return
    with doc.retokenize() as retokenizer:
        for token in rows:
            first, second = token.text.split("/")
            retokenizer.split(token, [first, "/", second], heads=[(token, 0)] * 3)


def _ends(doc: Doc, at: int) -> bool:
    """Whether a header ends before the token at `at`: a sentence would go on with a word."""
    return at >= len(doc) or doc[at].is_space or doc[at].text in ENDS


def _is_pair(text: str) -> bool:
    """Whether a token is two whole numbers with a stroke between them."""
    first, stroke, second = text.partition("/")
    return bool(stroke) and first.isdecimal() and second.isdecimal()
