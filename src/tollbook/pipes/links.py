"""What is part of what, what is said again, and what a list takes from its introduction.

Reads candidates with their outcomes. Sets parents and twins; a part or an item that says no
measure takes that of its whole; what then has none is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from spacy.language import Language

from tollbook.grammar import periods
from tollbook.grammar.analysis import Analysis, Candidate
from tollbook.grammar.govern import TOPIC_NOUNS
from tollbook.rules import syntax as syn

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from tollbook.grammar.chunks import Chunk
    from tollbook.grammar.groups import Member

Record = dict[str, Any]

WHOLES: Final = {
    "killed": ("killed", "casualties"),
    "injured": ("injured", "casualties"),
}
"""Measures of a whole that can be divided into parts of a measure."""

BECOMES: Final = {
    "injured": ("killed",),
    "abducted": ("released", "killed", "missing", "injured"),
    "detained": ("released", "killed", "injured"),
    "missing": ("killed", "released"),
    "casualties": ("killed", "injured"),
    "displaced": ("killed", "released"),
    "killed": (),
    "released": ("detained", "abducted", "killed"),
}
"""What can later happen to people who were counted as something else."""

_DISTRIBUTION: Final = frozenset(
    "distributed distribution follows follow breakdown divided division classified following "
    "details toll broken disaggregated namely".split()
)
_DIVISIONS: Final = frozenset(
    "region regions province provinces area areas governorate governorates district districts "
    "state states group side sides location locations".split()
)
_GRADES: Final = frozenset(
    "seriously critically badly gravely severely slightly lightly moderately fatally".split()
)
_RAISING: Final = frozenset(
    "went jumps jumped jump soars soared rose rises risen climbed climbs climb updates updated "
    "revised pushing pushes pushed raising raises raised raise bringing brings brought bring taking takes took rising increasing "
    "making".split()
)


class Linker:
    """Links the candidates of one Doc."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.candidates = analysis.candidates
        self.place = {(c.segment, c.position): i for i, c in enumerate(self.candidates)}
        self.by_segment: dict[int, list[int]] = {}
        for index, item in enumerate(self.candidates):
            self.by_segment.setdefault(item.segment, []).append(index)

    def run(self) -> None:
        """Set parents, twins and inherited measures."""
        self._in_sentence()
        self._among()
        self._lists()
        self._labels()
        self._partitives()
        self._of_these()
        self._go_on()
        self._complete()
        self._raising()
        self._superseded()
        self._sums()
        self._bare()
        self._inherit()
        self._sections()
        self._later()
        self._fates()
        self._drop()
        self._headline()
        self._check()

    def _chunk(self, index: int) -> Chunk:
        item = self.candidates[index]
        sentence = self.analysis.sentences[item.segment]
        assert sentence is not None
        return sentence.chunks[item.position]

    def _measure(self, index: int) -> str:
        return str(self.candidates[index].record["measure"])

    def _in_sentence(self) -> None:
        for item in self.candidates:
            sentence = self.analysis.sentences[item.segment]
            if sentence is None:
                continue
            member = sentence.members.get(item.position)
            if member is None or member.parent is None:
                continue
            parent: Member | None = member.parent
            # people without a number are passed over: their whole is the figure behind them
            while parent is not None and (item.segment, parent.index) not in self.place:
                claim = sentence.claims.get(parent.index)
                if claim is not None and not item.record["measure"] and not claim.blocked:
                    item.record["measure"] = claim.measure
                    item.record["rule"] = claim.rule
                parent = parent.parent
            if parent is not None:
                item.parent = self.place[item.segment, parent.index]
                item.how = member.how

    def _among(self) -> None:
        """``a girl was among the dead``: part of the nearest figure of the dead before it."""
        for index, item in enumerate(self.candidates):
            if item.record["rule"] != "among-the":
                continue
            whole = self._nearest(index, item.record["measure"], item.record["best"] or 1)
            while whole >= 0 and self.candidates[whole].record["rule"] == "among-the":
                whole = self._nearest(whole, item.record["measure"], item.record["best"] or 1)
            if whole >= 0:
                item.parent, item.how = whole, "among"

    def _nearest(self, index: int, measure: str, least: int, *, root: bool = False) -> int:
        """The nearest earlier candidate of a measure that can include `least` people."""
        for other in range(index - 1, -1, -1):
            item = self.candidates[other]
            if item.reason or item.record["measure"] != measure or item.record["implicit"]:
                continue
            figure = item.record["best"] or item.record["low"] or item.record["high"] or 0
            if figure < max(least, 2) or item.record["high"] == 0:
                continue
            if root and item.parent >= 0:
                continue
            if item.parent == index:
                continue
            return other
        return -1

    # -- lists ------------------------------------------------------------------------------

    def _lists(self) -> None:
        segments = self.analysis.segments
        for number, indices in sorted(self.by_segment.items()):
            segment = segments[number]
            intro = segment["parent"]
            label = segment["label"]
            if label >= 0 and segments[label].get("intro"):
                pass
            for index in indices:
                item = self.candidates[index]
                if item.parent >= 0 or item.reason:
                    continue
                if label >= 0 and label in self.by_segment:
                    # "14 militiamen of other nationalities: nine Iraqis and five Afghans"
                    whole = self._whole(self.by_segment[label], item)
                    if whole >= 0:
                        self._attach(item, whole, "list")
                        continue
                if label >= 0 and self._distributes(label) and item.position <= 3:
                    # "By province: 47 in Aleppo, 22 in Hama"
                    first = indices[0]
                    measure = item.record["measure"] or self._measure(first)
                    least = item.record["best"] or item.record["low"] or 1
                    whole = self._nearest(first, measure, least, root=True) if measure else -1
                    if whole >= 0:
                        for other in indices:
                            if self.candidates[other].parent < 0:
                                self._attach(self.candidates[other], whole, "list")
                        continue
                if intro < 0:
                    if segment["bullet"] and segment["depth"]:
                        self._unintroduced(index, number)
                    continue
                self._item(index, intro)

    def _intro_span(self, intro: int) -> list[int]:
        """Segments that make up a list introduction: its line, label and sentence."""
        segments = self.analysis.segments
        line = segments[intro]["line"]
        return [
            number
            for number in range(max(0, intro - 3), min(len(segments), intro + 3))
            if segments[number]["line"] == line
        ]

    def _item(self, index: int, intro: int) -> None:
        """An item under its introduction, or under an outer one."""
        item = self.candidates[index]
        segments = self.analysis.segments
        level = intro
        distribution = False
        while level >= 0:
            numbers = [n for n in self._intro_span(level) if n <= level]
            # the sentence that ends in the colon says it, before those that stand before it
            near = self.by_segment.get(level, [])
            said = "" if near or item.record["measure"] else self._said(level)
            whole = self._whole(near, item)
            if whole < 0 and not near:
                earlier = [i for n in numbers for i in self.by_segment.get(n, [])]
                whole = self._whole(earlier, item, said)
            if whole >= 0:
                self._attach(item, whole, "list")
                return
            if segments[level]["kind"] in ("heading", "label"):
                level = segments[level]["parent"]
                continue
            distribution = distribution or self._distributes(level)
            if distribution:
                measure = item.record["measure"] or self._said(level)
                if not measure and near:
                    measure = self._measure(near[-1])
                if measure:
                    first = min(
                        (i for i, c in enumerate(self.candidates) if c.segment >= level),
                        default=index,
                    )
                    least = item.record["best"] or item.record["low"] or 1
                    whole = self._nearest(first, measure, least, root=True)
                    if whole >= 0:
                        self._attach(item, whole, "list")
                        return
                    if not item.record["measure"]:
                        item.record["measure"] = measure
                        item.record["rule"] = "list-introduction"
                        return
            elif not item.record["measure"]:
                measure = self._said(level)
                if measure:
                    item.record["measure"] = measure
                    item.record["rule"] = "list-introduction"
            level = segments[level]["parent"]

    def _distributes(self, segment: int) -> bool:
        data = self.analysis.segments[segment]
        low = self.analysis.words.low
        return any(
            low[i] in _DISTRIBUTION or (low[i] == "by" and low[i + 1] in _DIVISIONS)
            for i in range(data["start"], data["end"] - 1)
        )

    def _said(self, segment: int) -> str:
        """The measure that an introduction names without a figure: ``The fatalities are:``."""
        from tollbook.rules.nouns import nouns

        data = self.analysis.segments[segment]
        low = self.analysis.words.low
        lexicon = nouns()
        for index in range(data["start"], data["end"]):
            hit = lexicon.at(low, index) if low[index] else None
            if hit is not None and hit[1].measure and hit[1].kind in ("casualty", "event"):
                return hit[1].measure
            if low[index] in TOPIC_NOUNS:
                return TOPIC_NOUNS[low[index]]
            if low[index] == "toll":
                return "killed"
        sentence = self.analysis.sentences[segment]
        if sentence is not None:
            for chunk in sentence.chunks:
                if chunk.kind == "T":
                    for form in chunk.forms:
                        if form.trigger.measure:
                            return form.trigger.measure
        return ""

    def _whole(self, indices: list[int], item: Candidate, said: str = "") -> int:
        """Which of some candidates `item` divides: the last one of its measure."""
        measure = item.record["measure"] or said
        wanted = WHOLES.get(measure, (measure,))
        fallback = -1
        for index in reversed(indices):
            other = self.candidates[index]
            if other is item or other.reason or other.record["implicit"]:
                continue
            theirs = other.record["measure"]
            if not theirs or other.record["high"] == 0:
                continue
            if other.parent >= 0 and self.candidates[other.parent].segment == other.segment:
                continue
            if measure and theirs in wanted:
                return index
            if (
                not measure
                and (fallback < 0 or self._measure(fallback) == "incidents")
                and self._compatible(item, theirs)
            ):
                fallback = index
        return fallback

    def _compatible(self, item: Candidate, measure: str) -> bool:
        """Whether a candidate without a measure can be of this one: people or events."""
        sentence = self.analysis.sentences[item.segment]
        assert sentence is not None
        chunk = sentence.chunks[item.position]
        if chunk.noun is None and not chunk.lemma and not chunk.actors:
            return True
        event = chunk.noun is not None and chunk.noun.kind == "event"
        return event == (measure == "incidents")

    def _attach(self, item: Candidate, whole: int, how: str) -> None:
        parent = self.candidates[whole]
        item.parent, item.how = whole, how
        if not item.record["measure"]:
            item.record["measure"] = parent.record["measure"]
            item.record["rule"] = "list-item"
            item.inherited.add("measure")

    def _unintroduced(self, index: int, number: int) -> None:
        """Bullets right under a paragraph that gives totals."""
        segments = self.analysis.segments
        item = self.candidates[index]
        if not item.record["measure"]:
            return
        at = number
        while at >= 0 and segments[at]["bullet"]:
            at -= 1
        if at < 0:
            return
        block = segments[at]["block"]
        near: list[int] = []
        while at >= 0 and segments[at]["block"] == block:
            near = self.by_segment.get(at, []) + near
            at -= 1
        for other in reversed(near):
            total = self.candidates[other].record
            if total["measure"] != item.record["measure"] or total["implicit"]:
                continue
            if self.candidates[other].parent >= 0:
                continue
            figure = total["best"] or total["low"] or 0
            mine = item.record["best"] or item.record["low"] or 1
            if figure >= mine and item.record["high"] != 0 and total["high"] != 0:
                item.parent, item.how = other, "list"
                return

    def _labels(self) -> None:
        """``Killed: 12``: a label or heading that names the measure of what follows."""
        segments = self.analysis.segments
        for item in self.candidates:
            if item.record["measure"] or item.reason or item.parent >= 0:
                continue
            segment = segments[item.segment]
            label = segment["label"]
            if label >= 0 and item.position <= 2:
                measure = self._said(label)
                if measure and self._compatible(item, measure):
                    item.record["measure"] = measure
                    item.record["rule"] = "label"

    # -- parts told by words ----------------------------------------------------------------

    def _partitives(self) -> None:
        for index, item in enumerate(self.candidates):
            if item.reason or item.record["implicit"]:
                continue
            chunk = self._chunk(index)
            if not chunk.partitive:
                continue
            following = index + 1
            if chunk.partitive == "np" and following < len(self.candidates):
                after = self.candidates[following]
                if after.segment == item.segment and self._next_to(index, following):
                    # "three of the 27 wounded"
                    if not item.record["measure"]:
                        item.record["measure"] = after.record["measure"]
                    item.parent, item.how = following, "partitive"
                    continue
            if item.parent >= 0:
                continue
            least = item.record["best"] or item.record["low"] or 1
            if chunk.partitive == "np":
                noun = chunk.noun
                if noun is not None and noun.kind == "casualty":
                    whole = self._nearest(index, noun.measure, least)
                    if whole >= 0:
                        item.parent, item.how = whole, "partitive"
                elif chunk.lemma and self.analysis.words.low[chunk.number["end"] + 1] in (  # type: ignore[index]
                    "the",
                    "these",
                    "those",
                ):
                    whole = self._same_noun(index, chunk.lemma, least)
                    if whole >= 0:
                        item.parent, item.how = whole, "partitive"
                        if not item.record["measure"]:
                            item.record["measure"] = self._measure(whole)
            elif not self._after_preposition(index):
                whole = self._earlier_people(index, least)
                if whole >= 0:
                    item.parent, item.how = whole, "partitive"

    def _after_preposition(self, index: int) -> bool:
        """``In one of them, ...``: an event rather than a person."""
        start = self._chunk(index).start
        return start > 0 and self.analysis.words.low[start - 1] in (
            "in",
            "at",
            "on",
            "during",
            "after",
        )

    def _next_to(self, index: int, following: int) -> bool:
        gap = self.analysis.text[
            self.candidates[index].record["end"] : self.candidates[following].record["start"]
        ]
        return gap.split() in (["of"], ["of", "the"], ["of", "these"], ["of", "those"])

    def _same_noun(self, index: int, lemma: str, least: int) -> int:
        mine = self._measure(index)
        for other in range(index - 1, -1, -1):
            item = self.candidates[other]
            if item.reason or not self._names(item, lemma) or not item.record["measure"]:
                continue
            figure = item.record["best"] or item.record["low"] or 0
            if figure <= least and figure != least:
                continue
            theirs = item.record["measure"]
            if not mine or mine == theirs or mine in BECOMES.get(theirs, ()):
                return other
        return -1

    def _earlier_people(self, index: int, least: int) -> int:
        for other in range(index - 1, -1, -1):
            item = self.candidates[other]
            if item.reason or item.record["implicit"] or not item.record["measure"]:
                continue
            if item.record["measure"] == "incidents" or item.record["high"] == 0:
                continue
            if item.parent >= 0 and item.how == "partitive":
                continue
            figure = item.record["best"] or item.record["low"] or 0
            if figure >= least:
                return other
        return -1

    def _raising(self) -> None:
        """``killed three, raising the toll to 61``: the three are part of the 61."""
        for index, item in enumerate(self.candidates):
            rule = item.record["rule"]
            if not rule.startswith(("toll", "number-of", "topic:")) or item.reason:
                continue
            sentence = self.analysis.sentences[item.segment]
            assert sentence is not None
            if not any(
                chunk.word in _RAISING and chunk.start < self._chunk(index).start
                for chunk in sentence.chunks
            ):
                continue
            words = self.analysis.words.low
            for other in range(index + 1, len(self.candidates)):
                later = self.candidates[other]
                if later.segment != item.segment:
                    break
                at = self._chunk(other).start
                new = words[at - 1] == "from" or "more" in words[at : self._chunk(other).end]
                if new and later.parent < 0 and not later.reason:
                    # "rose to 17 from 11 after six more bodies were found"
                    later.record["measure"] = later.record["measure"] or item.record["measure"]
                    if later.record["measure"] == item.record["measure"]:
                        later.parent, later.how = index, "raising"
            for other in range(index - 1, -1, -1):
                earlier = self.candidates[other]
                if earlier.segment != item.segment and not self._updates(item, earlier):
                    break
                if (
                    earlier.record["measure"] == item.record["measure"]
                    and earlier.parent < 0
                    and not earlier.reason
                ):
                    earlier.parent, earlier.how = index, "raising"

    def _of_these(self) -> None:
        """``Of these, 116 were killed in Bastar``: a part of the figure before the sentence."""
        for segment, indices in self.by_segment.items():
            sentence = self.analysis.sentences[segment]
            if sentence is None or not sentence.chunks or not indices:
                continue
            start = sentence.chunks[0].start
            if self.analysis.words.low[start : start + 2] not in (
                ["of", "these"], ["of", "them"], ["of", "those"], ["of", "whom"],
            ):  # fmt: skip
                continue
            item = self.candidates[indices[0]]
            if item.parent >= 0 or item.reason:
                continue
            least = item.record["best"] or item.record["low"] or 1
            measure = item.record["measure"]
            whole = (
                self._nearest(indices[0], measure, least)
                if measure
                else (self._earlier_people(indices[0], least))
            )
            if whole >= 0:
                item.parent, item.how = whole, "partitive"

    def _go_on(self) -> None:
        """``Three of these were shot; one died in custody; and 3 drowned``: parts of one whole."""
        for indices in self.by_segment.values():
            whole, left = -1, 0
            for index in indices:
                item = self.candidates[index]
                figure = item.record["best"] or item.record["low"] or 0
                if item.reason:
                    continue
                if item.how == "partitive" and self._chunk(index).partitive and item.parent >= 0:
                    if item.parent != whole:
                        total = self.candidates[item.parent].record
                        whole, left = item.parent, (total["best"] or 0)
                    left -= figure
                elif (
                    whole >= 0
                    and item.parent < 0
                    and self._is_bare(index)
                    and figure <= left
                    and self.candidates[whole].segment != item.segment
                ):
                    item.parent, item.how = whole, "partitive"
                    left -= figure
                elif item.parent < 0:
                    whole = -1

    def _runs(self, segment: int) -> bool:
        """Whether a sentence gives a running total: ``this year``, ``since January``."""
        data = self.analysis.segments[segment]
        words = self.analysis.words
        text = self.analysis.text[words.start[data["start"]] : words.end[data["end"] - 1]]
        return any(scope in ("open", "past") for _, _, scope, _ in periods.find(text))

    def _complete(self) -> None:
        """``17 were murdered. Twelve were shot; two stabbed, and three strangled``."""
        segments = self.analysis.segments
        for segment, indices in self.by_segment.items():
            bare = [i for i in indices if self._is_bare(i) and not self.candidates[i].reason]
            if len(bare) < 2 or self.candidates[bare[0]].position > 1:
                continue
            total = sum(self.candidates[i].record["best"] or 0 for i in bare)
            before = [
                i
                for i, c in enumerate(self.candidates)
                if c.segment == segment - 1
                and c.parent < 0
                and not c.reason
                and c.record["best"] == total
                and segments[c.segment]["block"] == segments[segment]["block"]
            ]
            if before:
                whole = self.candidates[before[-1]]
                for index in bare:
                    item = self.candidates[index]
                    if item.record["measure"] in ("", "casualties"):
                        item.record["measure"] = whole.record["measure"]
                    item.parent, item.how = before[-1], "list"

    def _is_bare(self, index: int) -> bool:
        chunk = self._chunk(index)
        if chunk.number is None or chunk.partitive or chunk.actors or chunk.modifiers:
            return False
        return (chunk.noun is None and not chunk.lemma) or (
            chunk.noun is not None and chunk.noun.role == "pronoun"
        )

    def _fates(self) -> None:
        """``20 were taken. Seven were freed, 13 are still held``: bare numbers of a new fate."""
        segments = self.analysis.segments
        for index, item in enumerate(self.candidates):
            if item.reason or item.parent >= 0 or not self._is_bare(index):
                continue
            mine = item.record["measure"]
            figure = item.record["best"] or item.record["low"] or 0
            for other in range(index - 1, -1, -1):
                earlier = self.candidates[other]
                if earlier.reason or earlier.parent >= 0 or earlier.record["implicit"]:
                    continue
                if segments[earlier.segment]["block"] != segments[item.segment]["block"]:
                    break
                theirs = earlier.record["measure"]
                total = earlier.record["best"] or earlier.record["low"] or 0
                if theirs == "incidents" or earlier.record["high"] == 0:
                    continue
                held = theirs == "abducted" and mine == "detained"
                if (mine in BECOMES.get(theirs, ()) or held) and figure <= total:
                    if earlier.segment == item.segment and theirs in ("injured", "casualties"):
                        # "three injured and two killed" are two groups
                        break
                    item.parent, item.how = other, "later"
                    if held:
                        item.record["measure"] = "abducted"
                    break
                if theirs != mine:
                    continue
                break

    def _sections(self) -> None:
        """A total, then paragraphs region by region: what they count is part of it."""
        segments = self.analysis.segments
        coded = {
            self.analysis.segment_of(r["start"]): r for r in self.analysis.regions if r["codes"]
        }
        blocks: dict[int, list[int]] = {}
        for index, item in enumerate(self.candidates):
            if not item.reason:
                blocks.setdefault(segments[item.segment]["block"], []).append(index)
        sections: list[int] = []
        for block, indices in blocks.items():
            label = segments[self.candidates[indices[0]].segment]["label"]
            if label >= 0 and not segments[label]["dateline"] and segments[label]["depth"] == 0:
                sections.append(block)
                continue
            first = next(n for n, s in enumerate(segments) if s["block"] == block)
            record = coded.get(first)
            if record is not None and record["start"] - segments[first]["start"] <= 6:
                sections.append(block)
        if len(sections) < 2:
            return
        opening = sections[0]
        for block in sections:
            for index in blocks[block]:
                item = self.candidates[index]
                record = item.record
                if (
                    item.parent >= 0
                    or self._runs(item.segment)
                    or item.twin >= 0
                    or record["high"] == 0
                    or not record["measure"]
                ):
                    continue
                figure = record["best"] or record["low"] or 1
                for other in range(index - 1, -1, -1):
                    total = self.candidates[other]
                    if total.reason or total.record["measure"] != record["measure"]:
                        continue
                    if segments[total.segment]["block"] >= opening or total.parent >= 0:
                        continue
                    size = total.record["best"] or total.record["low"] or 0
                    if size > figure and size > 1 and not total.record["implicit"]:
                        item.parent, item.how = other, "list"
                    break

    def _superseded(self) -> None:
        """``had earlier put the toll at 14``: an older figure is part of the new one."""
        for index, item in enumerate(self.candidates):
            if item.reason or item.parent >= 0 or not item.record["measure"]:
                continue
            data = self.analysis.segments[item.segment]
            low = self.analysis.words.low[data["start"] : self._chunk(index).start]
            if "toll" not in low and "number" not in low:
                continue
            if not any(
                word in ("earlier", "previously", "previous", "initial", "initially")
                for word in low
            ):
                continue
            least = item.record["best"] or item.record["low"] or 1
            whole = self._nearest(index, item.record["measure"], least)
            if whole >= 0 and self.candidates[whole].segment != item.segment:
                item.parent, item.how = whole, "superseded"

    def _sums(self) -> None:
        """``710 in total (282 deaths and 428 injured)``: the parts tell what the whole counts."""
        for index, item in enumerate(self.candidates):
            if item.record["measure"] or item.reason:
                continue
            measures = {
                c.record["measure"]
                for c in self.candidates
                if c.parent == index
                and c.how in ("bracket", "colon", "dash", "apposition")
                and not c.reason
            } - {""}
            if measures == {"killed", "injured"}:
                item.record["measure"] = "casualties"
            elif len(measures) == 1:
                item.record["measure"] = measures.pop()
            if item.record["measure"]:
                item.record["rule"] = "sum-of-parts"

    def _updates(self, item: Candidate, earlier: Candidate) -> bool:
        """``1 martyr (initial). The ministry updates the toll to 3``."""
        segments = self.analysis.segments
        data = segments[item.segment]
        words = self.analysis.words.low[data["start"] : data["end"]]
        return segments[earlier.segment]["block"] == data["block"] and any(
            word in ("updates", "updated", "revised", "revises", "revising") for word in words
        )

    def _bare(self) -> None:
        """``in March 60 people died, in April 45``: a number alone counts what was counted."""
        for index, item in enumerate(self.candidates):
            if item.record["measure"] or item.reason or item.parent >= 0 or item.record["implicit"]:
                continue
            chunk = self._chunk(index)
            if chunk.noun is not None or chunk.lemma or chunk.actors or chunk.modifiers:
                continue
            number = chunk.number
            graded = self._graded(item)
            before = self._before(item)
            other_one = number is not None and number["kind"] == "ordinal-one" and before == "and"
            if number is None or (
                number["kind"] not in ("cardinal", "anaphor") and not graded and not other_one
            ):
                continue
            if before == "by":
                item.reason = "difference"
                continue
            if chunk.partitive and chunk.partitive not in ("these", "those"):
                continue
            told = self._gives(item)
            for other in range(index - 1, -1, -1):
                earlier = self.candidates[other]
                if earlier.segment != item.segment and not (
                    told and earlier.segment == item.segment - 1
                ):
                    break
                if earlier.record["measure"] and not earlier.reason and earlier.parent < 0:
                    item.record["measure"] = earlier.record["measure"]
                    item.record["rule"] = "bare-number"
                    if graded and earlier.record["measure"] in ("injured", "casualties"):
                        item.parent, item.how = other, "partitive"
                    item.inherited.add("measure")
                    break

    def _before(self, item: Candidate) -> str:
        start = self.analysis.sentences[item.segment].chunks[item.position].start  # type: ignore[union-attr]
        return self.analysis.words.low[start - 1] if start else ""

    def _gives(self, item: Candidate) -> bool:
        """``The mayor counts 17 dead. The health district gives 21``."""
        sentence = self.analysis.sentences[item.segment]
        assert sentence is not None
        before = sentence.chunks[item.position - 1] if item.position else None
        return before is not None and bool(before.mask & (syn.RISE | syn.SPEECH))

    def _graded(self, item: Candidate) -> bool:
        """``five were wounded, one seriously``."""
        sentence = self.analysis.sentences[item.segment]
        assert sentence is not None
        after = item.position + 1
        return after < len(sentence.chunks) and sentence.chunks[after].word in _GRADES

    def _later(self) -> None:
        """The same people again with another fate: ``the two guards were set free``."""
        for index, item in enumerate(self.candidates):
            if item.reason or item.parent >= 0 or not item.record["measure"]:
                continue
            chunk = self._chunk(index)
            if chunk.det != "the" or chunk.partitive:
                continue
            for other in range(index - 1, -1, -1):
                earlier = self.candidates[other]
                if earlier.reason or not earlier.record["measure"]:
                    continue
                if item.record["measure"] not in BECOMES.get(earlier.record["measure"], ()):
                    continue
                same = earlier.record["best"] == item.record["best"]
                noun = item.record["noun"]
                if same and noun and self._names(earlier, noun):
                    item.parent, item.how = other, "later"
                    break

    @staticmethod
    def _names(item: Candidate, noun: str) -> bool:
        theirs = item.record["noun"] or ""
        return theirs == noun or theirs.endswith(noun)

    def _inherit(self) -> None:
        """Parts without a measure take that of their whole; unlike pairs are parted."""
        for _ in range(3):
            for item in self.candidates:
                if item.parent < 0:
                    continue
                whole = self.candidates[item.parent]
                if not item.record["measure"] and whole.record["measure"]:
                    item.record["measure"] = whole.record["measure"]
                    item.record["rule"] = f"part:{item.how}"
                    item.inherited.add("measure")
        for item in self.candidates:
            if item.parent < 0:
                continue
            whole = self.candidates[item.parent]
            mine, theirs = item.record["measure"], whole.record["measure"]
            fits = mine == theirs or mine in BECOMES.get(theirs, ())
            if whole.reason and not item.reason and item.how != "list":
                # parts of what is left out are left out with it, unless they say more
                if "measure" in item.inherited or not item.record["measure"]:
                    item.reason = whole.reason
            if not fits or item.record["high"] == 0:
                item.parent, item.how = -1, ""

    def _drop(self) -> None:
        for item in self.candidates:
            if not item.record["measure"] and not item.reason:
                item.reason = "no outcome is told"
        keep = [i for i, item in enumerate(self.candidates) if not item.reason]
        kept = set(keep)
        for index in keep:
            item = self.candidates[index]
            while item.parent >= 0 and item.parent not in kept:
                item.parent = self.candidates[item.parent].parent

    # -- said again ---------------------------------------------------------------------------

    def _headline(self) -> None:
        segments = self.analysis.segments
        headline = [
            i
            for i, c in enumerate(self.candidates)
            if not c.reason and segments[c.segment]["kind"] == "headline"
        ]
        body = [
            i
            for i, c in enumerate(self.candidates)
            if not c.reason and segments[c.segment]["kind"] != "headline"
        ]
        taken: set[int] = set()
        for first in headline:
            for again in body:
                if again not in taken and self._same(first, again):
                    taken.add(again)
                    item = self.candidates[again]
                    item.twin, item.parent = first, -1
                    break
        for first in headline:
            whole = self.candidates[first]
            if whole.record["measure"] == "casualties" and whole.twin < 0:
                self._divide(first, body)

    def _same(self, first: int, again: int) -> bool:
        a, b = self.candidates[first].record, self.candidates[again].record
        if any(a[key] != b[key] for key in ("measure", "best", "low", "high")) or a["high"] == 0:
            return False
        for key in ("status", "actor"):
            if a[key] and b[key] and a[key] != b[key]:
                return False
        if a["best"] == 1 or a["implicit"]:
            return bool(
                (a["noun"] and a["noun"] == b["noun"])
                or (a["actor"] and a["actor"] == b["actor"])
                or (set(a["traits"]) & set(b["traits"]))
            )
        return True

    def _divide(self, first: int, body: list[int]) -> None:
        """A headline's ``nearly 25 killed and wounded`` told apart in the first paragraph."""
        whole = self.candidates[first].record
        roots = [
            i
            for i in body
            if self.candidates[i].parent < 0
            and self.candidates[i].twin < 0
            and self._measure(i) in ("killed", "injured")
        ]
        if not roots:
            return
        segment = self.candidates[roots[0]].segment
        here = [i for i in roots if self.candidates[i].segment == segment]
        figure = whole["best"] or whole["low"]
        total = sum(self.candidates[i].record["best"] or 0 for i in here)
        if figure and 0.75 * figure <= total <= 1.25 * figure:
            for index in here:
                self.candidates[index].parent = first
                self.candidates[index].how = "headline"

    def _check(self) -> None:
        """No candidate includes itself, however long the way round."""
        for index, item in enumerate(self.candidates):
            seen = {index}
            at = item
            while at.parent >= 0:
                if at.parent in seen:
                    at.parent = -1
                    break
                seen.add(at.parent)
                at = self.candidates[at.parent]


class Links:
    """Component that links candidates, and leaves out those without an outcome."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Link the candidates of a Doc."""
        analysis = Analysis.of(doc)
        Linker(analysis).run()
        return doc


@Language.factory("tollbook_links")
def make_links(nlp: Language, name: str) -> Links:
    """Make a `Links` component."""
    return Links(nlp, name)
