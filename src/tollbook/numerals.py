"""Number words and digits to values: pure functions, no spaCy.

A run of number words below one thousand is read by word2number, which is right there and
wrong beyond; scales (thousand, lakh, million), hundreds of more than nine, dozens, halves,
separators and the limits of a run are our own grammar.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

HYPHENS: Final = "-\u00ad\u2010\u2011\u2012\u2013\u2014\u2212"
"""Every sign that may stand for a hyphen in ``twenty-five`` or ``10-15``."""

GROUP_SPACES: Final = frozenset("\u00a0\u202f\u2009\u2007\u2008\u2002\u2003")
"""Spaces that separate thousands and nothing else: ``1 270`` with a thin or no-break space."""

_TEENS: Final = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen"),
    *("sixteen", "seventeen", "eighteen", "nineteen"),
)
_TIES: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_UNITS: Final = {word: value for value, word in enumerate(_TEENS, start=1)}
_TENS: Final = {word: value * 10 for value, word in enumerate(_TIES, start=2)}
_SPELLINGS: Final = {"fourty": "forty", "ninty": "ninety", "fourtheen": "fourteen"}
_SCALES: Final = {
    "thousand": 1_000,
    "thousands": 1_000,
    "lakh": 100_000,
    "lakhs": 100_000,
    "lac": 100_000,
    "lacs": 100_000,
    "million": 1_000_000,
    "mln": 1_000_000,
    "mn": 1_000_000,
    "crore": 10_000_000,
    "crores": 10_000_000,
    "billion": 1_000_000_000,
}
_AFTER_DIGITS: Final = _SCALES | {"k": 1_000, "hundred": 100}
_DOZENS: Final = frozenset(("dozen", "dozens"))
_NOT_AFTER_WORDS: Final = frozenset(("thousands", "mln", "mn"))
_HEADS: Final = frozenset(_SCALES) | _DOZENS | {"hundred"}

SCALES: Final = _SCALES | {"hundred": 100, "dozen": 12, "dozens": 12}
"""Words that multiply the number before them."""

NUMBER_WORDS: Final = frozenset((*_UNITS, *_TENS, *_SPELLINGS, "hundred", "dozen", "half"))
"""The words that a number in words can begin with, but for ``a`` and ``an``."""

_BARE_HEADS: Final = frozenset(("hundred", "dozen"))
_OPENERS: Final = NUMBER_WORDS | {"a", "an"}
_LONGEST: Final = 12
_GROUPED: Final = re.compile(
    r"\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}|\d{1,3}(?:['’]\d{3})+|\d{1,3}(?:\.\d{3}){2,}"
    r"|[1-9]\d{0,2}\.\d{3}"
)
_DECIMAL: Final = re.compile(r"\d{1,9}[.·]\d{1,6}|\d{1,3}(?:,\d{3})+\.\d{1,3}|\d{1,3},\d{1,2}")
_COMMA: Final = re.compile(r"\d{1,3},\d{1,2}")
_KILO: Final = re.compile(r"(\d{1,4}(?:\.\d{1,2})?)k", re.IGNORECASE)
_SPLIT: Final = re.compile(f"[{HYPHENS}]")
_SEPARATORS: Final = str.maketrans("", "", ",.'’")


class Numeral(NamedTuple):
    """A number that was read from a list of words.

    Args:
        value: its value; None where it is not whole (``5.56``).
        end: index after its last word.
        digits: True when it begins with digits.
    """

    value: int | None
    end: int
    digits: bool


@lru_cache(maxsize=16384)
def digits(text: str) -> int | None:
    """Value of digits with or without separators; None when `text` is no whole number.

    A single dot before exactly three digits is a separator of thousands, as no one counts
    people in thousandths; `read` takes it for a decimal point where a scale word follows.

    Args:
        text: one word, e.g. ``1,300``.

    >>> digits("1,300"), digits("98500"), digits("1.270"), digits("1.2"), digits("5th")
    (1300, 98500, 1270, None, None)
    """
    if not text.isascii() and "’" not in text:
        return None
    if text.isdigit():
        return int(text) if len(text) <= _LONGEST else None
    if _GROUPED.fullmatch(text):
        return int(text.translate(_SEPARATORS))
    kilo = _KILO.fullmatch(text)
    if kilo:
        return _whole(Decimal(kilo[1]) * 1_000)
    return None


@lru_cache(maxsize=1024)
def _decimal(text: str) -> Decimal | None:
    if text.endswith("½") and text[:-1].isdecimal() and len(text) <= _LONGEST:
        return Decimal(text[:-1]) + Decimal("0.5")
    if not _DECIMAL.fullmatch(text):
        return None
    if _COMMA.fullmatch(text):
        return Decimal(text.replace(",", "."))
    return Decimal(text.replace(",", "").replace("·", "."))


@lru_cache(maxsize=4096)
def below_thousand(words: tuple[str, ...]) -> int | None:
    """Value of a run of number words below one thousand, read by word2number.

    Args:
        words: lower-case number words without ``and`` and hyphens.

    >>> below_thousand(("nine", "hundred", "forty", "two")), below_thousand(("hundred", "ten"))
    (942, 110)
    """
    from word2number import w2n  # type: ignore[import-untyped]

    known = [_SPELLINGS.get(word, word) for word in words]
    if known[:1] == ["hundred"]:
        known.insert(0, "one")
    try:
        value = w2n.word_to_num(" ".join(known))
    except ValueError:
        return None
    return value if isinstance(value, int) and 0 <= value < 1_000 else None


def number(text: str) -> int | None:
    """Value of a whole text that is one number; None otherwise.

    Args:
        text: e.g. ``five thousand, six hundred and two``.

    >>> number("Twenty‑five"), number("a hundred and ten"), number("1.2 million")
    (25, 110, 1200000)
    >>> number("two dozen"), number("half a million"), number("seven and two")
    (24, 500000, None)
    """
    words = re.findall(r"[^\W_]+(?:[.,'’·]\d+)*|[^\w\s]|[\u00a0\u202f\u2009]", text.lower())
    found = read(words) if words else None
    return found.value if found and found.end == len(words) else None


def read(words: Sequence[str], start: int = 0, *, grouped: bool = True) -> Numeral | None:
    """Read the longest number that begins at `start`.

    Args:
        words: lower-case words; hyphens inside words may be words of their own.
        start: index where the number must begin.
        grouped: False when ``1 270`` with a plain space is to be read as 1, not as 1270.

    Returns:
        The number, or None when no number begins there.

    >>> read("five thousand , six hundred were killed".split())
    Numeral(value=5600, end=5, digits=False)
    >>> read("seven and two wounded".split())
    Numeral(value=7, end=1, digits=False)
    >>> read(["1", "270", "people"]), read(["a", "child"])
    (Numeral(value=1270, end=2, digits=True), None)
    """
    first = words[start]
    if "0" <= first < ":":
        return _read_digits(words, start, grouped)
    if first in _OPENERS or (not first.isalnum() and _compound(first)):
        return _read_words(words, start)
    return None


def _read_digits(words: Sequence[str], start: int, grouped: bool) -> Numeral | None:
    text = words[start]
    value = digits(text)
    index = start + 1
    decimal = None if text.isdigit() else _decimal(text)
    if value is None and decimal is None:
        return None
    if index >= len(words):
        return Numeral(value, index, True)
    if value is not None and len(text) <= 3 and text.isdigit() and text[0] != "0":
        value, index = _spaced(words, value, index, grouped)
    scale = _AFTER_DIGITS.get(_word(words, index))
    if scale is not None:
        value = _whole((decimal if decimal is not None else Decimal(value or 0)) * scale)
        index += 1
        if value is not None and scale > 1_000 and _word(words, index)[:1].isdigit():
            more = _read_digits(words, index, grouped)
            # "2 million 300 thousand": only with a smaller scale word of its own
            if more and more.value and more.value < scale and more.end == index + 2:
                value, index = value + more.value, more.end
    elif _word(words, index) in _DOZENS and value is not None:
        value, index = value * 12, index + 1
    return Numeral(value, index, True)


def _spaced(words: Sequence[str], value: int, index: int, grouped: bool) -> tuple[int, int]:
    while True:
        at = index
        if _word(words, at) in GROUP_SPACES:
            at += 1
        elif not grouped:
            return value, index
        group = _word(words, at)
        if len(group) != 3 or not group.isascii() or not group.isdigit() or value > 10**9:
            return value, index
        value, index = value * 1_000 + int(group), at + 1


def _read_words(words: Sequence[str], start: int) -> Numeral | None:
    index = start
    head = words[index]
    if head.startswith("half"):
        return _read_half(words, index)
    total, limit, found = 0, 10**15, False
    heads = _BARE_HEADS
    if head in ("a", "an"):
        index += 1
        if _word(words, index) == "half":
            return _read_half(words, index)
        heads = _HEADS
        if _word(words, index) not in heads:
            return None
    end = index
    while True:
        at = index if not found else _joint(words, index, limit)
        if at < 0:
            break
        group, after, bare = _read_group(words, at)
        if group is None and _word(words, at) in heads and not found:
            group, after = 1, at
        if group is None:
            break
        at_scale = after + 1 if _is_hyphen(_word(words, after)) else after
        word = _word(words, at_scale)
        scale = _SCALES.get(word)
        if scale is not None and not (found and word in _NOT_AFTER_WORDS):
            if scale >= limit:
                break
            total, limit, found = total + group * scale, scale, True
            end = index = at_scale + 1
            continue
        if word in _DOZENS and not found:
            return Numeral(group * 12, at_scale + 1, False)
        if not found and _words_at(words, after, "and", "a", "half"):
            scale = _SCALES.get(_word(words, after + 3))
            if scale is not None:
                return Numeral(group * scale + scale // 2, after + 4, False)
        if group >= limit or (found and index != at and bare and _word(words, index) == ","):
            break
        total, end, found = total + group, after, True
        break
    return Numeral(total, end, False) if found else None


def _joint(words: Sequence[str], index: int, limit: int) -> int:
    """Index where a number goes on after a scale word; -1 where it does not."""
    word = _word(words, index)
    if word in (",", "and") or _is_hyphen(word):
        at = index + 1
        if word == "," and _word(words, at) == "and":
            at += 1
        group, after, bare = _read_group(words, at)
        if group is None or group >= limit:
            return -1
        scale = _SCALES.get(_word(words, after))
        if scale is not None:
            return at if scale < limit else -1
        if word == "," and bare and at == index + 1:
            return -1
        return -1 if _word(words, after) in _DOZENS else at
    return index


def _read_group(words: Sequence[str], start: int) -> tuple[int | None, int, bool]:
    """Read up to ``ninety-nine hundred and ninety-nine``.

    Returns:
        The value (None: no group), the index after it, True when it has no ``hundred``.
    """
    run, index = _read_small(words, start)
    at = index + 1 if run and _is_hyphen(_word(words, index)) else index
    if _word(words, at) != "hundred":
        return (below_thousand(run) if run else None), index, True
    hundreds = (below_thousand(run) if run else 1) or 0
    index = at + 1
    joint = _word(words, index)
    at = index + 1 if joint == "and" or _is_hyphen(joint) else index
    tail, after = _read_small(words, at)
    # "one hundred and two hundred" is two numbers, "one hundred and two thousand" is one
    if at != index and _word(words, after) in ("hundred", *_DOZENS):
        tail = ()
    if not tail:
        return hundreds * 100, index, False
    if hundreds < 10:
        return below_thousand((*(run or ("one",)), "hundred", *tail)), after, False
    return hundreds * 100 + (below_thousand(tail) or 0), after, False


def _read_small(words: Sequence[str], start: int) -> tuple[tuple[str, ...], int]:
    """Read the words of a number below one hundred."""
    word = _word(words, start)
    word = _SPELLINGS.get(word, word)
    if word in _UNITS:
        return (word,), start + 1
    if word in _TENS:
        at = start + 1
        if _is_hyphen(_word(words, at)):
            at += 1
        unit = _word(words, at)
        if _UNITS.get(unit, 10) < 10:
            return (word, unit), at + 1
        return (word,), start + 1
    compound = _compound(word)
    return (compound, start + 1) if compound else ((), start)


@lru_cache(maxsize=4096)
def _compound(word: str) -> tuple[str, ...]:
    """The words of ``twenty-five`` (or ``half-a-dozen``) written as one word."""
    if word.isalnum():
        return ()
    tens, *rest = _SPLIT.split(word)
    if tens == "half":
        return (word,) if rest and rest[-1] in _DOZENS else ()
    if len(rest) != 1:
        return ()
    unit = rest[0]
    tens = _SPELLINGS.get(tens, tens)
    return (tens, unit) if tens in _TENS and _UNITS.get(unit, 10) < 10 else ()


def _read_half(words: Sequence[str], start: int) -> Numeral | None:
    index = start + 1
    if words[start] != "half":
        return Numeral(6, index, False)
    if _is_hyphen(_word(words, index)):
        index += 1
    if _word(words, index) in ("a", "an"):
        index += 1
        if _is_hyphen(_word(words, index)):
            index += 1
    word = _word(words, index)
    if word in _DOZENS:
        return Numeral(6, index + 1, False)
    scale = _SCALES.get(word)
    return Numeral(scale // 2, index + 1, False) if scale else None


def _word(words: Sequence[str], index: int) -> str:
    return words[index] if index < len(words) else ""


def _words_at(words: Sequence[str], index: int, *expected: str) -> bool:
    return all(_word(words, index + step) == word for step, word in enumerate(expected))


def _is_hyphen(word: str) -> bool:
    return len(word) == 1 and word in HYPHENS


def _whole(value: Decimal) -> int | None:
    return int(value) if value == value.to_integral_value() else None
