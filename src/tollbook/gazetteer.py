"""Names of places: how spellings are made equal, and the index that says where a name lies.

Two spellings that differ only in how a name was transliterated or typed have one key: case,
diacritics, apostrophes, hyphens, blanks, doubled letters, a final ``h`` after ``a`` and the
Arabic article do not count (`key_of`). Three sources are looked up together: the regions and
the places of the rule tables, and an index of towns made from GeoNames
(https://www.geonames.org, CC BY 4.0; see ``scripts/build_towns.py``). The codes and names of
regions are those of ISO 3166-2 as pycountry gives them (``scripts/build_regions.py``).
"""

from __future__ import annotations

import functools
import re
import threading
import unicodedata
import zlib
from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np

from tollbook.rules import places as tables
from tollbook.rules.loader import Row, RuleError, data_path

Kind = Literal["region", "town", "area", "country"]

ARTICLES: Final = frozenset(
    "al el ul ad as ash an ar at az ed es esh er ez en et adh ath ech ech".split()
)
"""Forms of the Arabic article; all but the first two only with a hyphen after them."""

ARABIC: Final = frozenset(
    "SY IQ LB IL PS YE JO EG LY TN DZ MA MR SD SS SO DJ SA AE OM QA KW BH TD IR AF PK TR "
    "ER KM ET".split()
)
"""Countries in whose names the Arabic article may be left out or put in."""

ARAB_REGIONS: Final = ARABIC - frozenset("ET ER TR AF PK IR TD KM DJ SO SS".split())
"""Countries whose regions, too, may have an article that our lists lack."""

SPELLED: Final = frozenset(
    "SY IQ LB IL PS YE UA RU TR AF PK IN MM NG ML BF NE SO SD SS ET CD CM CF MZ CO MX HT EC PH "
    "TH LY EG TD IR KE UG BI RW BD LK NP AZ AM GE ID US".split()
)
"""Countries whose places conflict reports name: all spellings of their towns are in the index."""

_OTHER_LETTERS: Final = str.maketrans(
    {
        "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ə": "a", "ǝ": "a", "ß": "ss",
        "æ": "ae", "œ": "oe", "þ": "th", "Ø": "o", "Ł": "l", "Đ": "d", "Ə": "a", "Æ": "ae",
        "Œ": "oe", "Þ": "th", "İ": "i",
    }
)  # fmt: skip
_DOUBLED: Final = re.compile(r"(.)\1+")
_NOT_WORD: Final = re.compile(r"[^\w]|_")


class _Folds(dict[str, str]):
    """Word → its letters made equal; filled as words are met."""

    def __missing__(self, word: str) -> str:
        if word.isascii():
            text = word.lower()
            if not text.isalnum():
                text = _NOT_WORD.sub("", text)
            return self._keep(word, text)
        text = unicodedata.normalize("NFKD", word.translate(_OTHER_LETTERS)).lower()
        text = _NOT_WORD.sub("", "".join(c for c in text if not unicodedata.combining(c)))
        return self._keep(word, text)

    def _keep(self, word: str, text: str) -> str:
        text = _DOUBLED.sub(r"\1", text)
        if text.endswith("ah") and len(text) > 3:
            text = text[:-1]
        if len(self) > 200_000:
            self.clear()
        self[word] = text
        return text


fold: Final = _Folds()
"""``fold[word]``: the letters of a word made equal.

>>> fold["Ma'rib"], fold["MA’RIB"], fold["Şırnak"], fold["Raqqah"]
('marib', 'marib', 'sirnak', 'raqa')
"""

_PARTS: Final = re.compile(r"[^\s\-–—/,.()&]+|-|&")


def join(key: str, part: str) -> str:
    """Add the folded word `part` to `key`; a letter doubled at the seam stands once."""
    if key and part and key[-1] == part[0]:
        return key + part[1:]
    return key + part


def split_article(name: str) -> tuple[str, bool]:
    """Key of a name, and whether it begins with an article.

    >>> split_article("Al-Raqqah"), split_article("El Paso"), split_article("Deir ez-Zor")
    (('raqa', True), ('paso', True), ('deirzor', False))
    """
    if name.isalpha():
        return fold[name], False
    parts = _PARTS.findall(name)
    key, article = "", False
    for index, part in enumerate(parts):
        if part == "-":
            continue
        if index + 1 < len(parts):
            low = part.lower()
            if low in ARTICLES and (low in ("al", "el") or parts[index + 1] == "-"):
                article = article or not key
                continue
        key = join(key, "and" if part == "&" else fold[part])
    return key, article


def key_of(name: str) -> str:
    """Key of a name: what all its spellings have in common.

    Args:
        name: a place name as a text or a table gives it.

    >>> key_of("Al-Hasakah") == key_of("al Hasaka") == key_of("HASAKAH")
    True
    >>> key_of("DeirEzzor") == key_of("Deir Ezzor") == key_of("#DeirEzzor")
    True
    """
    return split_article(name)[0]


@dataclass(frozen=True, slots=True)
class Place:
    """One reading of a name.

    Attributes:
        kind: ``region``, ``town``, ``area`` (a zone or country part without a code), ``country``.
        codes: ISO 3166-2 codes, first level.
        country: ISO 3166-1 code; empty when unknown or many.
        size: inhabitants, at least roughly; decides last.
        article: True when the name has the Arabic article in our lists.
        sure: True for a name of the rule tables, which a reader of reports would know.
        weak: True for a name that needs a word such as "province" beside it.
        short: True for an abbreviation that needs a comma before it.
        common: True when the name is an ordinary word or a person's name too.
        district: True for a second-level division.
        other: True for a spelling quite unlike the place's own name.
    """

    kind: Kind
    codes: tuple[str, ...]
    country: str
    size: int = 0
    article: bool = False
    sure: bool = False
    weak: bool = False
    short: bool = False
    common: bool = False
    district: bool = False
    other: bool = False


Node = tuple[tuple[Place, ...], bool]
"""Readings of a key, and whether a longer key begins with it."""

CODE: Final = r"[A-Z]{2}-[A-Z0-9]{1,3}"
"""Form of an ISO 3166-2 code."""

_SIZES: Final = {"region": 2_000_000, "town": 40_000, "area": 3_000_000, "country": 20_000_000}


_HEAD: Final = 8
_TAB: Final = 9


class Towns:
    """The towns of GeoNames: lines ``key TAB reading...`` sorted by key, searched in place.

    A reading is ``code:size:flags``; see ``scripts/build_towns.py``. The lines stay one block of
    bytes, because as Python objects they would take ten times the memory.

    Args:
        path: the index, compressed with zlib.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: the file is not such an index.

    >>> Towns(data_path("towns.bin")).find("kupiansk")[0][0].codes
    ('UA-63',)
    """

    def __init__(self, path: Path) -> None:
        try:
            data = zlib.decompress(path.read_bytes())
        except zlib.error as error:
            raise ValueError(f"{path.name} is not an index of towns ({error})") from None
        start = 0
        while data.startswith(b"#", start):
            start = data.index(b"\n", start) + 1
        self._data = data
        ends = np.flatnonzero(np.frombuffer(data, dtype=np.uint8) == 10)
        ends = ends[ends >= start]
        self._ends = ends.astype(np.uint32)
        self._first = start
        self._heads = _heads(data, start, ends)

    def __len__(self) -> int:
        return len(self._ends)

    def _start(self, line: int) -> int:
        return self._first if line == 0 else int(self._ends[line - 1]) + 1

    def find(self, key: str) -> Node:
        """Readings of `key`, and whether a longer key begins with it."""
        wanted = key.encode("utf-8")
        data = self._data
        # keys that begin with the same letters stand together; few words need a closer look
        head = int.from_bytes(wanted[:_HEAD].ljust(_HEAD, b"\0"))
        low = bisect_left(self._heads, head)
        high = bisect_right(self._heads, head, low)
        while low < high:
            middle = (low + high) // 2
            start = self._start(middle)
            if data[start : data.index(b"\t", start)] < wanted:
                low = middle + 1
            else:
                high = middle
        places: tuple[Place, ...] = ()
        if low < len(self._ends):
            start = self._start(low)
            tab = data.index(b"\t", start)
            if data[start:tab] == wanted:
                places = tuple(
                    _town(item) for item in data[tab + 1 : int(self._ends[low])].split(b" ")
                )
                low += 1
        longer = low < len(self._ends) and data.startswith(wanted, self._start(low))
        return places, longer


def _heads(data: bytes, first: int, ends: np.ndarray[Any, Any]) -> array[int]:
    """The first bytes of each key as one number, in the order of the keys."""
    letters = np.frombuffer(data, dtype=np.uint8)
    at = np.concatenate(([first], ends[:-1] + 1)) if len(ends) else ends
    heads = np.zeros(len(ends), dtype=np.uint64)
    inside = np.ones(len(ends), dtype=bool)
    for _ in range(_HEAD):
        byte = letters[at]
        inside &= byte != _TAB
        heads = (heads << np.uint64(8)) | np.where(inside, byte, 0).astype(np.uint64)
        at = at + inside
    return array("Q", heads.tobytes())


def _town(item: bytes) -> Place:
    code, size, flags = item.decode("ascii").split(":")
    return Place(
        kind="town",
        codes=(code,),
        country=code[:2],
        size=int(size) * 100,
        article="a" in flags,
        common="w" in flags,
        district="d" in flags,
        other="o" in flags,
    )


class Gazetteer:
    """All names together.

    Args:
        regions: rows of the table of regions.
        places: rows of the table of places.
        towns: the index of towns; None for the tables alone.

    Raises:
        RuleError: a row has a code or a country that is none.

    >>> gazetteer = Gazetteer.of()
    >>> [place.codes for place in gazetteer.node(key_of("Deir Ezzor"))[0]][0]
    ('SY-DY',)
    """

    def __init__(self, regions: list[Row], places: list[Row], towns: Towns | None) -> None:
        self._towns = towns
        self._own: dict[str, list[Place]] = {}
        self._prefixes: set[str] = set()
        self._nodes: dict[str, Node] = {}
        self.heads: set[str] = set()
        """Lower-case words that a name of the tables begins with (``de-escalation zone``)."""
        self.demonyms: dict[str, str] = {}
        """Adjective or inhabitants of a country, lower case → country."""
        for row in regions:
            _check_code(row, "code", row["code"])
            common = {"codes": (row["code"],), "country": row["code"][:2]}
            # A row of ours for a division below the first level; any other id is a user's place.
            level_two = row["code"] != row["id"] and re.fullmatch(CODE, row["id"]) is not None
            own_town = row["code"] != row["id"] and not level_two
            for column in ("names", "weak", "short"):
                for name in row[column]:
                    self._add(
                        name,
                        kind="town" if level_two or own_town else "region",
                        size=60_000 if level_two or own_town else _SIZES["region"],
                        sure=not level_two,
                        weak=column == "weak",
                        short=column == "short",
                        district=level_two,
                        **common,
                    )
        for row in places:
            for code in row["codes"]:
                _check_code(row, "codes", code)
            country = row["country"] or (row["codes"][0][:2] if row["codes"] else "")
            for name in row["names"]:
                self._add(
                    name.removeprefix("~"),
                    kind=row["kind"],
                    codes=row["codes"],
                    country=country,
                    size=row["size"] or _SIZES[row["kind"]],
                    sure=True,
                    common=name[0] == "~",
                )
            for word in row["demonyms"]:
                self.demonyms[word.lower()] = row["country"]

    @classmethod
    def of(cls, regions: str | None = None) -> Gazetteer:
        """The gazetteer of the package, loaded once a process.

        Args:
            regions: path of a table of regions of the user's, laid over ours.

        Raises:
            RuleError: the file does not fit.
            FileNotFoundError: there is no such file.
        """
        with _LOADING:
            return _gazetteer(regions)

    def _add(self, name: str, **values: object) -> None:
        key, article = split_article(name)
        place = Place(article=article, **values)  # type: ignore[arg-type]
        readings = self._own.setdefault(key, [])
        for other in readings:
            if (other.codes, other.kind) == (place.codes, place.kind) and not other.weak:
                return
        readings.append(place)
        if not name.isalpha():
            prefix = ""
            for part in _PARTS.findall(name):
                if part != "-" and part.lower() not in ARTICLES:
                    prefix = join(prefix, fold[part])
                    self._prefixes.add(prefix)
        if name[0].islower():
            self.heads.add(_PARTS.findall(name)[0].lower())

    def node(self, key: str) -> Node:
        """Readings of `key`, the rule tables' first, and whether a longer name begins with it."""
        known = self._nodes.get(key)
        if known is not None:
            return known
        own = tuple(self._own.get(key, ()))
        longer = key in self._prefixes
        if self._towns is not None:
            towns, more = self._towns.find(key)
            listed = {place.codes for place in own if not place.weak}
            own += tuple(place for place in towns if place.codes not in listed)
            longer = longer or more
        if len(self._nodes) > 100_000:
            self._nodes.clear()
        self._nodes[key] = own, longer
        return own, longer


def _check_code(row: Row, column: str, code: str) -> None:
    if not re.fullmatch(CODE, code):
        raise row.error(column, f"{code!r} is no ISO 3166-2 code, such as SY-HI")


# Two threads that ask at once would both load it.
_LOADING: Final = threading.Lock()


@functools.cache
def _towns() -> Towns:
    return Towns(data_path("towns.bin"))


@functools.cache
def _gazetteer(regions: str | None) -> Gazetteer:
    return Gazetteer(tables.regions(regions), tables.places(), _towns())


__all__ = [
    "ARABIC",
    "ARAB_REGIONS",
    "ARTICLES",
    "Gazetteer",
    "Place",
    "RuleError",
    "Towns",
    "fold",
    "join",
    "key_of",
]
