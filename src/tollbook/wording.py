"""The words of a finding: one sentence that a reader understands without knowing the fields."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tollbook.rules.nouns import nouns, pluralise
from tollbook.schema import Bounds, Count

_INCIDENTS: Final = "incidents"
_PEOPLE: Final = {"civilian": "civilians", "combatant": "combatants"}
_ADJECTIVES: Final = frozenset({"elderly", "disabled", "displaced"})
_QUOTES: Final = re.compile(r"[“”„«»\"]")
_SPARE: Final = re.compile(r"^(?:(?:other|others|more|further|additional|remaining)\s+)+")
_EDGE: Final = re.compile(r"^[\W_]+|[\W_]+$")


def message(kind: str, way: str, whole: Count, parts: Sequence[Count], added: Bounds) -> str:
    """The sentence of a finding about several parts.

    Args:
        kind: one of `FINDING_KINDS`.
        way: ``group``, ``region``, ``across`` or ``measure``.
        whole: the count that is divided.
        parts: the counts that make it up.
        added: what these add up to.

    >>> whole = Count(measure="killed", best=12, low=12, high=12, status="civilian")
    >>> parts = [Count(best=n, low=n, high=n, region_text=place) for n, place in
    ...          ((7, "-Homs desert"), (6, "Hama"))]
    >>> words = message("contradiction", "across", whole, parts, Bounds.exactly(13))
    >>> print(words.replace(", but", ",\\nbut"))
    The civilians killed, region by region, add up to 13 (7 in Homs desert, 6 in Hama),
    but the text says 12.
    """
    total, listed = figure(added), _listed(way, parts)
    subject = {
        "region": f"The regional figures add up to {total} {whole.measure} ({listed})",
        "measure": f"The killed and the injured add up to {total} ({listed})",
        "across": f"The {people(whole)}, region by region, add up to {total} ({listed})",
    }.get(way, f"The parts add up to {total} {whole.measure} ({listed})")
    stated = _as_written(whole)
    if kind == "adds-up":
        return f"{subject}, and the text says {stated}."
    if kind == "subset-larger":
        return f"{subject}, more than the {stated} that they are part of."
    end = f"but the text says {stated}"
    if kind == "remainder" and whole.low is not None and added.high is not None:
        left = whole.low - added.high
        end += f": {left} {'is' if left == 1 else 'are'} not accounted for"
    return f"{subject}, {end}."


def larger(whole: Count, part: Count) -> str:
    """The sentence about one part that is larger than its whole.

    >>> larger(Count(text="Seven", phrase="Seven men"), Count(text="8", phrase="8 fathers"))
    '“8 fathers” cannot be part of “Seven men”: the part is larger than the whole.'
    """
    one, other = (" ".join((count.phrase or count.text).split()) for count in (part, whole))
    return f"“{one}” cannot be part of “{other}”: the part is larger than the whole."


def figure(bounds: Bounds) -> str:
    """A number for a sentence.

    >>> [figure(b) for b in (Bounds.exactly(4), Bounds(9, 9, None), Bounds(None, 10, 15))]
    ['4', 'at least 9', '10 to 15']
    >>> figure(Bounds(25, None, 25)), figure(Bounds(40)), figure(Bounds())
    ('at most 25', 'about 40', 'an unknown number')
    """
    if bounds.exact:
        return str(bounds.low)
    if bounds.low is not None and bounds.high is not None:
        return f"{bounds.low} to {bounds.high}"
    if bounds.low is not None:
        return f"at least {bounds.low}"
    if bounds.high is not None:
        return f"at most {bounds.high}"
    return "an unknown number" if bounds.best is None else f"about {bounds.best}"


def place(count: Count) -> str:
    """Where the people of a count were, as the text says it, without bullets and labels' marks.

    >>> place(Count(region_text="-Deir Ezzor desert:")), place(Count(region=("SY-HI",)))
    ('Deir Ezzor desert', 'SY-HI')
    """
    return _EDGE.sub("", count.region_text or count.place or "/".join(count.region))


def people(count: Count) -> str:
    """Whom a count counts, in the plural and with what happened to them.

    >>> people(Count(measure="killed", text="24", phrase="24 ISIS members", noun="member"))
    'ISIS members killed'
    >>> people(Count(measure="killed", text="a", phrase="a child", noun="child"))
    'children killed'
    >>> people(Count(measure="injured", traits=("Syrian", "woman"), status="civilian"))
    'Syrian women injured'
    >>> people(Count(measure="incidents", text="117", phrase="117 operations", noun="operation"))
    'operations'
    """
    words = _named(count, plural=True) or _described(count)
    listed = nouns().get(count.noun) if count.noun else None
    told = count.measure == _INCIDENTS or (listed is not None and listed.measure)
    return words if told else f"{words} {_happened(count.measure)}"


def _happened(measure: str) -> str:
    return "killed or injured" if measure == "casualties" else measure


def _as_written(count: Count) -> str:
    """The stated figure; in the words of the text when these are more than the number."""
    if count.bounds.exact or not count.text:
        return figure(count.bounds)
    words = " ".join(count.text.split())
    return words[0].lower() + words[1:]


def _named(count: Count, *, plural: bool) -> str:
    """The noun group after the number; empty when the phrase has none."""
    phrase, number = " ".join(count.phrase.split()), " ".join(count.text.split())
    if not number or not phrase.startswith(number + " "):
        return ""
    rest = _SPARE.sub("", _EDGE.sub("", _QUOTES.sub("", phrase[len(number) :])) + " ").strip()
    noun = count.noun
    if noun and plural and nouns().get(pluralise(noun)):
        rest = re.sub(rf"\b{re.escape(noun)}\b", pluralise(noun), rest, count=1)
    return rest


def _described(count: Count) -> str:
    if count.measure == _INCIDENTS:
        return _INCIDENTS
    nations = [trait for trait in count.traits if trait[:1].isupper()]
    before = [trait for trait in count.traits if trait in _ADJECTIVES]
    roles = [t for t in count.traits if t not in nations and t not in before]
    name = count.actor_text or count.actor or ""
    if roles:
        noun = " and ".join(pluralise(role) for role in roles)
    elif name:
        noun = f"{name} members" if len(name.split()) == 1 else f"members of {name}"
    else:
        noun = _PEOPLE.get(count.status or "", "people")
    return " ".join([*nations, *before, noun])


def _listed(way: str, parts: Sequence[Count]) -> str:
    if way == "measure":
        return " and ".join(f"{figure(part.bounds)} {part.measure}" for part in parts)
    if way == "group":
        named = [_named(part, plural=part.best != 1) for part in parts]
        if all(named):
            told = zip(parts, named, strict=True)
            return ", ".join(f"{figure(part.bounds)} {words}" for part, words in told)
        return " + ".join(figure(part.bounds) for part in parts)
    shown = []
    for part in parts:
        where = place(part)
        shown.append(f"{figure(part.bounds)} in {where}" if where else figure(part.bounds))
    return (", " if any(" in " in item for item in shown) else " + ").join(shown)
