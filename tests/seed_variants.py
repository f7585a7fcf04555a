"""Builds variants of the seed bulletin: other texts of the same shape, with what must be found.

A `Variant` is the gold file taken apart into lines, each with its role, and the expected values
of each count. Every function below gives back another variant with its text and its expected
values changed together; `Variant.gold` puts it back together as a gold document. A change that
finds nothing to change raises, so that no variant is the seed itself by mistake.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from num2words import num2words

from tollbook import gold
from tollbook.gold import GoldDocument

SEEDS = Path(__file__).parents[1] / "seeds"
SEED_TEXT = SEEDS / "homs-bus.txt"
SEED_GOLD = SEEDS / "gold" / "seed-homs-bus.gold.txt"

Check = tuple[str, str, str, frozenset[str]]
"""kind, way, count_id of the whole, count_ids of the parts."""


def check(kind: str, way: str, whole: str, parts: str) -> Check:
    return kind, way, whole, frozenset(parts.split())


CONTRADICTIONS = frozenset(
    (
        check("contradiction", "region", "c5", "c14 c22 c29 c35 c41"),
        check("contradiction", "across", "c10", "c18 c26 c33 c38"),
    )
)
"""What does not add up in the seed: 322 where it says 321, 38 where it says 37."""

CHECKED = frozenset(
    (
        check("adds-up", "measure", "c1", "c2 c4"),
        check("adds-up", "group", "c5", "c6 c7 c10"),
        check("adds-up", "across", "c6", "c17 c25 c32"),
        check("adds-up", "across", "c7", "c15 c23 c30 c36 c41"),
        check("adds-up", "across", "c8", "c16 c24 c31 c37 c42"),
        check("adds-up", "across", "c11", "c39"),
        check("adds-up", "across", "c12", "c20"),
        check("adds-up", "region", "c9", "c13 c21 c28 c34 c40"),
        check("adds-up", "group", "c14", "c15 c17 c18"),
        check("adds-up", "group", "c22", "c23 c25 c26"),
        check("adds-up", "group", "c29", "c30 c32 c33"),
        check("adds-up", "group", "c35", "c36 c38"),
    )
)
"""What adds up in the seed."""

MARK = re.compile(r"\[([^\[\]]+)\]\((c\d+)\)")
ROLES = ("source", "headline", "lead", "intro", "group", "regional", "heading", "item")
LIST = ("group", "heading", "item")


@dataclass(frozen=True)
class Line:
    """One line of a bulletin without its bullet: its role (one of `ROLES`) and its marked text."""

    role: str
    text: str


@dataclass(frozen=True)
class Style:
    """How the lines are set: bullets in front, and line ends before each role."""

    group: str = "  • "
    heading: str = "-"
    item: str = "  • "
    gap: int = 3
    gaps: Mapping[str, int] | None = None
    newline: str = "\n"
    trailing: str = ""

    def bullet(self, role: str, number: int) -> str:
        if role not in LIST:
            return ""
        return str(getattr(self, role)).replace("{n}", str(number))

    def lines_before(self, role: str) -> int:
        default = {"source": 0, "headline": 2, "lead": 2}
        return (self.gaps or {}).get(role, default.get(role, self.gap))


@dataclass(frozen=True)
class Variant:
    """A bulletin and what must be found in it."""

    lines: tuple[Line, ...]
    table: Mapping[str, Mapping[str, str]]
    style: Style = Style()
    findings: frozenset[Check] = CONTRADICTIONS
    checked: frozenset[Check] = CHECKED
    tolls: tuple[int | None, int | None] = (16, 7)
    finish: tuple[Callable[[str], str], ...] = ()

    @property
    def gold(self) -> GoldDocument:
        """The marked text and the table, read as a gold file."""
        marked, number = "", 0
        for i, line in enumerate(self.lines):
            number = number + 1 if i and self.lines[i - 1].role == line.role else 1
            before = self.style.newline * self.style.lines_before(line.role) if i else ""
            end = self.style.trailing
            marked += before + self.style.bullet(line.role, number) + line.text + end
        for change in self.finish:
            marked = change(marked)
        rows = []
        for ident, row in self.table.items():
            figures = " ".join(row[name] for name in ("measure", "best", "low", "high"))
            rest = " ".join(
                f'{name}="{value}"'
                for name, value in row.items()
                if name not in ("measure", "best", "low", "high") and value
            )
            rows.append(f"{ident} {figures} | {rest}")
        return gold.parse(marked + "\n---\n" + "\n".join(rows) + "\n", "seed-variant.gold.txt")


# --- the seed ------------------------------------------------------------------------------


def seed() -> Variant:
    """The seed itself, taken apart."""
    marked, table = SEED_GOLD.read_text(encoding="utf-8").split("\n---\n")
    roles = {0: "source", 1: "headline", 2: "lead", 3: "intro"}
    lines: list[Line] = []
    regional = False
    for text in filter(None, marked.split("\n")):
        if text.startswith("  • "):
            lines.append(Line("item" if regional else "group", text[4:]))
        elif text.startswith("-"):
            lines.append(Line("heading", text[1:]))
        else:
            role = roles.get(len(lines), "regional")
            regional = role == "regional"
            lines.append(Line(role, text))
    rows: dict[str, dict[str, str]] = {}
    for text in table.splitlines():
        head, _, tail = text.partition(" | ")
        ident, measure, best, low, high = head.split()
        row = {"measure": measure, "best": best, "low": low, "high": high}
        for name, quoted, plain in re.findall(r'(\w+)=(?:"([^"]*)"|(\S+))', tail):
            row[name] = quoted or plain
        rows[ident] = row
    return Variant(tuple(lines), rows)


# --- changes -------------------------------------------------------------------------------


def sub(variant: Variant, *pairs: tuple[str, str], role: str | None = None) -> Variant:
    """Replace words in the marked lines; every pair must occur."""
    lines = variant.lines
    for old, new in pairs:
        changed = tuple(
            replace(line, text=line.text.replace(old, new)) if role in (None, line.role) else line
            for line in lines
        )
        if changed == lines:
            raise ValueError(f"{old!r} is not in the bulletin")
        lines = changed
    return replace(variant, lines=lines)


def rows(variant: Variant, name: str, change: Mapping[str, str] | str, ids: str = "") -> Variant:
    """Set a field of some counts, or map its values wherever they stand."""
    table = {ident: dict(row) for ident, row in variant.table.items()}
    if isinstance(change, str):
        for ident in ids.split():
            table[ident][name] = change
        return replace(variant, table=table)
    for row in table.values():
        if row.get(name):
            row[name] = ",".join(change.get(value, value) for value in row[name].split(","))
    return replace(variant, table=table)


def number(variant: Variant, ident: str, text: str, value: int | None = None) -> Variant:
    """Write another number expression at a count; with a value, other bounds as well."""
    pattern = re.compile(rf"\[[^\[\]]+\]\({ident}\)")
    lines = tuple(
        replace(line, text=pattern.sub(f"[{text}]({ident})", line.text)) for line in variant.lines
    )
    if lines == variant.lines:
        raise ValueError(f"{ident} is not in the bulletin, or reads {text!r} already")
    table = {key: dict(row) for key, row in variant.table.items()}
    if value is not None:
        row = table[ident]
        for name in ("best", "low", "high"):
            row[name] = "-" if row[name] == "-" else str(value)
    return replace(variant, lines=lines, table=table)


def figures(variant: Variant, **values: int) -> Variant:
    """Other figures, in digits; the modifier of a number stays."""
    texts = texts_of(variant)
    for ident, value in values.items():
        modifier = re.match(r"(?:at least |Nearly )?", texts[ident])
        assert modifier is not None
        variant = number(variant, ident, f"{modifier[0]}{value}", value)
    return variant


def texts_of(variant: Variant) -> dict[str, str]:
    """The number expression of each count."""
    return {m[2]: m[1] for line in variant.lines for m in MARK.finditer(line.text)}


def rewrite(variant: Variant, write: Callable[[int, str], str | None]) -> Variant:
    """Write every number anew: `write` gets the value and the words, and gives other words."""
    for ident, text in texts_of(variant).items():
        modifier, _, word = text.rpartition(" ")
        new = write(int(variant.table[ident]["best"]), word)
        if new is None:
            continue
        new = f"{modifier} {new}" if modifier else new
        if word[0].isupper() or (word[0].isdigit() and not modifier and _first(variant, ident)):
            new = new[0].upper() + new[1:]
        if new != text:
            variant = number(variant, ident, new)
    return variant


def _first(variant: Variant, ident: str) -> bool:
    return any(
        re.match(rf"(?:[^\[\]]+: )?\[[^\[\]]+\]\({ident}\)", line.text) for line in variant.lines
    )


def words(value: int, word: str) -> str | None:
    return None if word in ("a", "an") else str(num2words(value))


def words_american(value: int, word: str) -> str | None:
    return None if word in ("a", "an") else str(num2words(value)).replace(" and ", " ")


def words_open(value: int, word: str) -> str | None:
    return None if word in ("a", "an") else str(num2words(value)).replace("-", " ")


def digits(value: int, word: str) -> str | None:
    return None if word in ("a", "an") else str(value)


def articles(value: int, word: str) -> str | None:
    return "one" if word in ("a", "an") else None


def articles_digits(value: int, word: str) -> str | None:
    return "1" if word in ("a", "an") else None


def doubled(value: int, word: str) -> str | None:
    return None if word in ("a", "an") else f"{num2words(value)} ({value})"


def scaled(variant: Variant, factor: int, separator: str = ",") -> Variant:
    """Every figure many times as large, but for the people told of singly."""
    for ident, text in texts_of(variant).items():
        modifier, _, word = text.rpartition(" ")
        if word == "a":
            continue
        value = int(variant.table[ident]["best"]) * factor
        shown = f"{value:,}".replace(",", separator)
        variant = number(variant, ident, f"{modifier} {shown}".strip(), value)
    variant = sub(variant, ("Iranian-backed militiaman", "Iranian-backed militiamen"))
    killed, injured = variant.tolls
    assert killed is not None
    assert injured is not None
    return replace(variant, tolls=(killed * factor, injured * factor))


# --- places and actors ---------------------------------------------------------------------


def places(
    variant: Variant,
    names: Sequence[str],
    codes: Sequence[str],
    town: str,
    desert: str = "the Syrian desert",
    area: str = "west Euphrates region",
) -> Variant:
    """Other regions, in the order Deir Ezzor, Al-Raqqah, Homs, Hama, Aleppo."""
    old = ("Deir Ezzor", "Al-Raqqah", "Homs", "Hama", "Aleppo")
    slots = {name: f"\x00{i}" for i, name in enumerate(old)}
    variant = sub(variant, *slots.items())
    pairs = [(slot, name) for slot, name in zip(slots.values(), names, strict=True)]
    pairs += [("Al-Taybah village", town)]
    if desert != "the Syrian desert":
        pairs += [("the Syrian desert", desert)]
    if area != "west Euphrates region":
        pairs += [("west Euphrates region", area)]
    variant = sub(variant, *pairs)
    old_codes = ("SY-DY", "SY-RA", "SY-HI", "SY-HM", "SY-HL")
    return rows(variant, "region", dict(zip(old_codes, codes, strict=True)))


def attacker(variant: Variant, name: str, ident: str) -> Variant:
    """Another attacker than ISIS, by its name and its id."""
    variant = sub(variant, ("ISIS", name))
    for field in ("actor", "by"):
        variant = rows(variant, field, {"isis": ident})
    return variant


def forces(
    variant: Variant, plain: str, allied: str, ident: str, headline: str, lead_actor: str | None
) -> Variant:
    """Other forces than the regime's, named so and with their allies so."""
    variant = sub(
        variant,
        ("members of “Liwaa Al-Quds” and regime-backed militiamen", headline),
        ("seven](c4) other members of regime forces and their proxy factions",
         f"seven](c4) other members of {allied}"),
        ("were killed by regime forces and their proxy militias", f"were killed by {allied}"),
        ("members of regime forces and their proxy militias", f"members of {plain}"),
    )  # fmt: skip
    for field in ("actor", "by"):
        variant = rows(variant, field, {"syria-government": ident})
    return variant if lead_actor is None else rows(variant, "actor", lead_actor, "c1")


def brigade(variant: Variant, old: str, new: str, ident: str, backer: str = "Russia") -> Variant:
    """Another brigade on the bus."""
    variant = sub(variant, (old, new), role="lead")
    return rows(rows(variant, "actor", ident, "c3"), "backer", backer, "c3")


# --- order, parts, layout ------------------------------------------------------------------


def blocks(variant: Variant) -> tuple[list[Line], list[Line], list[Line], list[list[Line]]]:
    """The lines before the lists, the group items, the line between, the regional blocks."""
    head = [line for line in variant.lines if line.role in ("source", "headline", "lead", "intro")]
    groups = [line for line in variant.lines if line.role == "group"]
    between = [line for line in variant.lines if line.role == "regional"]
    regional: list[list[Line]] = []
    for line in variant.lines:
        if line.role == "heading":
            regional.append([line])
        elif line.role == "item":
            regional[-1].append(line)
    return head, groups, between, regional


def reordered(
    variant: Variant,
    groups: Sequence[int] = (0, 1, 2),
    regions: Sequence[int] = (0, 1, 2, 3, 4),
    items: Callable[[list[Line]], list[Line]] = list,
) -> Variant:
    """Group items and regional blocks in another order, and the items within each block."""
    head, old_groups, between, old_regions = blocks(variant)
    lines = head + [old_groups[i] for i in groups] + between
    for i in regions:
        lines += [old_regions[i][0], *items(old_regions[i][1:])]
    return replace(variant, lines=tuple(lines))


def without(variant: Variant, *roles: str) -> Variant:
    """The bulletin without the lines of some roles, and the counts in them."""
    lines = tuple(line for line in variant.lines if line.role not in roles)
    return kept(variant, lines)


def without_regions(variant: Variant, *regions: int) -> Variant:
    """The bulletin without some regional blocks."""
    head, groups, between, regional = blocks(variant)
    lines = head + groups + between
    for i, block in enumerate(regional):
        if i not in regions:
            lines += block
    return kept(variant, tuple(lines))


def kept(variant: Variant, lines: tuple[Line, ...]) -> Variant:
    """Only these lines; counts, links and checks that lose what they point to go as well."""
    ids = {m[2] for line in lines for m in MARK.finditer(line.text)}
    table = {
        ident: {
            name: value
            for name, value in row.items()
            if name not in ("part_of", "same_as") or value in ids
        }
        for ident, row in variant.table.items()
        if ident in ids
    }

    def left(checks: frozenset[Check]) -> frozenset[Check]:
        return frozenset(c for c in checks if c[2] in ids and c[3] <= ids)

    return replace(
        variant,
        lines=lines,
        table=table,
        findings=left(variant.findings),
        checked=left(variant.checked),
    )


def added(variant: Variant, text: str, role: str = "regional", at: int | None = None) -> Variant:
    """Another line: at an index, or at the end."""
    lines = list(variant.lines)
    lines.insert(len(lines) if at is None else at, Line(role, text))
    return replace(variant, lines=tuple(lines))


def styled(variant: Variant, **settings: object) -> Variant:
    """Other bullets, gaps or line ends."""
    return replace(variant, style=replace(variant.style, **settings))  # type: ignore[arg-type]


def finished(variant: Variant, change: Callable[[str], str]) -> Variant:
    """A change of the marked text as a whole."""
    return replace(variant, finish=(*variant.finish, change))
