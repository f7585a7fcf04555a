"""Parts that words mark as such: ``including``, ``of them``, ``of these``, ``among the dead``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tollbook.grammar.figures import (
    alike,
    attach,
    differ,
    is_struck,
    names,
    settle_fate,
    size,
)
from tollbook.rules.measures import becomes

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Candidate
    from tollbook.grammar.chunk import Chunk
    from tollbook.grammar.figures import Figures
    from tollbook.grammar.groups import Member

_OF: Final = (["of"], ["of", "the"], ["of", "these"], ["of", "those"])
_OF_THESE: Final = (["of", "these"], ["of", "them"], ["of", "those"], ["of", "whom"])
_DEFINITE: Final = frozenset(("the", "these", "those"))
_WHO: Final = ("noun", "status", "actor", "actor_text", "backer")
_OF_EVENTS: Final = frozenset(("in", "at", "on", "during", "after"))
"""Prepositions of an event rather than of a person: ``in one of them``."""


def link_in_sentences(figures: Figures) -> None:
    """Carry over what the lists of each sentence say: ``12 people, including two women``.

    Args:
        figures: candidates that are changed.

    >>> import tollbook
    >>> text = "Twelve people, including two women, were killed."
    >>> [(count.text, count.part_of) for count in tollbook.extract(text).counts]
    [('Twelve', None), ('two', 'c1')]
    """
    for item in figures.candidates:
        sentence = figures.analysis.sentences[item.segment]
        member = sentence.members.get(item.position) if sentence is not None else None
        if sentence is None or member is None or member.parent is None:
            continue
        parent: Member | None = member.parent
        # people without a number are passed over: their whole is the figure behind them
        while parent is not None and (item.segment, parent.index) not in figures.place:
            claim = sentence.claims.get(parent.index)
            if claim is not None and not item.record["measure"] and not claim.blocked:
                item.record["measure"] = claim.measure
                item.record["rule"] = claim.rule
            parent = parent.parent
        if parent is not None:
            whole = figures.place[item.segment, parent.index]
            attach(item, whole, member.how)
            settle_fate(item, figures.candidates[whole])


def link_of_whom(figures: Figures) -> None:
    """``of whom 16 were shot and 11 lost their lives``: what is joined to a part is one too.

    Args:
        figures: candidates that are changed.

    >>> import tollbook
    >>> text = "Police said 38 people were killed, of whom 16 were shot and 11 drowned."
    >>> [(count.text, count.measure, count.part_of) for count in tollbook.extract(text).counts]
    [('38', 'killed', None), ('16', 'killed', 'c1'), ('11', 'killed', 'c1')]
    """
    for indices in figures.by_segment.values():
        whole, left = -1, 0
        for index in indices:
            item = figures.candidates[index]
            if item.reason:
                continue
            start = figures.chunk(item).start
            # "38, of whom 16 were shot and 11 drowned" in a list: the 11 are of the 38 first
            listed = (
                whole >= 0
                and item.how == "list"
                and item.parent == figures.candidates[whole].parent
            )
            if item.parent >= 0 and not listed:
                if start and figures.low[start - 1] == "whom":
                    whole = item.parent
                    left = size(figures.candidates[whole])
                left -= size(item) if item.parent == whole else 0
                continue
            same = whole >= 0 and (
                item.record["measure"] == figures.candidates[whole].record["measure"]
            )
            noun = figures.chunk(item).noun
            alone = figures.is_bare(item) or (noun is not None and noun.kind == "casualty")
            if same and alone and 0 < size(item) <= left:
                attach(item, whole, "including")
                left -= size(item)


def link_among(figures: Figures) -> None:
    """``a girl was among the dead``: part of the nearest figure of the dead before it.

    Args:
        figures: candidates that are changed.

    >>> import tollbook
    >>> text = "Nine people were killed. A girl was among the dead."
    >>> [(count.text, count.part_of) for count in tollbook.extract(text).counts]
    [('Nine', None), ('A', 'c1')]
    """
    candidates = figures.candidates
    for indices in figures.by_segment.values():
        told = [i for i in indices if candidates[i].record["rule"] == "among-the"]
        told = [i for i in told if candidates[i].parent < 0 or not _beside(candidates, i)]
        if not told:
            continue
        least = max(size(candidates[i], 1) for i in told)
        tops = [i for i in told if candidates[i].parent < 0]
        added = sum(size(candidates[i], 1) for i in tops)
        whole = _dead(figures, told[0], added)
        if whole < 0:
            whole = _dead(figures, told[0], least)
        for index in told if whole >= 0 else ():
            attach(candidates[index], whole, "among")


def _beside(candidates: list[Candidate], index: int) -> bool:
    """Whether a part belongs to a figure of its own sentence."""
    return candidates[candidates[index].parent].segment == candidates[index].segment


def _dead(figures: Figures, index: int, least: int) -> int:
    """The nearest total before a figure that can include so many of its outcome, or -1.

    In its own paragraph that may be an item of a list; parts within a sentence are passed over.
    """
    item = figures.candidates[index]
    for other in range(index - 1, -1, -1):
        earlier = figures.candidates[other]
        record = earlier.record
        if earlier.reason or record["measure"] != item.record["measure"] or record["implicit"]:
            continue
        if record["rule"] == "among-the" or differ(item, earlier):
            continue
        if figures.chunk(earlier).partitive:
            continue  # "Four of the dead were beheaded": some of them, too
        if record["high"] == 0 or max(size(earlier), record["high"] or 0) < max(least, 2):
            continue
        near = figures.block(earlier) == figures.block(item)
        noun = figures.chunk(earlier).noun
        if not near and noun is not None and noun.traits and noun.noun != item.record["noun"]:
            continue  # "four youngsters" of another paragraph: a mother is none of them
        if earlier.parent < 0 or (near and earlier.how in ("list", "made-up")):
            return other
    return -1


def link_partitives(figures: Figures) -> None:
    """``three of the 27 wounded``, ``two of the soldiers``, ``one of them``.

    Args:
        figures: candidates that are changed.

    >>> import tollbook
    >>> text = "Nine soldiers were injured. Two of the soldiers died."
    >>> [(count.text, count.measure, count.part_of) for count in tollbook.extract(text).counts]
    [('Nine', 'injured', None), ('Two', 'killed', 'c1')]
    """
    for index, item in enumerate(figures.candidates):
        if item.reason or item.record["implicit"]:
            continue
        chunk = figures.chunk(item)
        if not chunk.partitive:
            continue
        if chunk.partitive == "np" and _of_next(figures, index):
            continue
        if item.parent >= 0:
            continue
        if chunk.partitive == "np":
            whole = _of_noun(figures, index, chunk)
        elif chunk.start > 0 and figures.low[chunk.start - 1] in _OF_EVENTS:
            continue
        else:
            whole = _people(figures, index)
        if whole >= 0:
            attach(item, whole, "partitive")


def link_of_these(figures: Figures) -> None:
    """``Of these, 116 were killed in Bastar``: a part of the figure before the sentence.

    Args:
        figures: candidates that are changed.

    >>> import tollbook
    >>> text = "Over the year 400 people were killed. Of these, 116 were killed in Bastar."
    >>> [(count.text, count.part_of) for count in tollbook.extract(text).counts]
    [('400', None), ('116', 'c1')]
    """
    for segment, indices in figures.by_segment.items():
        sentence = figures.analysis.sentences[segment]
        if sentence is None or not sentence.chunks:
            continue
        start = sentence.chunks[0].start
        if figures.low[start : start + 2] not in _OF_THESE:
            continue
        index = indices[0]
        item = figures.candidates[index]
        if item.parent >= 0 or item.reason or item.position > 8:
            continue
        measure = item.record["measure"]
        if not measure and figures.is_bare(item):
            _of_these_bare(figures, indices)
            continue
        whole = (
            figures.nearest(index, measure, size(item, 1)) if measure else _people(figures, index)
        )
        if whole >= 0:
            attach(item, whole, "partitive")


def _of_these_bare(figures: Figures, indices: list[int]) -> None:
    """``Of these, 120 were laid to the army, 70 to rebels``: bare numbers of any outcome."""
    candidates = figures.candidates
    for other in range(indices[0] - 1, -1, -1):
        whole = candidates[other]
        if whole.reason or not whole.record["measure"]:
            continue
        left = size(whole)
        if whole.segment < candidates[indices[0]].segment - 2 or left < size(
            candidates[indices[0]]
        ):
            return
        for index in indices:
            item = candidates[index]
            left -= size(item, 1)
            if item.parent >= 0 or item.reason or not figures.is_bare(item) or left < 0:
                return
            item.record["measure"] = whole.record["measure"]
            item.record["rule"] = "part:partitive"
            attach(item, other, "partitive")
        return


def _of_next(figures: Figures, index: int) -> bool:
    """``three of the 27 wounded``: make a figure part of the one right behind it."""
    if index + 1 >= len(figures.candidates):
        return False
    item, after = figures.candidates[index : index + 2]
    gap = figures.analysis.text[item.record["end"] : after.record["start"]]
    if after.segment != item.segment or gap.split() not in _OF:
        return False
    if not item.record["measure"]:
        item.record["measure"] = after.record["measure"]
    for key in _WHO:
        item.record[key] = item.record[key] or after.record[key]
    attach(item, index + 1, "partitive")
    return True


def _of_noun(figures: Figures, index: int, chunk: Chunk) -> int:
    """Index of the whole of ``two of the fatalities``, ``two of the soldiers``, or -1."""
    item = figures.candidates[index]
    if chunk.noun is not None and chunk.noun.kind == "casualty":
        return figures.nearest(index, chunk.noun.measure, size(item, 1))
    if not chunk.lemma or chunk.number is None:
        return -1
    if chunk.noun is not None and chunk.noun.kind == "event":
        return _of_events(figures, index)
    if chunk.noun is not None and chunk.noun.noun == "victim" and item.record["measure"]:
        return figures.nearest(index, item.record["measure"], size(item, 1) + 1)
    if figures.low[chunk.number["end"] + 1] not in _DEFINITE:
        return -1
    whole = _of_same_noun(figures, index, chunk.lemma)
    if whole >= 0 and not item.record["measure"]:
        item.record["measure"] = figures.candidates[whole].record["measure"]
    return whole


def _of_events(figures: Figures, index: int) -> int:
    """Index of the whole of ``two of the clashes``, or -1."""
    item = figures.candidates[index]
    for other in range(index - 1, -1, -1):
        earlier = figures.candidates[other]
        if earlier.reason or earlier.record["measure"] != "incidents":
            continue
        if size(earlier) > size(item) and alike(item, earlier):
            return other
    return -1


def _of_same_noun(figures: Figures, index: int, lemma: str) -> int:
    """Index of the nearest earlier figure of a noun that can include a candidate, or -1."""
    item = figures.candidates[index]
    mine = item.record["measure"]
    for other in range(index - 1, -1, -1):
        earlier = figures.candidates[other]
        theirs = earlier.record["measure"]
        if earlier.reason or not theirs or not names(earlier, lemma):
            continue
        if size(earlier) < size(item, 1):
            continue
        if not mine or mine == theirs or becomes(theirs, mine):
            return other
    return -1


def _people(figures: Figures, index: int) -> int:
    """Index of the nearest earlier figure of people that can include a candidate, or -1."""
    mine = figures.candidates[index]
    least = size(mine, 1)
    struck = mine.record["measure"] == "killed" and is_struck(figures, mine)
    for other in range(index - 1, -1, -1):
        item = figures.candidates[other]
        record = item.record
        if item.segment == mine.segment and not record["measure"] and size(item) > least:
            if not item.reason and figures.chunk(item).countable:
                return other  # "handed over 185 soldiers, 71 of them hurt": whatever befell them
        if item.reason or record["implicit"] or record["measure"] in ("", "incidents"):
            continue
        if record["high"] == 0 or (item.parent >= 0 and item.how == "partitive"):
            continue
        if struck and record["measure"] == "killed":
            return -1  # "troops eliminated nine of them": none of those dead already
        if size(item) > least:
            return other
    return -1
