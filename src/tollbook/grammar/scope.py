"""How far an attacker holds who is named once: his event, the list under him, the document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tollbook.grammar.mentions import SIDES, key

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Candidate
    from tollbook.grammar.events import Events
    from tollbook.grammar.mentions import Mentions

Record = dict[str, Any]

_ITEMS = 3  # labelled paragraphs that make a text a report item by item
_LEAD_REACH = 4  # paragraphs over which a story is about what its lead tells


class Scope:
    """Finds the attacker of a count outside its own clause."""

    def __init__(self, mentions: Mentions, events: Events) -> None:
        self.mentions = mentions
        self.events = events
        self.analysis = mentions.analysis

    def only_agent(self) -> Record | None:
        """The attacker of the document where it knows one alone."""
        found = {key(r): r for records in self.mentions.agents.values() for r in records}
        if len(found) != 1:
            return None
        if all(self.events.broken(s) for s, records in self.mentions.agents.items() if records):
            return None  # named for another event of a paragraph
        mentions = [s for s, records in self.mentions.agents.items() for _ in records]
        if len(mentions) < 2 and self.analysis.segments[min(mentions)]["block"] > 3:
            # said once, in passing, far down the text
            return None
        victims = {c.record["actor"] for c in self.analysis.candidates if not c.reason}
        others = (
            {
                key(r)
                for records in self.mentions.by_segment.values()
                for r in records
                if r["kind"] in SIDES
            }
            - victims
            - set(found)
        )
        return next(iter(found.values())) if len(others) <= 1 and self._reaches() else None

    def _reaches(self) -> bool:
        """Whether the document's only attacker is named for more than items of a report.

        ``Aleppo: 21 killed. Hama: shelling by X killed two``: the 21 are not laid to X.
        """
        segments = self.analysis.segments
        labelled = {s["block"] for s in segments if s["label"] >= 0 and s["line"] > 0}
        if len(labelled) < _ITEMS:
            return True
        return any(
            records
            and (
                segments[number]["label"] < 0
                or segments[number]["kind"] in ("headline", "intro")
                or segments[number]["line"] == 0
            )
            for number, records in self.mentions.agents.items()
        )

    def in_event(self, item: Candidate, first: int) -> Record | None:
        """The attacker named in the sentence, or before it in the same event."""
        here = self.mentions.agents.get(item.segment, [])
        if here and not self.mentions.clash(item.segment):
            before = [r for r in here if r["char_start"] < item.record["start"]]
            return before[-1] if before else here[0]
        for at in range(item.segment - 1, first - 1, -1):
            if self.mentions.agents.get(at):
                return self.mentions.agents[at][-1]
        return None

    def of_lead(self, item: Candidate) -> Record | None:
        """The only attacker of the headline and the lead, until another one is named.

        Args:
            item: a count of the first paragraphs that has no date of its own.
        """
        segments = self.analysis.segments
        if item.record["period"] or item.background or segments[item.segment]["bullet"]:
            return None
        if segments[item.segment]["block"] > _LEAD_REACH or self.events.broken(item.segment):
            return None
        found: Record | None = None
        for at in range(item.segment + 1):
            lead = segments[at]["block"] <= 1
            if self.mentions.clash(at) or (not lead and self.events.turns(at)):
                return None
            for record in self.mentions.agents.get(at, ()):
                if found is not None and key(found) != key(record):
                    return None
                if not lead and found is None:
                    return None
                found = record
        return found

    def over_list(self, item: Candidate) -> Record | None:
        """``a regional distribution of ISIS attacks:`` holds for the items under it."""
        segments = self.analysis.segments
        level = segments[item.segment]["parent"]
        while level >= 0:
            block = segments[level]["block"]
            at = level
            while at >= 0 and segments[at]["block"] == block:
                if self.mentions.agents.get(at):
                    return self.mentions.agents[at][-1]
                at -= 1
            level = segments[level]["parent"]
        return None
