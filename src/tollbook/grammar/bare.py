"""Numbers that stand alone: ``Twelve were shot; two stabbed``; ``in April 45``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbook.grammar.figures import attach, size
from tollbook.rules import syntax as syn
from tollbook.rules.measures import becomes
from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Candidate
    from tollbook.grammar.figures import Figures


def link_further_parts(figures: Figures) -> None:
    """``Three of these were shot; one died in custody; and 3 drowned``: parts of one whole.

    Args:
        figures: candidates that are changed.
    """
    for indices in figures.by_segment.values():
        whole, left = -1, 0
        for index in indices:
            item = figures.candidates[index]
            if item.reason:
                continue
            figure = size(item)
            if item.how == "partitive" and item.parent >= 0 and figures.chunk(item).partitive:
                if item.parent != whole:
                    whole = item.parent
                    left = figures.candidates[whole].record["best"] or 0
                left -= figure
            elif item.parent < 0:
                if (
                    whole >= 0
                    and _is_toll(figures, item)
                    and figure <= left
                    and (
                        figures.candidates[whole].segment != item.segment
                        or _can_be(item, figures.candidates[whole])
                    )
                ):
                    attach(item, whole, "partitive")
                    left -= figure
                else:
                    whole = -1


def link_predicates(figures: Figures) -> None:
    """``Police killed eight men. Two were women``: who some of them were.

    Args:
        figures: candidates that are changed.

    >>> import tollbook
    >>> text = "Police killed eight gang members on Monday. Two were women."
    >>> [(count.text, count.measure, count.part_of) for count in tollbook.extract(text).counts]
    [('eight', 'killed', None), ('Two', 'killed', 'c1')]
    """
    for index, item in enumerate(figures.candidates):
        if item.record["measure"] or item.reason or item.parent >= 0 or item.position > 1:
            continue
        chunk = figures.chunk(item)
        if not figures.is_bare(item) or chunk.number is None:
            continue
        chunks = figures.sentence(item).chunks
        after = figures.sentence(item).after(item.position)
        if after + 1 >= len(chunks) or not chunks[after].mask & syn.BE:
            continue
        if any(c.kind == "T" for c in chunks[after:]):
            continue
        said = chunks[figures.sentence(item).after(after)] if after + 1 < len(chunks) else None
        if said is None or said.kind not in "QN" or not said.countable:
            continue
        for other in range(index - 1, -1, -1):
            earlier = figures.candidates[other]
            if earlier.segment < item.segment - 1:
                break
            measure = earlier.record["measure"]
            if earlier.reason or earlier.parent >= 0 or measure in ("", "incidents"):
                continue
            if size(earlier) > size(item):
                attach(item, other, "partitive")
                item.record["measure"], item.record["rule"] = measure, "part:predicate"
                item.inherited.add("measure")
            break


def _can_be(item: Candidate, whole: Candidate) -> bool:
    """``ten kidnapped: six of them freed, two found dead``: what those taken can come to."""
    mine, theirs = item.record["measure"], whole.record["measure"]
    return theirs not in ("injured", "casualties") and becomes(theirs, mine)


def link_sums(figures: Figures) -> None:
    """``17 were murdered. Twelve were shot; two stabbed, and three strangled``.

    Args:
        figures: candidates that are changed.
    """
    candidates = figures.candidates
    for segment, indices in figures.by_segment.items():
        bare = [
            candidates[i]
            for i in indices
            if not candidates[i].reason and _is_toll(figures, candidates[i])
        ]
        if len(bare) < 2 or bare[0].position > 1 or not figures.is_bare(bare[0]):
            continue
        total = sum(item.record["best"] or 0 for item in bare)
        before = [
            i
            for i in figures.by_segment.get(segment - 1, ())
            if candidates[i].parent < 0
            and not candidates[i].reason
            and candidates[i].record["best"] == total
            and figures.block(candidates[i]) == figures.block(bare[0])
        ]
        if not before:
            continue
        for item in bare:
            if item.record["measure"] in ("", "casualties"):
                item.record["measure"] = candidates[before[-1]].record["measure"]
            attach(item, before[-1], "list")


def _is_toll(figures: Figures, item: Candidate) -> bool:
    """Whether a figure says no more of its people than that they are dead: ``three bodies``."""
    noun = figures.chunk(item).noun
    return figures.is_bare(item) or (noun is not None and noun.kind == "casualty")


def read_bare(figures: Figures) -> None:
    """``in March 60 people died, in April 45``: a number alone counts what was counted before.

    Args:
        figures: candidates that are changed.

    >>> import tollbook
    >>> text = "In March 60 people were killed, in April 45."
    >>> [(count.text, count.measure, count.rule) for count in tollbook.extract(text).counts]
    [('60', 'killed', 'kill'), ('45', 'killed', 'bare-number')]
    """
    for index, item in enumerate(figures.candidates):
        if item.record["measure"] or item.reason or item.parent >= 0 or item.record["implicit"]:
            continue
        chunk = figures.chunk(item)
        if chunk.noun is not None or chunk.lemma or chunk.actors or chunk.modifiers:
            continue
        if chunk.number is None:
            continue
        kind = chunk.number["kind"]
        graded = _is_graded(figures, item)
        before = figures.low[chunk.start - 1] if chunk.start else ""
        other_one = kind == "ordinal-one" and before == "and"
        if kind not in ("cardinal", "anaphor") and not graded and not other_one:
            continue
        if before == "by":
            item.reason = "difference"
            continue
        if chunk.partitive and chunk.partitive not in ("these", "those"):
            continue
        if _is_size(figures, item) or (not graded and _is_kept(figures, item)):
            continue
        if not graded and _does(figures, item):
            continue
        _take(figures, index, graded=graded)


def _take(figures: Figures, index: int, *, graded: bool) -> None:
    """Give a bare number the measure of the whole figure before it, in reach."""
    item = figures.candidates[index]
    said = _said_before(figures, item)
    if said and not graded:
        # "the villagers have fled, totalling more than 3,000"
        item.record["measure"], item.record["rule"] = said, "bare-number"
        item.inherited.add("measure")
        return
    reach = item.segment - 1 if _is_given(figures, item) else item.segment
    for other in range(index - 1, -1, -1):
        earlier = figures.candidates[other]
        measure = earlier.record["measure"]
        if not reach <= earlier.segment <= item.segment:
            return
        if measure and not earlier.reason and earlier.parent < 0 and earlier.record["high"] != 0:
            item.record["measure"] = measure
            item.record["rule"] = "bare-number"
            if graded and _is_fatal(figures, item):
                # "two men shot, one fatally"
                item.record["measure"] = "killed"
                attach(item, other, "partitive")
                return
            if graded and measure in ("injured", "casualties"):
                attach(item, other, "partitive")
            item.inherited.add("measure")
            return


def _said_before(figures: Figures, item: Candidate) -> str:
    """Measure of the verb before ``totalling 3,000`` that claims no figure of its own."""
    sentence = figures.sentence(item)
    if not item.position or sentence.chunks[item.position - 1].word not in word_sets().totalling:
        return ""
    for index in reversed(sentence.triggers):
        if index < item.position:
            chunk = sentence.chunks[index]
            return "" if chunk.blocked else sentence.outcome(index)[0]
    return ""


def _is_given(figures: Figures, item: Candidate) -> bool:
    """``The mayor counts 17 dead. The health district gives 21``."""
    if not item.position:
        return False
    before = figures.sentence(item).chunks[item.position - 1]
    return bool(before.mask & (syn.RISE | syn.SPEECH))


def _is_size(figures: Figures, item: Candidate) -> bool:
    """``a force of nearly 200``, ``on a single September day``: no number of victims."""
    chunks = figures.sentence(item).chunks
    after = item.position + 1
    if after < len(chunks) and chunks[after].mask & syn.DAY:
        return True
    if item.position < 2 or chunks[item.position - 1].word != "of":
        return False
    sized = chunks[item.position - 2]
    sets = word_sets()
    return (
        sized.kind == "W"
        and not sized.mask & ~syn.ATTACK
        and (sized.word not in sets.tally and sized.word not in sets.toll)
    )


def _does(figures: Figures, item: Candidate) -> bool:
    """``seven others took part``: the subject of a verb that tells no outcome."""
    chunks = figures.sentence(item).chunks
    after = figures.sentence(item).after(item.position)
    if after < len(chunks) and chunks[after].word == "others":
        after = figures.sentence(item).after(after)
    if after >= len(chunks) or chunks[after].kind != "W":
        return False
    mask = chunks[after].mask
    if chunks[after].word in word_sets().identity:
        return False
    if mask & (syn.BE | syn.HAVE):
        # "11 were handcuffed"
        after = figures.sentence(item).after(after)
        if after >= len(chunks) or chunks[after].kind != "W":
            return False
        mask = chunks[after].mask
        return chunks[after].word.endswith("ed") and not mask & (syn.RISE | syn.SPEECH)
    if not mask and not chunks[after].capital and chunks[after].word.isalpha():
        # "7,200 people sleep in the open", "three others accused of the same were spared"
        return True
    return bool(mask & (syn.VERB | syn.SPEECH | syn.MODAL | syn.DO)) and not mask & (
        syn.RISE | syn.BE | syn.HAVE | syn.PREP
    )


def _is_kept(figures: Figures, item: Candidate) -> bool:
    """``and kept another 27,000 confined``: the object of a verb that tells no outcome."""
    sentence = figures.sentence(item)
    at = sentence.before(item.position)
    while at >= 0 and sentence.chunks[at].word in ("another", "other", "further"):
        at = sentence.before(at)
    if at < 0 or sentence.chunks[at].kind != "W":
        return False
    mask = sentence.chunks[at].mask
    return bool(mask & syn.VERB) and not mask & (syn.RISE | syn.SPEECH | syn.BE | syn.HAVE)


def _is_fatal(figures: Figures, item: Candidate) -> bool:
    return figures.sentence(item).chunks[item.position + 1].word in ("fatally", "mortally")


def _is_graded(figures: Figures, item: Candidate) -> bool:
    """``five were wounded, one seriously``."""
    chunks = figures.sentence(item).chunks
    after = item.position + 1
    return after < len(chunks) and chunks[after].word in word_sets().grades
