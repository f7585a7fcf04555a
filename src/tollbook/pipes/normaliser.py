"""Words broken up to pass filters (``kil*led``, ``att-ack``, ``“IS-IS”``) read as words.

Only NORM changes: the norm of the first token becomes the word, and ``doc.spans["normalised"]``
says which tokens it stands for. The text is never altered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypedDict

from spacy.language import Language
from spacy.tokens import SpanGroup

from tollbook.pipes.strokes import take_apart
from tollbook.rules.broken import MASKS, SEPARATORS, Broken, broken_words
from tollbook.words import Words

if TYPE_CHECKING:
    from spacy.tokens import Doc

GROUP: Final = "normalised"
"""Name of the span group and of the list in its attributes."""

LABEL: Final = "NORMALISED"
"""Label of the spans."""

_INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_HYPHENS: Final = "‐‑‒−"
_SIGNS: Final = frozenset(MASKS + SEPARATORS)
_PLAIN: Final = str.maketrans(dict.fromkeys(_HYPHENS, "-") | dict.fromkeys(_INVISIBLE))
_ODD: Final = frozenset(_HYPHENS + _INVISIBLE)
_SPACED: Final = frozenset("-‐‑–")
_LONGEST: Final = 25


class Mended(TypedDict):
    """Tokens (end exclusive) that stand for one word."""

    start: int
    end: int
    word: str


def find(words: Words, broken: Broken | None = None) -> list[Mended]:
    """Find the words that are broken up.

    Args:
        words: the words of the text.
        broken: the words to put together; ours when left out.

    Returns:
        Dicts in text order with ``start`` and ``end`` (token indices, end exclusive) and
        ``word``, the word they stand for.

    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> find(Words.of(nlp("3 kil*led in an att-ack by so-called “IS-IS”")))[1:]
    [{'start': 4, 'end': 7, 'word': 'attack'}, {'start': 12, 'end': 15, 'word': 'isis'}]
    """
    known = broken or broken_words()
    raw = words.raw
    found: list[Mended] = []
    free = 0
    for index in [at for at, text in enumerate(raw) if not text.isalnum()]:
        text = raw[index]
        if len(text) == 1:
            if text in _SIGNS and index > free:
                mended = _across(words, index, known)
                if mended is not None:
                    found.append(mended)
                    free = mended["end"]
        elif index >= free and not text.isspace():
            word = _inside(text, known)
            if word:
                found.append({"start": index, "end": index + 1, "word": word})
                free = index + 1
    return found


def _inside(text: str, known: Broken) -> str:
    """What a token with signs inside is to be read as; empty when it stays as it is."""
    plain = text if text.isascii() or _ODD.isdisjoint(text) else text.translate(_PLAIN)
    if 3 <= len(plain) <= _LONGEST:
        bare = plain.strip(MASKS + SEPARATORS + '“”"’‘«»')
        if (
            len(bare) > 2
            and not bare.isalpha()
            and all(char.isalpha() or char in _SIGNS for char in bare)
        ):
            word = known.read(bare)
            if word:
                return word
    return plain.lower() if plain != text and plain else ""


def _across(words: Words, index: int, known: Broken) -> Mended | None:
    """The word that the tokens around the sign at `index` are pieces of."""
    raw, space = words.raw, words.space
    start = index - 1
    if raw[start].lower() not in known.beginnings:
        return None
    letters, at, word, end = raw[start], index, "", 0
    while at + 1 < len(raw) and raw[at] in _SIGNS and raw[at + 1].isalpha():
        # "att - ack" is one word, "k . illed" is not
        if (space[at - 1] or space[at]) and not (
            raw[at] in _SPACED and space[at - 1] and space[at]
        ):
            break
        letters += raw[at + 1]
        at += 2
        whole = known.whole(letters)
        if whole:
            word, end = whole, at
        elif letters.lower() not in known.beginnings:
            break
    return {"start": start, "end": end, "word": word} if word else None


class Normaliser:
    """The component: sets ``token.norm_`` and ``doc.spans["normalised"]``.

    Args:
        nlp: the pipeline.
        name: name of the component.
        words: path of a CSV file laid over ``broken_words.csv``; empty for none.

    Raises:
        RuleError: the file does not fit its table.

    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> doc = Normaliser(nlp, "normaliser")(nlp("Two k*lled in an att-ack"))
    >>> [(span.text, span[0].norm_) for span in doc.spans["normalised"]]
    [('k*lled', 'killed'), ('att-ack', 'attack')]
    """

    def __init__(self, nlp: Language, name: str, *, words: str = "") -> None:
        self.name = name
        self.broken = broken_words(words or None)

    def __call__(self, doc: Doc) -> Doc:
        """Read the broken words of `doc`."""
        take_apart(doc)
        self.set_annotations(doc, find(Words.of(doc), self.broken))
        return doc

    def set_annotations(self, doc: Doc, mended: list[Mended]) -> None:
        """Write the norms, the span group and the words that later components read."""
        words = Words.of(doc)
        spans = []
        for item in mended:
            start, end, word = item["start"], item["end"], item["word"]
            doc[words.token[start]].norm_ = word
            words.mend(start, end, word)
            spans.append(words.span(doc, start, end, LABEL))
        doc.spans[GROUP] = SpanGroup(doc, name=GROUP, spans=spans, attrs={GROUP: mended})


@Language.factory("tollbook_normaliser")
def make_normaliser(nlp: Language, name: str, *, words: str = "") -> Normaliser:
    """Make the component; see `Normaliser` for the settings."""
    return Normaliser(nlp, name, words=words)
