"""Layout: what is a headline, a label, a list introduction, an item, a sentence.

Reads the text only. Writes ``doc.spans["layout"]``: one span a segment, with a parallel list
of dicts in ``attrs["layout"]``, and sentence starts where no component before has set them.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from spacy.language import Language
from spacy.tokens import SpanGroup

from tollbook.rules.word_sets import word_sets
from tollbook.words import Words

if TYPE_CHECKING:
    from spacy.tokens import Doc

BULLETS: Final = frozenset("•·●▪■◦‣►▶➢✓*–—-+○")
_DASHES: Final = frozenset("-–—|")
_CLOSERS: Final = frozenset("”\"'’)]»")
_ENDERS: Final = frozenset((".", "!", "?", "…", "..."))
_LABEL_WORDS: Final = 12
_HEADING_WORDS: Final = 14
_NUMBER_WORDS: Final = frozenset(
    "a an no one two three four five six seven eight nine ten eleven twelve at nearly about "
    "more over some around almost several dozens scores hundreds".split()
)
_MONTHS: Final = frozenset(
    "jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july "
    "august september october november december".split()
)


class Line:
    """One line of the text, before it is cut into segments.

    Attributes:
        start, end: tokens of the line, without its bullet and without white space at its ends.
        marker: what the line begins with: its bullet, ``label``, ``number`` or ``text``.
        indent: number of blanks before it.
        opens: True when it begins with a label, as what stands over a list of its own does.
        blank: True when an empty line stands before it.
        segments: indices of the segments cut from it.
    """

    __slots__ = (
        "blank",
        "bullet",
        "end",
        "indent",
        "label",
        "marker",
        "opens",
        "segments",
        "start",
    )

    def __init__(self, start: int, end: int, bullet: str, blank: bool, indent: int) -> None:
        self.start, self.end, self.bullet, self.blank = start, end, bullet, blank
        self.indent = indent
        self.opens = False
        self.label = start
        self.marker = ""
        self.segments: list[int] = []


def find(words: Words) -> list[dict[str, Any]]:
    """Cut a text into segments.

    Args:
        words: the words of a Doc.

    Returns:
        Segments in text order. ``start``, ``end``: tokens; ``kind``: ``headline``, ``label``
        (``Homs province:``), ``heading`` (a line that stands over others), ``intro`` (ends in a
        colon, a list follows), ``item`` (begins with a bullet or belongs to a list) or ``text``;
        ``line``, ``block``: numbers of the line and of the paragraph; ``parent``: the segment
        that introduces the list or block it stands in, or -1; ``label``: the label in front, or
        -1; ``dateline``: True for the filing line of a news agency; ``depth``: how deep in lists.
    """
    lines = _lines(words)
    segments: list[dict[str, Any]] = []
    for number, line in enumerate(lines):
        _cut(words, line, number, segments)
    _nest(words, lines, segments)
    return segments


def _lines(words: Words) -> list[Line]:
    raw = words.raw
    lines: list[Line] = []
    start, blank, size = 0, False, len(raw)
    for index in range(size + 1):
        if index == size or "\n" in raw[index] or "\r" in raw[index]:
            first, last = start, index
            while first < last and raw[first].isspace():
                first += 1
            while last > first and raw[last - 1].isspace():
                last -= 1
            if first < last:
                lines.append(_line(words, first, last, blank))
                blank = False
            if index < size:
                # "\r\n" is one line end, "\r\n\r\n" two
                blank = blank or first == last or raw[index].replace("\r\n", "\n").count("\n") > 1
            start = index + 1
    return lines


def _line(words: Words, first: int, last: int, blank: bool) -> Line:
    raw = words.raw
    head = raw[first]
    before = raw[first - 1] if first else ""
    indent = (
        len(before) - 1 - max(before.rfind("\n"), before.rfind("\r")) if before.isspace() else 0
    )
    bullet = ""
    if head[0] in BULLETS or (
        len(head) <= 2 and not head.isascii() and unicodedata.category(head[0]) in ("So", "Sm")
    ):
        bullet = head[0]
        if (len(head) == 1 or not head[-1].isalnum()) and first + 1 < last:
            first += 1
            while first + 1 < last and (raw[first].isspace() or raw[first] == "\ufe0f"):
                first += 1
    elif (
        first + 2 < last
        and len(head) <= 3
        and raw[first + 1] in (".", ")")
        and not words.space[first]
        and (head.isdecimal() or (len(head) == 1 and head.islower()))
    ):
        bullet = "1."
        first += 2
    elif _is_lettered(raw, first, last):
        bullet = "A."
        first += 1 if len(head) == 2 else 2
    return Line(first, last, bullet, blank, indent)


def _is_lettered(raw: list[str], start: int, end: int) -> bool:
    """Whether ``B. Other parties: 38`` is an item, where ``J. Smith said`` begins with a name."""
    head = raw[start]
    if len(head) > 2 or not "A" <= head[0] <= "H" or start + 2 >= end:
        return False
    sign = head[1:] or raw[start + 1]
    return sign in (".", ")") and (end - start <= 5 or ":" in raw[start + 2 : min(start + 9, end)])


def _cut(words: Words, line: Line, number: int, segments: list[dict[str, Any]]) -> None:
    raw, end = words.raw, line.end
    start = line.start
    label = -1
    while True:
        stop = _label_end(words, start, end)
        if stop < 0:
            break
        label = len(segments)
        segments.append(_segment(start, stop, "label", number, line.bullet, -1))
        segments[-1]["dateline"] = _is_dateline(words, start, stop)
        line.segments.append(label)
        start = stop
        line.label = start
        if len(line.segments) == 2:
            break
    first = start
    within = 0
    for index in range(start, end):
        within += (raw[index] == "(") - (raw[index] == ")")
        if index < first:
            continue  # already in a segment
        follows = within < 1 and raw[index] in (";", ",") and raw[index + 2 : index + 3] == [":"]
        if (
            (raw[index] in _ENDERS or follows)
            and index + 1 < end
            and not _abbreviates(words, index, first)
        ):
            after = index + 1
            while after < end and raw[after] in _CLOSERS:
                after += 1
            if after < end and (follows or _begins(words, after, raw[index])):
                line.segments.append(len(segments))
                segments.append(_segment(first, after, "text", number, line.bullet, label))
                first = after
                if words.raw[first + 1 : first + 2] == [":"] and first + 2 < end:
                    # "Dead: 4. Injured: 9."
                    label = len(segments)
                    line.segments.append(label)
                    segments.append(_segment(first, first + 2, "label", number, line.bullet, -1))
                    first += 2
    if first < end:
        line.segments.append(len(segments))
        segments.append(_segment(first, end, "text", number, line.bullet, label))
    low = words.low
    opening = raw[line.start][0]
    line.marker = line.bullet or (
        "label"
        if label >= 0
        else "number"
        if opening.isdigit() or low[line.start] in _NUMBER_WORDS
        else "text"
    )


def _abbreviates(words: Words, index: int, first: int) -> bool:
    """Whether a full stop belongs to an abbreviation: ``incl. 31 children``, ``Maj. Smith``."""
    return (
        words.raw[index] == "."
        and index > first
        and not words.space[index - 1]
        and (words.low[index - 1] in word_sets().abbreviations or words.raw[index - 1] == "No")
    )


def _begins(words: Words, index: int, ender: str) -> bool:
    word = words.raw[index].lstrip("“\"'‘(«-–—•*")
    if not word:
        return index + 1 < len(words.raw) and words.raw[index + 1][:1].isupper()
    if ender != ".":
        return word[0].isupper() or word[0].isdigit()
    return word[0].isupper() or (word[0].isdigit() and words.space[index - 1])


def _segment(start: int, end: int, kind: str, line: int, bullet: str, label: int) -> dict[str, Any]:
    return {
        "start": start,
        "end": end,
        "kind": kind,
        "line": line,
        "block": 0,
        "parent": -1,
        "label": label,
        "bullet": bullet,
        "depth": 0,
        "dateline": False,
    }


def _label_end(words: Words, start: int, end: int) -> int:
    """Token after the label that begins at `start`, or -1."""
    raw = words.raw
    if start >= end or not raw[start].lstrip("#“\"'‘(-–—•*@")[:1].isalnum():
        if start >= end or raw[start] not in ("“", '"', "‘", "#", "("):
            return -1
    limit = min(end - 1, start + _LABEL_WORDS)
    within = False
    for index in range(start + 1, limit):
        sign = raw[index]
        if sign in ("(", ")"):
            within = sign == "("
        if sign in (":", "::", "|"):
            # "12 (of them civilians: 5)"
            return -1 if within else index + 1
        if sign in _DASHES and words.space[index - 1] and words.space[index]:
            before = raw[start:index]
            # a dash inside a sentence is no label: names and dates only stand before it
            if all(_is_name(word) for word in before):
                return index + 1
            return -1
        if sign in (";", "!", "?") or sign in _ENDERS:
            if sign == "." and index + 1 < limit and not raw[index + 1][:1].isupper():
                continue
            return -1
    return -1


def _is_name(word: str) -> bool:
    return (
        not word[:1].islower()
        or word in ("al", "of", "and", "the", "de", "du", "del", "in", "district", "province")
        or word in ("governorate", "countryside", "city", "town", "near", "southern", "northern")
        or word.startswith(("al-", "el-"))
    )


def _is_dateline(words: Words, start: int, end: int) -> bool:
    """True for ``BEIRUT, Oct 28 (Reuters) -``: capitals with an agency or a date."""
    raw, low = words.raw, words.low
    if any(word in _MONTHS for word in low[start:end]) and raw[end - 1] in ("-", "–", "—", ":"):
        return raw[start][:1].isupper()
    return "(" in raw[start:end] and raw[end - 1] in _DASHES


def _nest(words: Words, lines: list[Line], segments: list[dict[str, Any]]) -> None:
    block = 0
    heading = -1
    # open lists, outermost first: [segment that introduces it, marker of its items or None]
    stack: list[list[Any]] = []
    seen_text = False
    for position, line in enumerate(lines):
        if not line.segments:
            continue
        last = segments[line.segments[-1]]
        ends = words.raw[last["end"] - 1]
        is_intro = ends.endswith(":") and last["kind"] != "label"
        line.opens = len(line.segments) > 1 and segments[line.segments[0]]["kind"] == "label"
        if last["kind"] == "label" and position + 1 < len(lines):
            is_intro = True
        over = position + 1 < len(lines) and _stands_over(words, line, lines[position + 1])
        if over and seen_text and not line.bullet:
            line.marker = "heading"
        parent = _parent(line, stack)
        if over and seen_text:
            # "Tyre district" over bullets: a heading, inside a list or not
            if parent is None:
                stack.clear()
            block += 1
            for index in line.segments:
                segment = segments[index]
                segment["kind"] = "heading" if segment["kind"] == "text" else segment["kind"]
                segment["block"] = block
                segment["parent"] = -1 if parent is None else parent
                segment["depth"] = len(stack)
            heading = line.segments[-1]
            stack.append([heading, None])
            continue
        if parent is None:
            stack.clear()
            if heading >= 0 and segments[heading]["parent"] >= 0:
                # a heading inside a list ends with the list
                heading = -1
            if _is_heading(words, line, segments, lines, position):
                kind = "headline" if not seen_text and not line.bullet else "heading"
                for index in line.segments:
                    if segments[index]["kind"] != "label":
                        segments[index]["kind"] = kind
                    segments[index]["block"] = block
                if kind == "heading" or len(line.segments) == 1:
                    heading = line.segments[0] if kind == "heading" else heading
                block += 1
                continue
            seen_text = True
            if line.bullet:
                # a list without an introduction stands under its heading
                stack.append([heading, (line.bullet, line.opens, line.indent)])
                parent = heading
            else:
                parent = heading
        else:
            seen_text = True
        if line.blank or line.bullet or parent is not None:
            block += 1
        listed = bool(stack)
        for index in line.segments:
            segment = segments[index]
            segment["block"] = block
            segment["parent"] = -1 if parent is None else parent
            segment["depth"] = len(stack)
            if segment["kind"] == "text" and listed:
                segment["kind"] = "item"
        if is_intro:
            last["intro"] = True
            if last["kind"] == "text":
                last["kind"] = "intro"
            stack.append([line.segments[-1], None])


def _parent(line: Line, stack: list[list[Any]]) -> int | None:
    """The segment that introduces the list `line` belongs to; closes the lists it has left."""
    form = (line.marker, line.opens, line.indent)
    if stack and stack[-1][1] is None:
        stack[-1][1] = form
        return int(stack[-1][0])
    if line.marker == "text":
        return None
    # where lists of two levels have one bullet, what opens a list and how far a line is set in
    # tell them apart
    for same in (3, 2, 1):
        for depth in range(len(stack) - 1, -1, -1):
            theirs = stack[depth][1]
            if (
                theirs is not None
                and theirs[0] == form[0]
                and (
                    same == 1
                    or (same == 2 and theirs[1] == form[1])
                    or (same == 3 and theirs == form)
                )
            ):
                del stack[depth + 1 :]
                return int(stack[depth][0])
    return None


def _is_heading(
    words: Words,
    line: Line,
    segments: list[dict[str, Any]],
    lines: list[Line],
    position: int,
) -> bool:
    """A short line without a full stop, over others."""
    if line.bullet or position + 1 >= len(lines):
        return False
    last = words.raw[line.end - 1]
    if last in _CLOSERS and line.end - 2 >= line.start:
        last = words.raw[line.end - 2]
    size = line.end - line.start
    if last in _ENDERS and not (
        # a headline with a full stop: one sentence, right over a dateline
        len([i for i in line.segments if segments[i]["kind"] != "label"]) == 1
        and size <= 40
        and lines[position + 1].blank
        and lines[position + 1].marker == "label"
        and all(not other.segments or _bare(words, other) for other in lines[:position])
    ):
        return False
    if last in (":", ";", ",", "::"):
        return False
    if position == 0 or all(
        not other.segments or _bare(words, other) for other in lines[:position]
    ):
        return size <= 45
    return size <= _HEADING_WORDS and line.marker not in ("number",)


def _stands_over(words: Words, line: Line, following: Line) -> bool:
    """A few words without a full stop, right over a line with a bullet."""
    if line.bullet not in ("", "A.") or following.bullet in ("", "A.") or line.end - line.start > 8:
        return False
    first, last = words.raw[line.start], words.raw[line.end - 1]
    return first[:1].isupper() and (last[-1:].isalnum() or last == ")")


def _bare(words: Words, line: Line) -> bool:
    return words.raw[line.end - 1] not in (".", ":", ";")


def annotate(doc: Doc, segments: list[dict[str, Any]]) -> None:
    """Write segments into the Doc; sentence starts only where none are set."""
    words = Words.of(doc)
    spans = [words.span(doc, s["start"], s["end"], s["kind"].upper()) for s in segments]
    doc.spans["layout"] = SpanGroup(doc, name="layout", attrs={"layout": segments}, spans=spans)
    if len(doc) and not doc.has_annotation("SENT_START"):
        # one array: setting token by token would look at every token each time
        starts: Any = np.full((len(doc), 1), -1, dtype="int64")
        starts[0, 0] = 1
        for segment in segments:
            starts[words.token[segment["start"]], 0] = 1
        doc.from_array(["SENT_START"], starts.astype("uint64"))


class Layout:
    """Component that finds the layout of a bulletin.

    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> layout = nlp.add_pipe("tollbook_layout")
    >>> doc = nlp("Homs province: the dead are:\\n• ten civilians.\\n• two soldiers.")
    >>> [(span.text, span.label_) for span in doc.spans["layout"]][:3]
    [('Homs province:', 'LABEL'), ('the dead are:', 'INTRO'), ('ten civilians.', 'ITEM')]
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Find the layout of a Doc."""
        annotate(doc, find(Words.of(doc)))
        return doc


@Language.factory("tollbook_layout")
def make_layout(nlp: Language, name: str) -> Layout:
    """Make a `Layout` component."""
    return Layout(nlp, name)
