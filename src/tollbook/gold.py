"""Read gold files: a bulletin with its counts marked, then one line a count.

The format is the one of the annotation guidelines::

    [Five](c1) gunmen were killed and [two](c2) hurt.
    ---
    c1 killed 5 5 5 | status=combatant region=SY-HI
    c2 injured 2 2 2 | status=combatant region=SY-HI
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from tollbook.errors import GoldError
from tollbook.schema import MEASURES, STATUSES, Bounds, Count

ENDING: Final = ".gold.txt"

ACTOR_IDS: Final = frozenset(
    (
        "isis", "syria-government", "iran-backed-militias", "irgc", "hezbollah", "liwa-al-quds",
        "national-defence-forces", "sdf", "ypg", "hts", "syrian-national-army", "turkey", "russia",
        "israel", "us-coalition", "al-qaeda", "taliban", "boko-haram", "iswap", "al-shabaab",
        "houthis", "hamas", "islamic-jihad", "ukraine-forces", "iraq-forces", "pmf", "pkk",
    )
)  # fmt: skip
"""The ids that the guidelines give to actors; any other actor goes by its name."""

_MARK: Final = re.compile(r"\[([^\[\]]+)\]\((c\d+)\)")
_BROKEN_MARK: Final = re.compile(r"\]\(c\d+\)")
_RULER: Final = re.compile(r"\r?\n---\r?\n")
_TEXTS: Final = ("status", "actor", "backer", "by", "part_of", "same_as", "period")
_LISTS: Final = ("traits", "region")


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A bulletin with the counts that annotators found in it.

    Args:
        doc_id: file name without ``.gold.txt``.
        text: the bulletin to the letter, without the marks.
        counts: the annotated counts in the order of their lines; offsets are characters of `text`.
    """

    doc_id: str
    text: str
    counts: tuple[Count, ...]

    @property
    def domain(self) -> str:
        """First word of the id: where the bulletin comes from.

        >>> GoldDocument("wire-02-kherson", "", ()).domain
        'wire'
        """
        return self.doc_id.partition("-")[0]


def parse(content: str, name: str = "gold") -> GoldDocument:
    """Read the content of one gold file.

    Args:
        content: text with marks, a line of three dashes, one line a count.
        name: file name, for the id and for messages.

    Returns:
        The document; its counts have their offsets in the text without marks.

    Raises:
        GoldError: the content does not follow the format; names the line.

    >>> doc = parse("[Two](c1) fled.\\n---\\nc1 displaced 2 2 2 | status=civilian", "a.gold.txt")
    >>> doc.doc_id, doc.text, doc.counts[0].bounds, doc.counts[0].status
    ('a', 'Two fled.', Bounds(best=2, low=2, high=2), 'civilian')
    """
    rulers = list(_RULER.finditer(content))
    if not rulers:
        raise GoldError(name, 0, "no line of three dashes between the text and the counts")
    marked, table = content[: rulers[-1].start()], content[rulers[-1].end() :]
    first_line = content.count("\n", 0, rulers[-1].end()) + 1
    doc_id = name.removesuffix(ENDING)
    text, spans = _unmark(marked, name)
    found: dict[str, tuple[int, Count]] = {}
    for number, line in enumerate(table.split("\n"), start=first_line):
        if not line.strip():
            continue
        count = _parse_line(line, spans, name, number)
        if count.count_id in found:
            raise GoldError(name, number, f"{count.count_id} has a second line")
        start, end = spans[count.count_id]
        words = text[start:end]
        count = replace(
            count, doc_id=doc_id, text=words, start=start, end=end,
            phrase=words, phrase_start=start, phrase_end=end,
        )  # fmt: skip
        found[count.count_id] = (number, count)
    for ident, (start, _) in spans.items():
        if ident not in found:
            raise GoldError(name, _line(text, start), f"{ident} is marked but has no line below")
    _check_links(found, name)
    return GoldDocument(doc_id, text, tuple(count for _, count in found.values()))


def read(path: Path | str) -> GoldDocument:
    """Read one gold file.

    Args:
        path: the file, in UTF-8.

    Raises:
        GoldError: it cannot be read, is not UTF-8, or does not follow the format.
    """
    path = Path(path)
    try:
        content = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise GoldError(path.name, 0, f"not UTF-8 (byte {error.start}); save it as UTF-8") from None
    except OSError as error:
        raise GoldError(str(path), 0, error.strerror or str(error)) from None
    return parse(content, path.name)


def read_folder(folder: Path | str, names: Collection[str] | None = None) -> list[GoldDocument]:
    """Read every gold file in a folder, in the order of their names.

    Args:
        folder: the folder; one gold file is taken as well.
        names: only these files, by name or by id; None for all.

    Raises:
        GoldError: no gold file there, a name that is not there, or a file that does not parse.
    """
    folder = Path(folder)
    if folder.is_file():
        files = [folder]
    elif folder.is_dir():
        files = sorted(folder.glob(f"*{ENDING}"))
    else:
        raise GoldError(str(folder), 0, "no such file or folder")
    if names is not None:
        wanted = {name.removesuffix(ENDING) for name in names}
        missing = sorted(wanted - {_id(file) for file in files})
        if missing:
            raise GoldError(str(folder), 0, f"no gold file named {', '.join(missing)}")
        files = [file for file in files if _id(file) in wanted]
    if not files:
        raise GoldError(str(folder), 0, f"no gold files; they are named *{ENDING}")
    return [read(file) for file in files]


def read_names(path: Path | str) -> list[str]:
    """Names in a list file: one a line; blank lines and lines that begin with # are skipped.

    Args:
        path: the list file.

    Raises:
        GoldError: it cannot be read.
    """
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(str(path), 0, f"cannot be read: {error}") from None
    stripped = (line.strip() for line in lines)
    return [Path(line).name for line in stripped if line and not line.startswith("#")]


def _id(file: Path) -> str:
    return file.name.removesuffix(ENDING)


def _unmark(marked: str, name: str) -> tuple[str, dict[str, tuple[int, int]]]:
    pieces: list[str] = []
    spans: dict[str, tuple[int, int]] = {}
    length = last = 0
    for mark in _MARK.finditer(marked):
        before = marked[last : mark.start()]
        words, ident = mark[1], mark[2]
        if ident in spans:
            raise GoldError(name, _line(marked, mark.start()), f"{ident} is marked twice")
        pieces += before, words
        length += len(before)
        spans[ident] = (length, length + len(words))
        length += len(words)
        last = mark.end()
    for broken in _BROKEN_MARK.finditer(_MARK.sub(lambda mark: "_" * len(mark[0]), marked)):
        line = _line(marked, broken.start())
        raise GoldError(name, line, f"the mark at {broken[0][1:]} is not of the form [span](c1)")
    pieces.append(marked[last:])
    return "".join(pieces), spans


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _parse_line(line: str, spans: Collection[str], name: str, number: int) -> Count:
    head, _, tail = line.partition("|")
    columns = head.split()
    if len(columns) != 5:
        raise GoldError(name, number, f"expected 'id measure best low high': {line.strip()!r}")
    ident, measure, *figures = columns
    if ident not in spans:
        raise GoldError(name, number, f"{ident} has no mark in the text")
    if measure not in MEASURES:
        allowed = ", ".join(MEASURES)
        raise GoldError(name, number, f"{ident}: unknown measure {measure!r}; one of {allowed}")
    try:
        bounds = Bounds(*(None if figure == "-" else int(figure) for figure in figures))
    except ValueError as error:
        raise GoldError(name, number, f"{ident}: {error}") from None
    values: dict[str, Any] = {}
    try:
        words = shlex.split(tail)
    except ValueError as error:
        raise GoldError(name, number, f"{ident}: {error}") from None
    for word in words:
        key, equals, value = word.partition("=")
        if word == "implicit":
            values["implicit"] = True
        elif not equals or key not in (*_TEXTS, *_LISTS):
            raise GoldError(name, number, f"{ident}: unknown attribute {word!r}")
        elif key in values:
            raise GoldError(name, number, f"{ident}: {key} is given twice")
        elif key in _LISTS:
            values[key] = tuple(item for item in map(str.strip, value.split(",")) if item)
        else:
            values[key] = value or None
    if values.get("status") not in (None, *STATUSES):
        allowed = ", ".join(STATUSES)
        status = values["status"]
        raise GoldError(name, number, f"{ident}: unknown status {status!r}; one of {allowed}")
    return Count(
        count_id=ident, measure=measure, best=bounds.best, low=bounds.low, high=bounds.high,
        rule="gold", **values,
    )  # fmt: skip


def _check_links(found: dict[str, tuple[int, Count]], name: str) -> None:
    parents = {ident: count.part_of for ident, (_, count) in found.items()}
    for ident, (number, count) in found.items():
        for key in ("part_of", "same_as"):
            target = getattr(count, key)
            if target is not None and target not in found:
                raise GoldError(name, number, f"{ident}: {key}={target} is not a count")
            if target == ident:
                raise GoldError(name, number, f"{ident}: {key} points to itself")
    for ident, (number, _) in found.items():
        seen: set[str] = set()
        parent = parents[ident]
        while parent is not None and parent not in seen:
            seen.add(parent)
            parent = parents[parent]
        if ident in seen:
            raise GoldError(name, number, f"{ident}: part_of goes round in a circle")
