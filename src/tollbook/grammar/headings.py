"""The region that headings, labels and titles of a report name, for what stands under them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tollbook.gazetteer import key_of
from tollbook.rules import places as tables

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Analysis, Candidate
    from tollbook.grammar.scenes import Scenes

Record = dict[str, Any]


class Headings:
    """The labels and headings of one Doc that name a region.

    Args:
        analysis: of the Doc.
        scenes: its places, told apart.

    Attributes:
        filing: the label that only says where the report was filed, or -1.
        title: the region that the title names; empty where it names none, or several.
        labels: the region of the labels, where they name one alone.
        regional: number of labels and headings that name a region.
        labelled: number of labels outside of lists.
    """

    def __init__(self, analysis: Analysis, scenes: Scenes) -> None:
        self.analysis = analysis
        self.scenes = scenes
        self.filing = self._filing_line()
        self.title = self._title()
        self.labels = self._only_label()
        segments = analysis.segments
        self.regional = sum(
            1
            for record in analysis.regions
            if record["kind"] == "region"
            and segments[analysis.segment_of(record["start"])]["kind"]
            in ("label", "heading", "headline")
        )
        self.labelled = sum(1 for s in segments if s["kind"] == "label" and s["depth"] == 0)

    def _only_label(self) -> list[Record]:
        """The region of the labels of a report, where they name one alone."""
        found = [
            record
            for number, data in enumerate(self.analysis.segments)
            if data["kind"] == "label" and not self.dateline(number) and number != self.filing
            for record in self.coded(number)
        ]
        return found[:1] if len({tuple(r["codes"]) for r in found}) == 1 else []

    def _title(self) -> list[Record]:
        """The region that the title of a report names: ``Cabo Delgado weekly, 13-19 May``."""
        segments = self.analysis.segments
        first = [
            number
            for number, data in enumerate(segments[:4])
            if data["line"] == 0 and data["kind"] in ("headline", "label")
        ]
        if any(data["line"] == 0 and data["kind"] == "text" for data in segments[:4]):
            # "Homs province: SOHR has confirmed that ..."
            return []
        counted = any(c.segment in first and not c.reason for c in self.analysis.candidates)
        if counted or not first or len(first) == len(segments):
            return []
        found: list[Record] = []
        for number in first:
            if number != self.filing and not segments[number]["dateline"]:
                found += [r for r in self.coded(number) if r["kind"] == "region"]
        return found[:1] if len({tuple(r["codes"]) for r in found}) == 1 else []

    def _filing_line(self) -> int:
        """The label that only says where the report was filed (``Abuja —``), or -1."""
        segments = self.analysis.segments
        low = self.analysis.words.low
        dashed = [
            n
            for n, s in enumerate(segments)
            if s["kind"] == "label" and low[s["end"] - 1] in ("-", "–", "—") and not s["bullet"]
        ]
        if len(dashed) != 1:
            return -1
        label = dashed[0]
        if (
            self._names_again(label)
            or low[segments[label]["end"] - 2] in tables.words()["region-word"]
        ):
            return -1
        others = any(
            r["codes"] and not segments[label]["start"] <= r["start"] < segments[label]["end"]
            for r in self.analysis.regions
        )
        return label if others else -1

    def _names_again(self, label: int) -> bool:
        """Whether the text tells of the place that a line is filed from (``ADEN YABAAL -``)."""
        data = self.analysis.segments[label]
        inside = [r for r in self.analysis.regions if data["start"] <= r["start"] < data["end"]]
        names = {key_of(r["text"]) for r in inside if r["kind"] == "town"}
        return any(
            key_of(r["text"]) in names and not self.scenes.elsewhere(r)
            for r in self.analysis.regions
            if not data["start"] <= r["start"] < data["end"]
        )

    def under(self, item: Candidate, found: list[Record]) -> list[Record]:
        """What a sentence says, unless a heading of another region stands over it.

        A small town may bear the name of one that is not in our lists; the heading of a report
        region by region (``Aleppo province:``) says better where it lies.
        """
        if not found or any(r["kind"] != "town" for r in found):
            return found
        heading = self.over(item)
        if not heading or (self.regional < 2 and all(r.get("sure") for r in found)):
            return found
        codes = {code for record in heading for code in record["codes"]}
        if len(codes) != 1:
            return found
        fitting = [record for record in found if codes & set(record["codes"])]
        if fitting:
            return fitting
        if heading[0]["country"] != found[0]["country"]:
            return found
        return [dict(heading[0], place=found[0]["place"])]

    def over(self, item: Candidate) -> list[Record]:
        """The region that a label, a heading or the opening words over a count name."""
        segments = self.analysis.segments
        data = segments[item.segment]
        for record in self.scenes.by_segment.get(item.segment, ()):
            # "In the Kharkiv region, the enemy attacked near ..."
            opens = record["start"] - data["start"] <= 3
            if opens and record["kind"] == "region" and not self.scenes.elsewhere(record):
                return [record]
        seen: set[int] = set()
        for level in (item.segment, data["parent"]):
            label = segments[level]["label"] if level >= 0 else -1
            while label >= 0 and label not in seen:
                seen.add(label)
                found = [r for r in self.coded(label) if r["kind"] == "region"]
                if found and not self._filed(label):
                    return found
                label = segments[label]["label"]
            if level >= 0 and level != item.segment:
                found = [r for r in self.coded(level) if r["kind"] == "region"]
                opens = found and found[0]["start"] - segments[level]["start"] <= 3
                if opens or (found and segments[level]["kind"] in ("label", "heading", "intro")):
                    return found
        at = item.segment - 1
        while at >= 0 and segments[at]["line"] == data["line"]:
            found = self.coded(at)
            if (
                found
                and found[0]["kind"] == "region"
                and found[0]["start"] - segments[at]["start"] <= 3
                and not self._filed(at)
            ):
                return found[:1]
            at -= 1
        return []

    def coded(self, segment: int) -> list[Record]:
        """The regions that a segment names as the scene."""
        return [
            r
            for r in self.scenes.by_segment.get(segment, ())
            if r["codes"] and not self.scenes.elsewhere(r)
        ]

    def _filed(self, label: int) -> bool:
        """A label that may only say where a report was filed: ``QUETTA: ...``."""
        if label == self.filing or self.dateline(label):
            return True
        data = self.analysis.segments[label]
        raw = self.analysis.words.raw[data["start"] : data["end"] - 1]
        alone = self.regional < 2 and not data["bullet"] and data["kind"] == "label"
        return alone and all(word.isupper() or not word.isalpha() for word in raw)

    def dateline(self, label: int) -> bool:
        """The filing line of an agency, but not ``Ouham. 4 June, herders near Paoua:``."""
        data = self.analysis.segments[label]
        if not data["dateline"]:
            return False
        low = self.analysis.words.low
        if any(
            low[r["start"] - 1] == "(" and r["kind"] == "region"
            for r in self.scenes.by_segment.get(label, ())
        ):
            # "UVIRA (South Kivu) –": the brackets hold no agency
            return False
        return low[data["end"] - 1] != ":" or not any(
            low[token] in ("near", "in", "at", "on") for token in range(data["start"], data["end"])
        )
