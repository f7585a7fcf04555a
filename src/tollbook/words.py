"""A Doc as plain parallel lists, which Python reads many times faster than Token objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from spacy.tokens import Doc

_EDGES: Final = "“”\"'‘’„«»*•–—-_#"
_DASHES: Final = frozenset("–—‐‑‒−")
_QUOTES: Final = frozenset("“”\"'‘’„«»`")

# Every stage reads the same lists; they are made once a Doc and go when the Doc goes.
_known: WeakKeyDictionary[Doc, Words] = WeakKeyDictionary()


class Words:
    """The tokens of a Doc as lists, one entry a token.

    Attributes:
        raw: text of each token.
        low: the word to look up: lower case, without quotes, bullets or dashes at its edges;
            the mended word where the normaliser has put one together, and the empty string
            for quotes, for blanks and for the further tokens of a mended word.
        start: character offset where each token begins.
        end: character offset where each token ends (exclusive).
        space: True where white space follows, or the token is white space itself.

    >>> import spacy
    >>> words = Words.of(spacy.blank("en")("“Nearly 25” members"))
    >>> words.low, words.start[2]
    (['', 'nearly', '25', '', 'members'], 8)
    """

    __slots__ = ("end", "low", "raw", "space", "start")

    def __init__(
        self,
        raw: list[str],
        low: list[str],
        start: list[int],
        end: list[int],
        space: list[bool],
    ) -> None:
        self.raw, self.low, self.start, self.end, self.space = raw, low, start, end, space

    def __len__(self) -> int:
        return len(self.raw)

    @classmethod
    def of(cls, doc: Doc) -> Words:
        """The words of a Doc, read at the first call and kept while the Doc lives."""
        words = _known.get(doc)
        if words is None or len(words) != len(doc):
            words = _known[doc] = cls._read(doc)
        return words

    @classmethod
    def _read(cls, doc: Doc) -> Words:
        raw, low, start, end, space = [], [], [], [], []
        for token in doc:
            text = token.text
            offset = token.idx
            raw.append(text)
            start.append(offset)
            end.append(offset + len(text))
            if text.isspace():
                # spaCy makes tokens of all blanks but single spaces; only line ends mean anything
                low.append(text if "\n" in text or "\r" in text else "")
                space.append(True)
                if len(space) > 1:
                    space[-2] = True
            else:
                if len(low) > 1 and not low[-1] and text.isdigit() and low[-2].isdigit():
                    # "1 270" with a hard space is one figure
                    low[-1] = raw[-2]
                if len(low) > 1 and low[-1] in _DASHES and text[0].isalpha():
                    if not space[-1] and not space[-2] and low[-2][-1:].isalpha():
                        # a dash inside a word is a hyphen
                        low[-1] = "-"
                low.append(_word(text))
                space.append(bool(token.whitespace_))
        words = cls(raw, low, start, end, space)
        for span in doc.spans.get("normalised", ()):
            words.mend(span.start, span.end, span[0].norm_)
        return words

    def mend(self, start: int, end: int, word: str) -> None:
        """Read the tokens from `start` to `end` (exclusive) as one word."""
        self.low[start] = word
        for index in range(start + 1, end):
            self.low[index] = ""


def _word(text: str) -> str:
    if text.isalnum():
        return text.lower()
    if len(text) == 1:
        return "" if text in _QUOTES else text
    bare = text.strip(_EDGES)
    return (bare or text).lower()
