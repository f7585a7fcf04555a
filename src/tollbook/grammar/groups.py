"""Lists of noun groups: which stand side by side, which is part of which.

``two civilians, five militiamen and an officer`` is one list; in ``16 combatants, including
nine members of X`` the second is a part of the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tollbook.rules import syntax as syn
from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from tollbook.grammar.chunk import Chunk

_BREAKS: Final = frozenset((";", "!", "?", "...", "…", "."))
_FINITE: Final = syn.BE | syn.HAVE | syn.DO | syn.MODAL | syn.SPEECH | syn.VERB
_THEY: Final = frozenset(("they", "these", "those", "there", "victims", "killed"))
_PRONOUNS: Final = frozenset(("them", "whom", "these", "those", "which"))


class Member:
    """A noun group in its list.

    Attributes:
        index: position among the chunks.
        chunk: the noun group.
        group: number of its list; -1 for none.
        parent: the member that includes it, or None.
        how: what said so: ``including``, ``partitive``, ``colon``, ``bracket``, ``dash``,
            ``apposition``.
    """

    __slots__ = ("chunk", "group", "how", "index", "parent")

    def __init__(self, index: int, chunk: Chunk) -> None:
        self.index, self.chunk = index, chunk
        self.group = -1
        self.parent: Member | None = None
        self.how = ""


def group(chunks: list[Chunk]) -> dict[int, Member]:
    """Find the lists among the noun groups of a sentence.

    Args:
        chunks: chunks of the sentence.

    Returns:
        A `Member` for every ``Q`` and ``N``, by position among the chunks.
    """
    members: dict[int, Member] = {}
    previous: Member | None = None
    count = 0
    # members that opened a bracket or a colon, with what they opened
    opened: list[tuple[str, Member]] = []
    for index, chunk in enumerate(chunks):
        if chunk.kind not in "QN":
            continue
        member = members[index] = Member(index, chunk)
        if previous is not None and _embedded(chunks, previous.index, index):
            member.group = count
            count += 1
            continue
        kind = "none"
        if previous is not None:
            kind = _between(chunks, previous.index, index, previous.how == "bracket")
        if kind == "none" and previous is not None and _goes_on(chunks, previous, index):
            member.group = previous.group
            member.parent, member.how = previous.parent, previous.how
            previous = member
            continue
        if (
            kind == "coordinate"
            and chunk.number is None
            and not chunk.det
            and _named(chunks, index)
        ):
            # "two soldiers, Sergeant X and Private Y": names add nothing
            member.group = -1
            continue
        if kind == "coordinate" and _speaks(chunks, index):
            kind = "none"
        if previous is not None and kind != "none" and _postposed(chunks, index):
            # "84 combatants, a soldier among them, and 97 civilians"
            beside = [m for m in members.values() if m.group == previous.group and m is not member]
            base = _holding(chunks, beside, member, previous)
            if previous.how in ("including", "partitive") and not _single(previous.chunk):
                base = previous  # "of whom nineteen, eleven children among them"
            if not _single(base.chunk):
                member.group = previous.group
                for other in beside:
                    # "19 tribesmen, a woman and two children among them"
                    if other.parent is None and other is not base and other.index > base.index:
                        other.parent, other.how = base, "including"
                member.parent, member.how = base, "including"
                continue
        if previous is not None and kind == "none" and _named_among(chunks, index):
            whole = _larger(members, previous, chunk)
            if whole is not None:
                # "nine drowned as their boat capsized, among them five children"
                member.group = whole.group
                member.parent, member.how = whole, "including"
                previous = member
                continue
        if previous is None or kind == "none":
            opened.clear()
            member.group = count
            count += 1
            pronoun = chunk.partitive in _PRONOUNS
            if pronoun and previous is not None:
                member.parent = _antecedent(members, previous, chunk)
                member.how = "partitive"
            previous = member
            continue
        member.group = previous.group
        if chunk.partitive in _PRONOUNS:
            member.parent = _antecedent(members, previous, chunk)
            member.how = "partitive"
        elif kind in ("including", "colon", "bracket", "dash"):
            base = previous
            if kind == "colon":
                while base.parent is not None:
                    base = base.parent
            if kind == "colon" and any(what == "colon" for what, _ in opened):
                base = next(m for what, m in opened if what == "colon")
            if kind == "including":
                base = _roomy(base, chunk)
            member.parent = base
            member.how = kind
            opened.append((kind, base))
        elif kind == "closed":
            # after a closing bracket the list goes on where it was before
            while opened:
                what, base = opened.pop()
                if what == "bracket":
                    member.parent = base.parent
                    member.how = base.how
                    break
        elif kind == "coordinate":
            between = chunks[previous.index + 1 : index]
            _coordinate(members, previous, member, _plain_and(between))
        previous = member
    _appositions(members)
    _explained(chunks, members)
    _out_of(chunks, members)
    _are_among(chunks, members)
    _included(chunks, members)
    _part_circles(members)
    return members


def _out_of(chunks: list[Chunk], members: dict[int, Member]) -> None:
    """``Of the 20 students, 13 were freed and two killed``."""
    if not chunks or chunks[0].word not in ("of", "among", "out"):
        return
    at = 2 if chunks[0].word == "out" else 1
    whole = members.get(at)
    if whole is None or whole.chunk.kind != "Q":
        return
    total = _figure(whole.chunk)
    for member in members.values():
        if member.index <= at or member.parent is not None or member.chunk.kind != "Q":
            continue
        if any(c.word in (";", ":") for c in chunks[at : member.index]):
            return
        figure = _figure(member.chunk)
        bare = member.chunk.noun is None or member.chunk.noun.role == "pronoun"
        if total is not None and figure is not None and figure <= total and bare:
            member.parent, member.how = whole, "partitive"


def _are_among(chunks: list[Chunk], members: dict[int, Member]) -> None:
    """``two nurses and a priest are among 19 people killed``: parts before their whole."""
    for index, chunk in enumerate(chunks):
        if chunk.word != "among" or not index:
            continue
        if not chunks[index - 1].mask & syn.BE and chunks[index - 1].kind not in "QN":
            continue
        whole = next((m for m in members.values() if m.index > index), None)
        left = [m for m in members.values() if m.index < index and m.parent is None]
        if whole is None or not left or whole.chunk.kind != "Q" or whole.index > index + 2:
            continue
        if any(c.kind in "T" for c in chunks[left[-1].index : index]):
            continue
        for member in left:
            if member.group == left[-1].group:
                member.parent, member.how = whole, "including"


def _part_circles(members: dict[int, Member]) -> None:
    """Nothing is part of itself by way of others: the link that closes a circle goes.

    >>> import tollbook
    >>> words = "five soldiers In follows: 60 among the arrestees five killed and wounded crashed"
    >>> len(tollbook.extract("250 found five police peacekeepers " + words).counts) > 0
    True
    """
    for member in members.values():
        seen = {member.index}
        at = member
        while at.parent is not None:
            if at.parent.index in seen:
                at.parent, at.how = None, ""
                break
            at = at.parent
            seen.add(at.index)


def _included(chunks: list[Chunk], members: dict[int, Member]) -> None:
    """``nine were injured, a referee and a vendor included``, or ``among them``."""
    for index, chunk in enumerate(chunks):
        if not chunk.mask & syn.INCLUDING or not index or chunks[index - 1].kind not in "QNAW":
            continue
        if index + 1 < len(chunks) and chunks[index + 1].kind != ".":
            continue
        before = [m for m in members.values() if m.index < index]
        parts = [m for m in before if m.parent is None]
        if not parts or parts[-1] is not before[-1]:
            continue
        group_ = parts[-1].group
        wholes = [
            m for m in parts if m.group != group_ and m.chunk.kind == "Q" and not _single(m.chunk)
        ]
        if wholes:
            for member in parts:
                if member.group == group_:
                    member.parent, member.how = wholes[-1], "including"


def _appositions(members: dict[int, Member]) -> None:
    """``three people, two men and a woman``: what adds up to the first is its parts."""
    groups: dict[int, list[Member]] = {}
    for member in members.values():
        noun = member.chunk.noun
        counted = member.chunk.countable or (noun is not None and noun.kind == "event")
        if member.parent is None and member.chunk.kind == "Q" and counted:
            groups.setdefault(member.group, []).append(member)
    for mains in groups.values():
        if len(mains) < 3:
            continue
        figures = [_figure(m.chunk) for m in mains]
        if None in figures:
            continue
        if figures[0] == sum(f or 0 for f in figures[1:]) and not _unlike(mains):
            for member in mains[1:]:
                member.parent, member.how = mains[0], "apposition"


def _unlike(mains: list[Member]) -> bool:
    """``five policemen, three soldiers and two guards``: three groups, whatever they add up to."""
    noun = mains[0].chunk.noun
    if noun is None or not noun.traits:
        return False
    others = [other for m in mains[1:] if (other := m.chunk.noun) is not None]
    return len(others) == len(mains) - 1 and all(other.traits != noun.traits for other in others)


def _named_among(chunks: list[Chunk], index: int) -> bool:
    """Whether ``among them`` or ``including`` stands right before a group, after a comma."""
    at = index - 1
    while at > 0 and _light(chunks[at]) and not chunks[at].mask & syn.INCLUDING:
        at -= 1
    return (
        at > 0
        and bool(chunks[at].mask & syn.INCLUDING)
        and chunks[at].word in ("among", "including", "amongst")
        and chunks[at - 1].word in (",", "–", "—", "(")
    )


def _roomy(base: Member, chunk: Chunk) -> Member:
    """``62, including nine women and two minors, of whom 19``: the nearest that holds so many."""
    mine = _figure(chunk) or 0
    at: Member | None = base
    while at is not None and (_figure(at.chunk) or mine) < mine:
        at = at.parent
    return base if at is None else at


def _larger(members: dict[int, Member], previous: Member, chunk: Chunk) -> Member | None:
    """The nearest figure of people before a group that can include it."""
    mine = _figure(chunk) or 0
    for member in sorted(members.values(), key=lambda m: -m.index):
        if member.index > previous.index or member.chunk.kind != "Q" or member.parent is not None:
            continue
        if not member.chunk.countable:
            continue
        figure = _figure(member.chunk)
        return member if figure is None or figure > mine else None
    return None


def _explained(chunks: list[Chunk], members: dict[int, Member]) -> None:
    """``her husband, a policeman, was shot``: the second adds nobody."""
    for index, member in members.items():
        chunk = member.chunk
        before = members.get(index - 2)
        after = index + 1
        while after < len(chunks) and chunks[after].kind == "W" and chunks[after].mask & syn.PREP:
            # "a man in his forties", "a woman of 44"
            after += 2
            while after < len(chunks) and chunks[after].kind == "W" and not chunks[after].mask:
                after += 1
        if (
            before is None
            or chunk.kind != "Q"
            or chunk.det != "a"
            or before.group != member.group
            or before.parent is not member.parent
            or not _one(before.chunk)
            or not chunk.countable
            or chunks[index - 1].word != ","
            or after + 1 >= len(chunks)
            or chunks[after].word != ","
        ):
            continue
        verb = chunks[after + 1]
        if verb.kind == "T" or (
            verb.kind == "W" and verb.mask & _FINITE and not verb.mask & syn.SPEECH
        ):
            member.group = -1


def _one(chunk: Chunk) -> bool:
    """Whether a group is one person who can be explained by the next."""
    if not chunk.countable or chunk.heads:
        return False
    if chunk.number is not None:
        return bool(chunk.number["best"] == 1)
    return chunk.noun is not None and not chunk.noun.plural


def _goes_on(chunks: list[Chunk], previous: Member, index: int) -> bool:
    """``(31 killed, 43 injured)``: each item of a list with an outcome of its own."""
    if previous.parent is None:
        return False
    between = chunks[previous.index + 1 : index]
    breaks = _BREAKS | {")", "]"}
    if previous.how == "bracket":
        breaks = breaks - {";"}
    if any(c.kind == "." and c.word in breaks for c in between):
        return False
    plain = not any(c.kind == "W" and c.mask & (_FINITE | syn.SUB & ~syn.PREP) for c in between)
    if previous.how in ("bracket", "colon", "dash"):
        return plain
    whom = previous.chunk.partitive == "whom" or any(
        c.mask & syn.INCLUDING and c.word == "of"
        for c in chunks[previous.index - 1 : previous.index]
    )
    if whom and previous.how in ("partitive", "including"):
        # "eight of whom were killed, 41 released"; "of whom 38 were civilians and 14 soldiers"
        following = chunks[index + 1] if index + 1 < len(chunks) else None
        bare = chunks[index].noun is None and not chunks[index].lemma
        total, mine = _figure(previous.parent.chunk), _figure(chunks[index])
        fits = total is None or mine is None or mine < total
        verb = following is not None and (
            following.kind == "T" or bool(following.mask & (_FINITE | syn.RISE))
        )
        return bare and fits and verb
    return False


def _embedded(chunks: list[Chunk], left: int, right: int) -> bool:
    """Whether a group hangs on a preposition after another: ``two members of one family``."""
    before = chunks[right - 1]
    if before.kind != "W" or not before.mask & syn.PREP or before.mask & (syn.CONJ | syn.INCLUDING):
        return False
    return all(
        chunk.kind in "WA"
        and not chunk.mask & (_FINITE | syn.CONJ | syn.INCLUDING | syn.SUB & ~syn.PREP)
        for chunk in chunks[left + 1 : right]
    )


def _named(chunks: list[Chunk], index: int) -> bool:
    """Whether a rank or title is followed by a name."""
    following = chunks[index + 1] if index + 1 < len(chunks) else None
    return following is not None and following.kind == "W" and following.capital


def _speaks(chunks: list[Chunk], index: int) -> bool:
    """``scores, a hospital official said``: the source, not one more victim."""
    at = index + 1
    while at < len(chunks) and at < index + 6:
        chunk = chunks[at]
        if chunk.kind == "W" and chunk.mask & syn.SPEECH:
            number = chunks[index].number
            return number is None or number["best"] == 1
        if chunk.kind in "T.QN" or chunk.mask & (syn.CONJ | syn.BE | syn.HAVE | syn.REL):
            return False
        at += 1
    return False


def _single(chunk: Chunk) -> bool:
    """Whether a noun group is one person."""
    if chunk.number is not None:
        return bool(chunk.number["best"] == 1)
    return chunk.noun is None or not chunk.noun.plural


def _postposed(chunks: list[Chunk], index: int) -> bool:
    if index + 1 >= len(chunks) or not chunks[index + 1].mask & syn.INCLUDING:
        return False
    after = chunks[index + 2] if index + 2 < len(chunks) else None
    return after is None or after.kind == "." or bool(after.mask & syn.CONJ)


def _plain_and(between: list[Chunk]) -> bool:
    """Whether nothing but ``and`` stands between two groups: they are one inner list."""
    return len(between) == 1 and bool(between[0].mask & syn.CONJ)


def _coordinate(members: dict[int, Member], previous: Member, member: Member, plain: bool) -> None:
    """A further item of the list that the one before it stands in, or of an outer one."""
    if previous.parent is None:
        return
    level: Member | None = previous
    if previous.how == "partitive":
        # "two martyrs, one of them a child, and 9 wounded": the list of the whole goes on
        assert previous.parent is not None
        outer = previous.parent
        member.parent, member.how = outer.parent, outer.how
        return
    while level is not None and level.parent is not None:
        # "including two women and three children, four combatants and a man": two inner lists
        inner = plain and level is previous and level.how == "including"
        inner = inner and all(
            m is member or m.parent is not level.parent or m is level for m in members.values()
        )
        if _fits(members, level, member, inner=inner):
            member.parent, member.how = level.parent, level.how
            return
        level = level.parent


def _holding(chunks: list[Chunk], beside: list[Member], member: Member, previous: Member) -> Member:
    """Whom ``, two children among them`` means: the nearest before it that holds them all.

    After ``and`` the list of the parts goes back to the first: ``108 civilians, 21 women and 16
    children among them``.
    """
    needed = _figure(member.chunk) or 1
    joined = any(c.mask & syn.CONJ for c in chunks[previous.index + 1 : member.index])
    for other in sorted(beside, key=lambda m: -m.index) if not joined else ():
        if other.parent is not None or other.index > member.index:
            continue
        figure = _figure(other.chunk)
        if not _single(other.chunk) and (figure is None or figure > needed):
            return other
        needed += figure or 0
    return next((m for m in beside if m.parent is None), previous)


def _other_kind(whole: Chunk, part: Chunk) -> bool:
    """``12 civilians, including two women, and four combatants``: no civilians, these."""
    if whole.noun is None or part.noun is None:
        return False
    return whole.noun.noun == "civilian" and part.noun.status == "combatant" and not part.heads


def _fits(
    members: dict[int, Member], level: Member, member: Member, *, inner: bool = False
) -> bool:
    """Whether `member` may be one more part beside `level`, by the sums and by an outer list."""
    whole = level.parent
    assert whole is not None
    if _other_kind(whole.chunk, member.chunk):
        return False
    high = _figure(whole.chunk)
    mine = _figure(member.chunk)
    several = whole.chunk.number is None and whole.chunk.noun and whole.chunk.noun.plural
    if high is None or mine is None or several:
        return True
    beside = [m for m in members.values() if m.parent is whole and m is not member]
    taken = sum(_figure(m.chunk) or 0 for m in beside)
    if taken + mine > high:
        return False
    if not inner and whole.parent is not None and whole.how in ("colon", "bracket", "dash"):
        # an outer list that is said to be complete and is not yet full claims it
        outer = [m for m in members.values() if m.parent is whole.parent]
        total = _figure(whole.parent.chunk)
        filled = sum(_figure(m.chunk) or 0 for m in outer)
        if total is not None and filled + mine <= total:
            return False
    return True


def _figure(chunk: Chunk) -> int | None:
    if chunk.number is None:
        return 1
    best: int | None = chunk.number["best"]
    low: int | None = chunk.number["low"]
    return best if best is not None else low


def _antecedent(members: dict[int, Member], previous: Member, chunk: Chunk) -> Member | None:
    """Whom ``of them`` means: the nearest group before it that is larger."""
    mine = _figure(chunk) or 0
    for member in reversed([m for m in members.values() if m.index <= previous.index]):
        if member.chunk is chunk or not member.chunk.countable:
            continue
        figure = _figure(member.chunk)
        number = member.chunk.number
        vague = number is not None and number["best"] is None and number["high"] is None
        if figure is None or figure >= mine or vague:
            if member.chunk.number is None and not (member.chunk.noun and member.chunk.noun.plural):
                continue
            if member.how == "partitive" and member.parent is not None:
                continue
            return member
    return None


def _between(chunks: list[Chunk], left: int, right: int, bracketed: bool = False) -> str:
    """What joins two noun groups: the chunks between them tell; `bracketed`: within a bracket."""
    joined = ""
    relative = False
    trigger = False
    bracket = 0
    for index in range(left + 1, right):
        chunk = chunks[index]
        mask = chunk.mask
        if chunk.kind == "T":
            # an outcome between them parts two groups, unless "including" follows it
            if joined:
                return "none"
            trigger = True
            continue
        if chunk.kind == ".":
            word = chunk.word
            if word == "." and chunks[index - 1].mask & syn.INCLUDING:
                # "incl."
                continue
            if word == ";" and bracketed and not bracket:
                # "(410 killed; 910 injured)"
                joined = joined or "coordinate"
                continue
            if word in _BREAKS:
                return "none"
            if word == ":" or word == "::":
                joined = "colon"
            elif word in "([":
                if index + 1 < right and chunks[index + 1].word in word_sets().other_times:
                    return "none"  # "42 incidents (week 22: 37)"
                if bracket < 0:
                    return "none"  # "Homs (20 killed, 15 injured), then Hama (11 killed)"
                bracket += 1
                joined = "bracket"
            elif word in ")]":
                bracket -= 1
                joined = (
                    "closed" if bracket < 0 else "coordinate" if joined != "including" else joined
                )
            elif word == ",":
                if joined not in ("including", "colon", "bracket", "closed"):
                    joined = "coordinate"
                relative = False
            elif word in ("–", "—"):
                joined = joined or "dash"
            elif word in ("/", "&"):
                joined = joined or "coordinate"
            continue
        if chunk.kind == "A":
            continue
        if mask & syn.INCLUDING:
            if chunk.word == "of" and chunks[index - 1].word in word_sets().proportions:
                # "29 killed, the bulk of them in an air raid, and 48 freed"
                continue
            if not _postposed(chunks, index - 1):
                joined = "including"
            continue
        if mask & syn.CONJ:
            if joined not in ("including", "colon", "bracket", "closed"):
                joined = "coordinate"
            continue
        if mask & syn.AMONG:
            return "none"
        if mask & syn.REL and not mask & syn.DET:
            relative = True
            continue
        if mask & (syn.SUB | syn.COND | syn.BUT) and not mask & syn.ADV:
            return "none"
        if mask & _FINITE and not relative:
            if joined in ("including", "colon", "bracket"):
                continue
            if mask & syn.BE and chunk.word in ("are", "were", "is", "was"):
                # "they are 2 children and their mother"
                before = chunks[index - 1].word
                if before in _THEY and not _single(chunks[left]):
                    joined = "including"
                    continue
            # a verb between them parts two groups, unless "including" follows it
            trigger = True
            joined = ""
    if trigger and joined not in ("including", "colon", "bracket"):
        return "none"
    if joined in ("coordinate", ""):
        # the connecting word has to stand right before the second group
        at = right - 1
        while at > left and _light(chunks[at]):
            at -= 1
        if at == left:
            return "none"
        last = chunks[at]
        if last.kind == "." and last.word in (",", "/", ")", "–", "&"):
            return joined or "none"
        if last.mask & syn.CONJ:
            return joined or "none"
        return "none"
    return joined or "none"


def _light(chunk: Chunk) -> bool:
    if chunk.kind != "W":
        return False
    return bool(chunk.mask & (syn.ADV | syn.DET | syn.POSS)) or chunk.word in (
        "another", "other", "further", "with", "also", "more", "there", "only", "some",
    )  # fmt: skip
