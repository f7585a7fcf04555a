"""A Doc as plain parallel lists, which Python reads many times faster than Token objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_EDGES: Final = "“”\"'‘’„«»*•–—-_#"
_DASHES: Final = frozenset("–—‐‑‒−")
_HARD_SPACES: Final = frozenset("\u00a0\u202f\u2009\u2007\u2008\u2002\u2003")
_QUOTES: Final = frozenset("“”\"'‘’„«»`")

# Every stage reads the same lists; they are made once a Doc and go when the Doc goes.
_known: WeakKeyDictionary[Doc, Words] = WeakKeyDictionary()


class Words:
    """The words of a Doc as lists, one entry a word.

    A word is a token that holds more than blanks; spaCy makes a token of every blank that is
    not a single space, and only those with a line end mean anything here. So the number of a
    word is not always the number of its token: `token` leads back.

    Attributes:
        raw: text of each word.
        low: what to look up: lower case, without quotes, bullets or dashes at its edges; the
            mended word where the normaliser has put one together, and the empty string for
            quotes and for the further tokens of a mended word.
        start: character offset where each word begins.
        end: character offset where each word ends (exclusive).
        space: True where white space follows, or the word is a line end.
        token: index of the token of each word.
        text: the text of the Doc.
        tokens: number of tokens of the Doc.

    >>> import spacy
    >>> words = Words.of(spacy.blank("en")("“Nearly  25” members"))
    >>> words.low, words.start[2], words.token[2]
    (['', 'nearly', '25', '', 'members'], 9, 3)
    """

    __slots__ = ("end", "low", "raw", "space", "start", "text", "token", "tokens")

    def __init__(
        self,
        raw: list[str],
        low: list[str],
        start: list[int],
        end: list[int],
        space: list[bool],
        token: list[int],
        tokens: int,
        text: str,
    ) -> None:
        self.raw, self.low, self.start, self.end, self.space = raw, low, start, end, space
        self.token, self.tokens, self.text = token, tokens, text

    def __len__(self) -> int:
        return len(self.raw)

    @classmethod
    def of(cls, doc: Doc) -> Words:
        """The words of a Doc, read at the first call and kept while the Doc lives."""
        words = _known.get(doc)
        if words is None or words.tokens != len(doc):
            # another component may have merged or split tokens since
            words = _known[doc] = cls._read(doc)
        return words

    @classmethod
    def _read(cls, doc: Doc) -> Words:
        raw: list[str] = []
        low: list[str] = []
        start: list[int] = []
        end: list[int] = []
        space: list[bool] = []
        token: list[int] = []
        whole: list[str] = []
        for index, item in enumerate(doc):
            text = item.text
            blank = item.whitespace_
            whole.append(text)
            whole.append(blank)
            if text.isspace():
                line_end = "\n" in text or "\r" in text
                if space:
                    space[-1] = True
                if not line_end:
                    if not (raw and raw[-1].isdigit() and text in _HARD_SPACES):
                        continue
                    # kept for the moment: "1 270" with a hard space is one figure
                low.append(text)
                space.append(True)
            else:
                if low and low[-1] in _HARD_SPACES and not text[0].isdigit():
                    for values in (raw, low, start, end, space, token):
                        values.pop()
                if low and low[-1] in _DASHES and text[0].isalpha():
                    # a dash inside a word is a hyphen
                    inside = len(low) > 1 and not space[-1] and not space[-2]
                    if inside and low[-2][-1:].isalpha():
                        low[-1] = "-"
                low.append(_word(text))
                space.append(bool(blank))
            raw.append(text)
            start.append(item.idx)
            end.append(item.idx + len(text))
            token.append(index)
        words = cls(raw, low, start, end, space, token, len(doc), "".join(whole))
        if "normalised" in doc.spans:
            place = {index: number for number, index in enumerate(token)}
            for span in doc.spans["normalised"]:
                words.mend(place[span.start], place[span.end - 1] + 1, span[0].norm_)
        return words

    def mend(self, start: int, end: int, word: str) -> None:
        """Read the words from `start` to `end` (exclusive) as one word."""
        self.low[start] = word
        for index in range(start + 1, end):
            self.low[index] = ""

    def span(self, doc: Doc, start: int, end: int, label: str, span_id: str = "") -> Span:
        """The words from `start` to `end` (exclusive) as a Span of their Doc."""
        # not at the top: the command line answers --help without loading spaCy
        from spacy.tokens import Span

        return Span(doc, self.token[start], self.token[end - 1] + 1, label=label, span_id=span_id)


def _word(text: str) -> str:
    if text.isalnum():
        return text.lower()
    if len(text) == 1:
        return "" if text in _QUOTES else text
    bare = text.strip(_EDGES)
    return (bare or text).lower()
