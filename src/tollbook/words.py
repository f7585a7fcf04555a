"""A Doc as plain parallel lists, which Python reads many times faster than Token objects."""

from __future__ import annotations

from itertools import accumulate, compress
from operator import add
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_EDGES: Final = "“”\"'‘’„«»*•–—-_#"
_DASHES: Final = frozenset("–—‐‑‒−")
_HARD_SPACES: Final = frozenset("\u00a0\u202f\u2009\u2007\u2008\u2002\u2003")
_QUOTES: Final = frozenset("“”\"'‘’„«»`")

_BLANK, _LINE_END, _DASH = 1, 2, 3
_Entry = tuple[str, str, int]
# Text, look-up form and kind of every form met, by the hash that spaCy gives it.
_entries: dict[int, _Entry] = {}
_MOST: Final = 200_000

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
        # read from arrays: an object for each token would take twice the time of all else here
        forms = doc.to_array("ORTH").tolist()
        space = doc.to_array("SPACY").astype(bool).tolist()
        known = _forms_of(doc, forms)
        entries = list(map(known.__getitem__, forms))
        raw = [entry[0] for entry in entries]
        low = [entry[1] for entry in entries]
        text = "".join(
            [word + " " if after else word for word, after in zip(raw, space, strict=True)]
        )
        sizes = list(map(len, raw))
        start = list(accumulate(map(add, sizes, space), initial=0))
        start.pop()
        end = list(map(add, start, sizes))
        token = list(range(len(raw)))
        odd = [index for index, entry in enumerate(entries) if entry[2]]
        if odd:
            kinds = {index: entries[index][2] for index in odd}
            _hyphens(raw, low, space, kinds)
            gone = _blanks(raw, space, kinds)
            if gone:
                kept = [index not in gone for index in token]
                raw, low, start, end, space, token = (
                    list(compress(values, kept)) for values in (raw, low, start, end, space, token)
                )
        words = cls(raw, low, start, end, space, token, len(doc), text)
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


def _forms_of(doc: Doc, forms: list[int]) -> dict[int, _Entry]:
    """Text, look-up form and kind of each form of a Doc, by its hash."""
    global _entries
    if len(_entries) > _MOST:
        # replaced, not emptied: another thread may be reading it
        _entries = {}
    known = _entries
    strings = doc.vocab.strings
    for form in set(forms).difference(known):
        text = strings[form]
        if text.isspace():
            kind = _LINE_END if "\n" in text or "\r" in text else _BLANK
            known[form] = text, text, kind
        else:
            known[form] = text, _word(text), _DASH if text in _DASHES else 0
    return known


def _hyphens(raw: list[str], low: list[str], space: list[bool], kinds: dict[int, int]) -> None:
    """Read a dash inside a word as a hyphen."""
    for index, kind in kinds.items():
        if (
            kind == _DASH
            and 0 < index < len(raw) - 1
            and not space[index]
            and not space[index - 1]
            and raw[index + 1][0].isalpha()
            and low[index - 1][-1:].isalpha()
        ):
            low[index] = "-"


def _blanks(raw: list[str], space: list[bool], kinds: dict[int, int]) -> set[int]:
    """Note the blanks as space after the word before; which of them are left out."""
    gone: set[int] = set()
    for index, kind in kinds.items():
        if kind == _DASH:
            continue
        if index:
            space[index - 1] = True
        space[index] = True
        if kind == _BLANK and not _inside_figure(raw, kinds, gone, index):
            gone.add(index)
    return gone


def _inside_figure(raw: list[str], kinds: dict[int, int], gone: set[int], index: int) -> bool:
    """True for the hard space of "1 270"; one before a line end or the end is kept too."""
    before = index - 1
    while before in gone:
        before -= 1
    if before < 0 or not raw[before].isdigit() or raw[index] not in _HARD_SPACES:
        return False
    after = index + 1
    while kinds.get(after) == _BLANK:
        after += 1
    return after == len(raw) or kinds.get(after) == _LINE_END or raw[after][0].isdigit()


def _word(text: str) -> str:
    if text.isalnum():
        return text.lower()
    if len(text) == 1:
        return "" if text in _QUOTES else text
    bare = text.strip(_EDGES)
    return (bare or text).lower()
