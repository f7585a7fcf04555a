"""The counted nouns: what a word after a number stands for, and what it says of the people.

`nouns()` gives the lexicon, `Nouns.at` the longest noun that begins at a token. Two tables
make it: ``nouns.csv`` (people, outcomes, incidents, and what is counted but is no toll) and
``demonyms.csv`` (nationalities, peoples, faiths).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tollbook.rules.loader import Column, Row, Table, data_path, load
from tollbook.schema import MEASURES

if TYPE_CHECKING:
    from spacy.lookups import Table as LookupTable

KINDS: Final = (
    "person",
    "collective",
    "casualty",
    "event",
    "thing",
    "animal",
    "measure",
    "place",
    "other",
)
"""What a noun counts; only persons, casualties and events can make a count."""

ROLES: Final = ("kin", "armed", "pronoun")
"""kin: a relative; armed: may be named as the perpetrator; pronoun: stands for an earlier noun."""

ITSELF: Final = "*"
"""In the trait column: the noun itself, in the singular."""

NO_PLURAL: Final = "-"
"""In the plural column: the noun has no plural."""

NOUNS: Final = Table(
    "nouns",
    (
        Column("id"),
        Column("noun", required=True),
        Column("plural", "list"),
        Column("variants", "list"),
        Column("kind", "choice", required=True, choices=KINDS),
        Column("status", "choice", choices=("civilian", "combatant")),
        Column("trait", "list"),
        Column("measure", "choice", choices=MEASURES),
        Column("role", "choice", choices=ROLES),
        Column("examples", "examples"),
    ),
)
"""Columns of ``nouns.csv``. `plural` replaces the regular plural (``-``: none), `variants` are
other spellings of the singular. An example that begins with ``!`` must not find the row."""

DEMONYMS: Final = Table(
    "demonyms",
    (
        Column("id"),
        Column("adjective", required=True),
        Column("nouns", "list"),
        Column("country"),
        Column("kind", "choice", required=True, choices=("nation", "people", "faith")),
        Column("cased", "flag"),
        Column("examples", "examples"),
    ),
)
"""Columns of ``demonyms.csv``. `nouns` are people in the singular, then in the plural; `cased`:
a common word when written small (``poles``), so that only the capital makes it one."""

_HYPHENS: Final = frozenset("-‐‑–")
_IRREGULAR: Final = {
    "child": "children",
    "foot": "feet",
    "goose": "geese",
    "man": "men",
    "ox": "oxen",
    "person": "persons",
    "woman": "women",
}
_TRADES: Final = (
    "collector",
    "dealer",
    "driver",
    "grower",
    "herder",
    "keeper",
    "maker",
    "picker",
    "seller",
    "smith",
    "trader",
    "vendor",
    "woman",
    "worker",
    "wright",
)
_MANS: Final = frozenset({"german", "human", "ottoman", "roman", "shaman", "turkoman"})
_NOT_MAN: Final = _MANS | {"abdoman", "regiman", "speciman", "talisman"}
_VES: Final = frozenset({"calf", "half", "knife", "life", "thief", "wolf"})
_OES: Final = frozenset({"hero", "torpedo"})


def pluralise(noun: str) -> str:
    """The regular plural of a noun of one or several words, by the last word.

    Args:
        noun: the singular, in lower case.

    >>> [pluralise(word) for word in ("militiaman", "fatality", "stepchild", "truck driver")]
    ['militiamen', 'fatalities', 'stepchildren', 'truck drivers']
    >>> [pluralise(word) for word in ("deputy", "boy", "bus", "thief", "chief", "shaman")]
    ['deputies', 'boys', 'buses', 'thieves', 'chiefs', 'shamans']
    """
    head = max(noun.rfind(" "), noun.rfind("-")) + 1
    return noun[:head] + _plural(noun[head:])


def _plural(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("man") and word not in _MANS:
        return word[:-2] + "en"
    if word.endswith("child"):
        return word + "ren"
    if word in _VES or word.endswith("wife"):
        return word.removesuffix("e")[:-1] + "ves"
    if word in _OES or word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in tuple("aeiou"):
        return word[:-1] + "ies"
    return word + "s"


@dataclass(frozen=True, slots=True)
class Noun:
    """A counted noun as found in a text.

    Args:
        id: id of the row that gave it.
        noun: the singular, in lower case.
        kind: one of `KINDS`.
        status: civilian, combatant, or empty when the noun does not say.
        traits: what the people are, e.g. ``("child",)`` or ``("truffle picker",)``.
        measure: the outcome or ``incidents`` that the noun itself says; else empty.
        role: one of `ROLES`, or empty.
        plural: True when the plural form stood in the text (or a form that is both).
    """

    id: str
    noun: str
    kind: str
    status: str = ""
    traits: tuple[str, ...] = ()
    measure: str = ""
    role: str = ""
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Demonym:
    """A nationality, people or faith as found in a text.

    Args:
        id: id of the row that gave it.
        trait: the word in the singular, with its capital: ``Iraqi``, ``Kurd``, ``Kurdish``.
        country: ISO 3166-1 alpha-2 code; empty for peoples and faiths.
        kind: nation, people or faith.
        person: True when the form can stand alone for people (``Kurds``, not ``Kurdish``).
        plural: True when the form is only a plural (``Iraqis``).
        cased: True when the form counts only with a capital.
    """

    id: str
    trait: str
    country: str
    kind: str
    person: bool
    plural: bool
    cased: bool


# What a first word can begin: the answer when it stands alone, and by the next word the
# further words of longer forms with their answers, the longest first.
_Entry = tuple[Any, dict[str, list[tuple[tuple[str, ...], Any]]]]


class Nouns:
    """The lexicon of counted nouns and demonyms.

    Args:
        nouns: rows of the table `NOUNS`.
        demonyms: rows of the table `DEMONYMS`.

    Raises:
        RuleError: two rows have the same form, or a row says something twice.

    >>> lexicon = nouns()
    >>> size, noun = lexicon.at(["two", "truffle", "pickers", "died"], 1)
    >>> size, noun.noun, noun.status, noun.traits, noun.plural
    (2, 'truffle picker', 'civilian', ('truffle picker',), True)
    >>> lexicon.at(["died"], 0) is None
    True
    """

    __slots__ = ("_demonyms", "_first", "_forms", "_peoples")

    def __init__(self, nouns: Iterable[Row], demonyms: Iterable[Row]) -> None:
        self._forms: dict[str, Noun] = {}
        self._peoples: dict[str, Demonym] = {}
        owners: dict[str, Row] = {}
        for row in nouns:
            for form, noun in _read_noun(row):
                if (other := owners.get(form)) is not None and other is not row:
                    at = f"{other.file}, line {other.line}"
                    raise row.error("noun", f"{form!r} is a form of {other['id']!r} already ({at})")
                if other is row:
                    raise row.error("noun", f"{form!r} stands twice in the row")
                owners[form] = row
                self._forms[form] = noun
        owners.clear()
        for row in demonyms:
            for form, demonym in _read_demonym(row):
                if (other := owners.get(form)) is not None:
                    reason = f"{form!r} is a form of {other['id']!r} already"
                    raise row.error("adjective", f"{reason} ({other.file}, line {other.line})")
                owners[form] = row
                self._peoples[form] = demonym
        for form, demonym in list(self._peoples.items()):
            self._peoples.setdefault(_plain(form), demonym)
        self._first = _index(self._forms)
        self._demonyms = _index(self._peoples)

    def __len__(self) -> int:
        return len(self._forms)

    def forms(self) -> Iterator[tuple[str, Noun]]:
        """Every form of the nouns, singular and plural, with what it stands for."""
        yield from self._forms.items()

    def __contains__(self, word: str) -> bool:
        """Whether a noun or a demonym begins with a word in lower case: a cheap first test."""
        return word in self._first or word in self._demonyms

    def at(self, low: Sequence[str], i: int) -> tuple[int, Noun] | None:
        """The longest noun that begins at a token.

        Args:
            low: words in lower case, as in `tollbook.words.Words.low`.
            i: index of the token to begin at.

        Returns:
            How many tokens the noun takes, and the noun; None where none begins.

        >>> nouns().at(["a", "passer", "-", "by", "died"], 1)[0]
        3
        """
        entry = self._first.get(low[i])
        if entry is None:
            return None
        found: tuple[int, Noun] | None = _longest(entry, low, i) if entry[1] else entry[0]
        return found

    def guess(self, word: str) -> Noun | None:
        """The person that an unlisted word names by its ending: a trade, or a man or woman.

        Args:
            word: a single word in lower case.

        Returns:
            A noun whose id is ``guess``; None for a listed word, or where the ending says nothing.

        >>> noun = nouns().guess("candlemakers")
        >>> noun.noun, noun.status, noun.traits, noun.plural
        ('candlemaker', 'civilian', ('candlemaker',), True)
        >>> nouns().guess("speaker") is nouns().guess("soldiers") is None
        True
        """
        if len(word) < 7 or word in self._forms or not word.isalpha():
            return None
        single, plural = word, False
        if word.endswith("men"):
            single, plural = word[:-2] + "an", True
        elif word.endswith("s"):
            single, plural = word[:-1], True
        if single.endswith(_TRADES):
            return Noun("guess", single, "person", "civilian", (single,), plural=plural)
        if single.endswith("man") and single not in _NOT_MAN:
            return Noun("guess", single, "person", "", (single,), plural=plural)
        return None

    def demonym_at(
        self, low: Sequence[str], i: int, raw: Sequence[str] | None = None
    ) -> tuple[int, Demonym] | None:
        """The longest demonym that begins at a token.

        Args:
            low: words in lower case.
            i: index of the token to begin at.
            raw: the words as written; without them a word that needs its capital is not found.

        Returns:
            How many tokens it takes, and the demonym; None where none begins.

        >>> size, people = nouns().demonym_at(["two", "south", "sudanese"], 1)
        >>> size, people.trait, people.country
        (2, 'South Sudanese', 'SS')
        """
        entry = self._demonyms.get(low[i])
        if entry is None:
            return None
        found: tuple[int, Demonym] | None = _longest(entry, low, i)
        if found is not None and found[1].cased:
            return found if raw is not None and _capital(raw[i], found[1]) else None
        return found

    def get(self, phrase: str) -> Noun | None:
        """The noun that a phrase is, e.g. ``truffle pickers``; None when it is not listed.

        >>> nouns().get("militiamen").noun
        'militiaman'
        """
        return self._forms.get(phrase.lower())

    def is_person(self, word: str) -> bool:
        """Whether a word or phrase names people who can be counted: a person noun or demonym.

        >>> [nouns().is_person(word) for word in ("civilians", "Iraqis", "houses", "km")]
        [True, True, False, False]
        """
        noun = self._forms.get(word.lower())
        if noun is not None:
            return noun.kind == "person"
        people = self.demonym(word)
        return people is not None and people.person

    def demonym(self, word: str) -> Demonym | None:
        """The nationality, people or faith that a word or phrase is; None when it is none.

        Args:
            word: as written or in lower case; a form that is also a common word (``poles``,
                ``us``) needs its capital.

        >>> nouns().demonym("Afghans").trait, nouns().demonym("us"), nouns().demonym("US").country
        ('Afghan', None, 'US')
        """
        found = self._peoples.get(word.lower())
        if found is not None and found.cased and not _capital(word, found):
            return None
        return found

    def lemma(self, word: str) -> str:
        """The singular of a word in lower case: ours where listed, else spaCy's lookup table.

        >>> [nouns().lemma(word) for word in ("passers-by", "wives", "tractors", "zorks")]
        ['passer-by', 'wife', 'tractor', 'zorks']
        """
        word = word.lower()
        noun = self._forms.get(word)
        return noun.noun if noun is not None else str(_lemmas().get(word, word))


@cache
def nouns(extra: str | None = None) -> Nouns:
    """The lexicon, read at the first call and kept.

    Args:
        extra: path of a user's CSV file with the columns of ``nouns.csv``, laid over ours.

    Raises:
        RuleError: a file does not fit its table, or two rows share a form.
        FileNotFoundError: `extra` is not there.
    """
    files: list[str | Path] = [data_path("en/nouns.csv")]
    if extra is not None:
        files.append(extra)
    return Nouns(load(NOUNS, *files), load(DEMONYMS, data_path("en/demonyms.csv")))


@cache
def _lemmas() -> LookupTable:
    """spaCy's English lemma table, from the package spacy-lookups-data."""
    from spacy.lookups import load_lookups

    return load_lookups("en", ["lemma_lookup"]).get_table("lemma_lookup")


def _read_noun(row: Row) -> Iterator[tuple[str, Noun]]:
    noun: str = row["noun"]
    traits = tuple([noun if trait == ITSELF else trait for trait in row["trait"]])
    said = (row["id"], noun, row["kind"], row["status"], traits, row["measure"], row["role"])
    single, many = Noun(*said), Noun(*said, plural=True)
    singular = (noun, *row["variants"])
    plural = row["plural"] or tuple([pluralise(form) for form in singular])
    if plural == (NO_PLURAL,):
        plural = ()
    for form in singular:
        if not form.islower():
            raise row.error("noun", f"{form!r} is not in lower case")
        if form not in plural:
            yield form, single
    for form in plural:
        yield form, many


def _read_demonym(row: Row) -> Iterator[tuple[str, Demonym]]:
    adjective: str = row["adjective"]
    names = list(row["nouns"])
    half = (len(names) + 1) // 2
    cased = row["cased"]

    def make(trait: str, person: bool, plural: bool) -> Demonym:
        return Demonym(row["id"], trait, row["country"], row["kind"], person, plural, cased)

    done = set()
    for position, name in enumerate(names):
        plural = position >= half
        trait = names[position - half] if plural else name
        done.add(name.lower())
        yield name.lower(), make(trait, True, plural)
    if adjective.lower() not in done:
        yield adjective.lower(), make(adjective, False, False)


def _index(forms: dict[str, Any]) -> dict[str, _Entry]:
    """First word → what it can begin, over every way to write the forms."""
    alone: dict[str, Any] = {}
    longer: dict[str, dict[tuple[str, ...], Any]] = {}
    for form, item in forms.items():
        if form.isalpha():
            alone[form] = (1, item)
            continue
        for words in _splits(form):
            if len(words) == 1:
                alone.setdefault(words[0], (1, item))
            else:
                longer.setdefault(words[0], {}).setdefault(words[1:], (len(words), item))
    index: dict[str, _Entry] = {word: (answer, {}) for word, answer in alone.items()}
    for word, rests in longer.items():
        following: dict[str, list[tuple[tuple[str, ...], Any]]] = {}
        for rest in sorted(rests, key=len, reverse=True):
            following.setdefault(rest[0], []).append((rest, rests[rest]))
        index[word] = (alone.get(word), following)
    return index


def _splits(form: str) -> Iterator[tuple[str, ...]]:
    """How a form can stand in the tokens: hyphens kept, split off, or a space instead.

    >>> list(_splits("passer-by"))
    [('passer-by',), ('passer', '-', 'by'), ('passer', 'by')]
    >>> list(_splits("women's rights activist"))
    [('women', 's', 'rights', 'activist')]
    """
    if "'s " in form:
        form = form.replace("'s ", " s ")
    elif "'" in form:
        yield tuple(form.replace("'", "’").split(" "))
    words = form.split(" ")
    yield tuple(words)
    parts = form.replace("-", " ").split(" ")
    if len(words) == 2:
        yield ("-".join(parts),)
        yield tuple(_apart(parts))
    elif len(words) == 3 and len(parts) == 3:
        yield (*_apart(words[:2]), words[2])
    if len(words) < len(parts):
        yield tuple([token for word in words for token in _apart(word.split("-"))])
        yield tuple(parts)


def _apart(parts: list[str]) -> list[str]:
    tokens = [parts[0]]
    for part in parts[1:]:
        tokens += ("-", part)
    return tokens


def _longest(entry: _Entry, low: Sequence[str], i: int) -> Any:
    """How many tokens the longest item that begins at a token takes, and the item."""
    alone, longer = entry
    if i + 1 < len(low):
        following = low[i + 1]
        for rest, answer in longer.get("-" if following in _HYPHENS else following, ()):
            if len(rest) == 1 or _follows(rest, low, i + 1):
                return answer
    return alone


def _follows(rest: tuple[str, ...], low: Sequence[str], i: int) -> bool:
    if i + len(rest) > len(low):
        return False
    for word, wanted in zip(low[i : i + len(rest)], rest, strict=True):
        if word != wanted and not (wanted == "-" and word in _HYPHENS):
            return False
    return True


def _plain(form: str) -> str:
    """A form without its accents, as many bulletins write it."""
    if form.isascii():
        return form
    return unicodedata.normalize("NFKD", form).encode("ascii", "ignore").decode()


def _capital(word: str, demonym: Demonym) -> bool:
    letters = demonym.trait.split(" ")[0]
    return word[:1].isupper() and (word.isupper() or not letters.isupper())
