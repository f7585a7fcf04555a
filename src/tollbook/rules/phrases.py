"""How a phrase of a rule table stands in the words of a text."""

from __future__ import annotations

import re
from typing import Final

_INSIDE: Final = re.compile(r"(?<=[a-z])(-)(?=[a-z])")


def pieces(phrase: str) -> tuple[str, ...]:
    """The words of a phrase as the tokenizer cuts them: a hyphen between letters is a word.

    Args:
        phrase: words in lower case with blanks between them.

    >>> pieces("non-life-threatening wound"), pieces("ak-47")
    (('non', '-', 'life', '-', 'threatening', 'wound'), ('ak-47',))
    """
    if "-" in phrase:
        phrase = _INSIDE.sub(r" \1 ", phrase)
    return tuple(phrase.split())
