"""Armed and state actors: the tables, their phrases, and the words that make up descriptions.

Two tables are read: ``actors.csv`` (one actor a row, with its spellings) and
``actor_patterns.csv`` (states and their adjectives, backers, force nouns, heads of names, ...).

Spellings are compared folded: letter case, diacritics, apostrophes, hyphens, the Arabic
article and doubled letters do not matter, so ``Liwaa Al-Quds`` and ``liwa el Quds`` are one.
Marks before a spelling in the column ``aliases``:

* ``?`` it needs evidence of the actor's country in the document (``?KIA``); the name itself
  does, when it stands so marked among the aliases;
* ``+`` capitals that follow belong to the name (``Mai-Mai FPP``);
* ``!`` it is no spelling to look up, though it be the name;
* ``~`` it is a short form, which never names the actor where a full name stands in the document.

A spelling in capitals (up to six letters) matches capitals only; one that begins with a
capital needs a capital in the text; one in lower case matches any case.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from tollbook.rules.loader import Column, Row, Table, data_path, load

TYPES: Final = (
    "state-forces",
    "rebel",
    "militia",
    "jihadist",
    "international",
    "police",
    "criminal",
    "political",
)
"""What an actor can be."""

PATTERN_KINDS: Final = (
    "state",
    "people",
    "capital",
    "owner",
    "backed",
    "force",
    "weapon",
    "militia",
    "modifier",
    "backing",
    "link",
    "head",
    "noun-head",
    "prefix",
    "member",
    "group",
    "perpetrator",
    "state-noun",
    "not-name",
    "not-run",
    "word",
    "weak-run",
    "against",
    "thing",
    "connector",
    "generic-noun",
    "kept-noun",
    "not-security",
    "violent",
    "needs-violence",
    "strong-member",
    "tie",
    "place-before",
    "place-after",
    "holding",
)
"""What a row of ``actor_patterns.csv`` can declare; the file explains each."""

ACTORS: Final = Table(
    "actors",
    (
        Column("id", required=True),
        Column("name", required=True),
        Column("aliases", "list"),
        Column("type", "choice", required=True, choices=TYPES),
        Column("country", "list"),
        Column("parent"),
        Column("backer"),
        Column("interaction", "choice", required=True, choices=tuple("12345678")),
        Column("guideline", "flag"),
        Column("notes"),
        Column("examples", "examples"),
    ),
)
"""The table of actors."""

PATTERNS: Final = Table(
    "actor_patterns",
    (
        Column("id", required=True),
        Column("kind", "choice", required=True, choices=PATTERN_KINDS),
        Column("words", "list", required=True),
        Column("name"),
        Column("names", "list"),
        Column("country", "list"),
        Column("actor"),
        Column("default", "flag"),
        Column("alone", "flag"),
        Column("notes"),
        Column("examples", "examples"),
    ),
)
"""The table of words that make up descriptions of actors."""

MARKS: Final = "?~!+"
ARTICLES: Final = frozenset(("al", "el", "ul"))
SUN_ARTICLES: Final = frozenset(
    ("ad", "an", "ar", "as", "ash", "at", "ath", "az", "adh", "ed", "es", "et")
)
HYPHENS: Final = frozenset("-‐‑‒–—_")

_SPECIAL: Final = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "ß": "ss", "&": "and"}
)
_NOT_ALNUM: Final = re.compile(r"[\W_]+")
_DOUBLED: Final = re.compile(r"([^\W\d])\1+")
_PIECES: Final = re.compile(r"[^\s\-‐‑‒–—_/]+|[\-‐‑‒–—_]")
_POSSESSIVE: Final = re.compile(r"(?<=\w)['’]s$", re.IGNORECASE)
_LEADING: Final = re.compile(r"^(?:al|el)[-\s]|^['‘’]", re.IGNORECASE)
_ACRONYM: Final = 6


def _fold(text: str) -> str:
    bare = text.lower().translate(_SPECIAL)
    if not bare.isascii():
        bare = "".join(
            c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c)
        )
    if not bare.isalnum():
        bare = _NOT_ALNUM.sub("", bare)
    return _DOUBLED.sub(r"\1", bare) if len(bare) > 4 else bare


def pieces(text: str) -> list[str]:
    """The folded words of a spelling, without Arabic articles.

    >>> pieces("Liwaa Al-Quds"), pieces("Ansar ash-Sharia"), pieces("Qa'ida")
    (['liwa', 'quds'], ['ansar', 'sharia'], ['qaida'])
    """
    parts = _PIECES.findall(text)
    out = []
    for position, part in enumerate(parts):
        if part in HYPHENS:
            continue
        word = _fold(_POSSESSIVE.sub("", part))
        last = position == len(parts) - 1
        if not word or (word in ARTICLES and not last):
            continue
        if word in SUN_ARTICLES and not last and parts[position + 1] in HYPHENS:
            continue
        out.append(word)
    return out


@lru_cache(maxsize=1 << 17)
def fold(word: str) -> str:
    """One word (or token) folded for comparison.

    Args:
        word: a token of a text, which may itself hold hyphens.

    >>> fold("Liwaa"), fold("Qa’ida"), fold("al‑Shabaab"), fold("PKK")
    ('liwa', 'qaida', 'shabab', 'pkk')
    """
    if word.isalnum():
        return _fold(word)
    return "".join(pieces(word))


@dataclass(frozen=True, slots=True)
class Actor:
    """One actor of the table.

    Args:
        id: identifier, e.g. ``liwa-al-quds``.
        name: usual name.
        type: one of `TYPES`.
        country: ISO 3166-1 alpha-2 codes of where it acts.
        parent: id of the actor it belongs to, or empty.
        backer: state that stands behind it, or empty.
        interaction: ACLED's class of actor, 1 to 8.
        guideline: True when the annotation guidelines name the id.
    """

    id: str
    name: str
    type: str
    country: tuple[str, ...]
    parent: str
    backer: str
    interaction: int
    guideline: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase stands for, and what the text must show for it.

    Args:
        value: row that the phrase stands for: `Actor`, `State`, `Owner` or a plain word.
        case: ``caps`` when every letter must be a capital, ``capital`` when the first must,
            ``inner`` when some word must begin with one,
            empty when any case will do.
        evidence: True when the document must show the country.
        short: True for a short form.
        extends: True when capitals that follow belong to the name.
    """

    value: object
    case: str = ""
    evidence: bool = False
    short: bool = False
    extends: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """A state: its name, code, and the id of its forces (or empty)."""

    name: str
    country: str
    actor: str
    adjective: bool
    rule: str


@dataclass(frozen=True, slots=True)
class Owner:
    """A word such as ``regime`` or ``occupation`` whose meaning hangs on the country."""

    word: str
    senses: tuple[tuple[frozenset[str], str], ...]
    default: str
    alone: bool
    rule: str

    @property
    def countries(self) -> list[str]:
        """The countries for which the word has a meaning."""
        return [code for countries, _ in self.senses for code in sorted(countries) if code != "*"]

    def actor(self, country: str) -> str:
        """Id of the actor that the word means in `country`; empty when none is known."""
        if not country:
            return self.default
        for countries, ident in self.senses:
            if country in countries or "*" in countries:
                return ident
        return ""


@dataclass
class Phrases:
    """Phrases by their folded words written together, found from their first word."""

    entries: dict[str, list[Entry]] = field(default_factory=dict)
    firsts: dict[str, int] = field(default_factory=dict)

    def add(self, text: str, value: object) -> None:
        """Add a spelling with its marks; see the module's description.

        Raises:
            ValueError: nothing is left of the spelling.
        """
        bare = text.lstrip(MARKS)
        marks = text[: len(text) - len(bare)]
        parts = pieces(bare)
        if not parts:
            raise ValueError(f"{text!r} holds no word")
        letters = [c for c in bare if c.isalpha()]
        case = ""
        if letters and all(c.isupper() for c in letters):
            case = "caps" if len(letters) <= _ACRONYM else "capital"
        elif any(c.isupper() for c in letters):
            case = "capital" if _LEADING.sub("", bare)[0].isupper() else "inner"
        key = "".join(parts)
        entry = Entry(value, case, "?" in marks, "~" in marks, "+" in marks)
        known = self.entries.setdefault(key, [])
        if not any(other.value is value and other.case == case for other in known):
            known.append(entry)
        # A token may hold several words ("U.S.-led", "BokoHaram"), so any beginning counts.
        first = ""
        for position, part in enumerate(parts):
            first += part
            length = len(parts) - position
            if self.firsts.get(first, 0) < length:
                self.firsts[first] = length


@dataclass
class Lexicon:
    """Everything the actors component looks up.

    Attributes:
        actors: actors by id.
        named: spellings of actors.
        states: names and adjectives of states, capitals.
        owners: words whose meaning hangs on the country.
        perpetrators: nouns for armed attackers.
        backed: (backer's country, document's country or ``*``) → id of the actor.
        words: word lists by kind of pattern.
        only: words that count in some countries only, and which.
        by_country: states by their code.
        bits: what each word can begin, learnt as words are met.
    """

    actors: dict[str, Actor]
    named: Phrases
    states: Phrases
    owners: Phrases
    perpetrators: Phrases
    backed: dict[tuple[str, str], str]
    words: dict[str, frozenset[str]]
    only: dict[str, frozenset[str]]
    by_country: dict[str, State]
    bits: dict[str, int] = field(default_factory=dict)

    def resolve(self, name: str) -> str:
        """Id of the actor that a written name means; empty when the table has none.

        >>> lexicon().resolve("Hizbullah"), lexicon().resolve("Nobody's Army")
        ('hezbollah', '')
        """
        return next(iter(self.meanings(name)), "")

    def meanings(self, name: str) -> tuple[str, ...]:
        """Ids of all actors that a written name can mean.

        >>> lexicon().meanings("SNA")
        ('syrian-national-army', 'sna-somalia')
        """
        if name in self.actors:
            return (name,)
        entries = self.named.entries.get("".join(pieces(name)), ())
        return tuple(entry.value.id for entry in entries if isinstance(entry.value, Actor))


# Bits of a word: what it can begin or be.
NAMED, STATE, OWNER, PERPETRATOR, BACKING, HEAD, PREFIX, MEMBER = (1 << n for n in range(8))


def classify(lex: Lexicon, low: str) -> int:
    """Which look-ups a word (a ``Words.low``) is worth; kept in ``lex.bits``."""
    key = fold(low)
    bits = 0
    if key:
        words = lex.words
        for bit, known in (
            (NAMED, lex.named.firsts),
            (STATE, lex.states.firsts),
            (OWNER, lex.owners.firsts),
            (PERPETRATOR, lex.perpetrators.firsts),
            (BACKING, words["backing"]),
            (HEAD, words["heads"]),
            (PREFIX, words["prefix"]),
            (MEMBER, words["member-words"]),
        ):
            if key in known:
                bits |= bit
    if len(lex.bits) > 300_000:
        lex.bits.clear()
    lex.bits[low] = bits
    return bits


def read_actors(user: str | None = None) -> list[Row]:
    """Rows of the table of actors, with a user's file laid over ours.

    Raises:
        RuleError: a file does not fit the table, or a parent is unknown.
        FileNotFoundError: the user's file is missing.
    """
    files: list[str | Path] = [data_path("en/actors.csv"), *([user] if user else [])]
    rows = load(ACTORS, *files)
    known = {row["id"] for row in rows}
    for row in rows:
        if row["parent"] and row["parent"] not in known:
            raise row.error("parent", f"{row['parent']!r} is no id of the table")
    return rows


def lexicon(user: str | None = None) -> Lexicon:
    """The tables as look-ups, read once for each user's file.

    Args:
        user: path of a CSV file laid over the table of actors, or None.

    Raises:
        RuleError: a file does not fit its table.
        FileNotFoundError: the user's file is missing.
    """
    return _lexicon(user)


@cache
def _lexicon(user: str | None) -> Lexicon:
    actors: dict[str, Actor] = {}
    named = Phrases()
    for row in read_actors(user):
        actor = Actor(
            id=row["id"],
            name=row["name"],
            type=row["type"],
            country=row["country"],
            parent=row["parent"],
            backer=row["backer"],
            interaction=int(row["interaction"]),
            guideline=row["guideline"],
        )
        actors[actor.id] = actor
        _add(named, row, "aliases", _spellings(row, "aliases"), actor)
    rows = load(PATTERNS, data_path("en/actor_patterns.csv"))
    return _patterns(rows, actors, named)


def _add(phrases: Phrases, row: Row, column: str, texts: Iterable[str], value: object) -> None:
    for text in texts:
        try:
            phrases.add(text, value)
        except ValueError as error:
            raise row.error(column, str(error)) from None


def _spellings(row: Row, column: str) -> list[str]:
    """The spellings of a row: its name, unless a mark stands beside it, and its aliases."""
    aliases: tuple[str, ...] = row[column]
    marked = {alias.lstrip(MARKS) for alias in aliases if alias[0] in MARKS}
    name = [] if row["name"] in marked else [row["name"]]
    return [*name, *(alias for alias in aliases if alias[0] != "!")]


def _patterns(rows: list[Row], actors: dict[str, Actor], named: Phrases) -> Lexicon:
    states, owners, perpetrators = Phrases(), Phrases(), Phrases()
    backed: dict[tuple[str, str], str] = {}
    words: dict[str, set[str]] = {kind: set() for kind in PATTERN_KINDS}
    by_country: dict[str, State] = {}
    senses: dict[str, list[Row]] = {}
    only: dict[str, frozenset[str]] = {}
    for row in rows:
        kind = row["kind"]
        # A guideline id that a user has switched off must not fail the load of ours.
        ident = row["actor"] if row["actor"] in actors else ""
        if kind in ("state", "capital"):
            country = _one(row)
            state = State(row["name"], country, ident, kind == "state", row["id"])
            _add(states, row, "words", row["words"], state)
            if kind == "state":
                by_country.setdefault(country, state)
                plain = State(row["name"], country, ident, False, row["id"])
                _add(states, row, "names", _spellings(row, "names"), plain)
        elif kind == "people":
            people = State(row["name"], "", ident, True, row["id"])
            _add(states, row, "words", row["words"], people)
        elif kind == "owner":
            for word in row["words"]:
                senses.setdefault(word, []).append(row)
        elif kind == "backed":
            for backer in row["names"]:
                for country in row["country"]:
                    backed[backer, country] = ident
        elif kind in ("perpetrator", "state-noun"):
            for word in row["words"]:
                _add(perpetrators, row, "words", [word], row["name"] or word)
            if kind == "state-noun":
                words[kind].update("".join(pieces(word)) for word in row["words"])
        else:
            keys = {"".join(pieces(word)) for word in row["words"]}
            words[kind].update(keys)
            if row["country"]:
                only.update(dict.fromkeys(keys, frozenset(row["country"])))
    for word, group in senses.items():
        known = [(row, row["actor"] if row["actor"] in actors else "") for row in group]
        owner = Owner(
            word,
            tuple((frozenset(row["country"]), ident) for row, ident in known if row["country"]),
            next((ident for row, ident in known if row["default"]), ""),
            any(row["alone"] for row in group),
            group[0]["id"],
        )
        _add(owners, group[0], "words", [word], owner)
    words["heads"] = words["head"] | words["noun-head"]
    words["member-words"] = words["member"] | words["group"]
    frozen = {kind: frozenset(group) for kind, group in words.items()}
    return Lexicon(actors, named, states, owners, perpetrators, backed, frozen, only, by_country)


def _one(row: Row) -> str:
    if len(row["country"]) != 1:
        raise row.error("country", "a state has one code")
    return str(row["country"][0])
