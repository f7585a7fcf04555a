"""NUMBER spans: value, bounds and modifier of every number that can count people or events.

Dates, times, ages, measures, money, percentages, durations, names and proportions are left
out, and each says why (`tollbook.pipes.exclusions`).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypedDict

from spacy.language import Language
from spacy.tokens import SpanGroup

from tollbook.numerals import HYPHENS, NUMBER_WORDS, SCALES, Numeral, digits, read
from tollbook.pipes.entities import add
from tollbook.pipes.exclusions import Exclusions
from tollbook.rules.nouns import Nouns, nouns
from tollbook.rules.numbers import Lexicon, Modifier, Vague, lexicon
from tollbook.rules.word_lists import word_lists
from tollbook.words import Words

if TYPE_CHECKING:
    from spacy.tokens import Doc

GROUP: Final = "numbers"
"""Name of the span group and of the list in its attributes."""

LABEL: Final = "NUMBER"
"""Label of the spans."""

EXACT: Final = "exact"
"""Rule id of a number without a modifier."""

_DOERS: Final = ("er", "or", "ist", "ian", "eer", "man")
"""Endings of nouns for who does something."""
_BARRIERS: Final = frozenset(".,;:!?()[]\n") | frozenset(HYPHENS)
_EDGES: Final = "“”\"'‘’„«»*•–—-_#"
_SYMBOLS: Final = "~≈∼<>≤≥"

_DIGITS, _WORD, _PHRASE, _ARTICLE, _THE, _ANOTHER, _BOTH, _MODIFIER = range(1, 9)


class Number(TypedDict):
    """One number: tokens, characters, bounds, kind and the rule that set the bounds."""

    start: int
    end: int
    char_start: int
    char_end: int
    best: int | None
    low: int | None
    high: int | None
    kind: str
    rule: str


class Rejected(TypedDict):
    """One number that is no count, and why."""

    char_start: int
    char_end: int
    reason: str


class _Kinds(dict[str, int]):
    """What can begin at a word, by the word: worked out once a word, then one lookup."""

    def __init__(self, lex: Lexicon) -> None:
        super().__init__()
        self.lex = lex

    def __missing__(self, word: str) -> int:
        if len(self) > 200_000:
            self.clear()
        kind = self[word] = self.kind(word)
        return kind

    def kind(self, word: str) -> int:
        if not word:
            return 0
        if "0" <= word[0] <= "9" or (word[0] in _SYMBOLS and len(word) > 1):
            return _DIGITS
        special = {"a": _ARTICLE, "an": _ARTICLE, "the": _THE, "another": _ANOTHER, "both": _BOTH}
        if word in special:
            return special[word]
        if word in self.lex.vague:
            return _PHRASE
        if word in self.lex.starts:
            return _MODIFIER
        if "(" in word:
            return _DIGITS if read([word.partition("(")[0] or "("]) is not None else 0
        if word in NUMBER_WORDS or (not word.isalnum() and read([word]) is not None):
            return _WORD
        return 0


@cache
def _kinds(lex: Lexicon) -> _Kinds:
    return _Kinds(lex)


class _Scan(Exclusions):
    """One pass over the words of one text."""

    def __init__(self, words: Words, lex: Lexicon, people: Nouns) -> None:
        super().__init__(words, lex, people)
        self.numbers: list[Number] = []
        self.rejected: list[Rejected] = []
        self.free = 0

    def put(
        self,
        start: int,
        end: int,
        bounds: tuple[int | None, int | None, int | None],
        kind: str,
        rule: str,
    ) -> None:
        """Keep a number; what follows begins after it."""
        best, low, high = bounds
        first, last = self.offsets(start, end)
        self.numbers.append(
            {
                "start": start,
                "end": end,
                "char_start": first,
                "char_end": last,
                "best": best,
                "low": low,
                "high": high,
                "kind": kind,
                "rule": rule,
            }
        )
        self.free = end

    def reject(self, start: int, end: int, reason: str) -> None:
        """Leave a number out, and note why."""
        first, last = self.offsets(start, end)
        self.rejected.append({"char_start": first, "char_end": last, "reason": reason})
        self.last_rejected = (end, reason)
        self.free = end

    def offsets(self, start: int, end: int) -> tuple[int, int]:
        """Characters of the tokens, without quotes, bullets and dashes at their edges."""
        first, last = self.raw[start], self.raw[end - 1]
        begin, stop = self.words.start[start], self.words.end[end - 1]
        if not first.isalnum():
            bare = first.lstrip(_EDGES)
            begin += len(first) - len(bare) if bare else 0
        if not last.isalnum() and len(last) > 1:
            bare = last.rstrip(_EDGES)
            stop -= len(last) - len(bare) if bare else 0
        return begin, stop

    # -- the pass ------------------------------------------------------------------------

    def run(self) -> None:
        """Look closely wherever a number can begin."""
        kinds = list(map(_kinds(self.lex).__getitem__, self.words.low))
        low = self.low
        waiting = 0
        for index in [at for at, kind in enumerate(kinds) if kind]:
            if index < self.free or index < waiting:
                continue
            kind = kinds[index]
            if kind == _DIGITS:
                self.in_digits(index)
            elif kind == _WORD:
                self.in_words(index)
            elif kind == _THE:
                following = low[index + 1]
                if following == "other":
                    if low[index + 2] in self.sets.bare_after:
                        self.put(index, index + 2, (1, 1, 1), "ordinal-one", "the-other")
                elif "the" in self.lex.vague:
                    self.phrase(index)
            elif kind == _ANOTHER:
                self.another(index)
            elif kind == _BOTH:
                self.both(index)
            else:
                # "no fewer than 24": the number is read where it stands, backwards from there
                modifier = self.lex.starts.at(low, index)
                if modifier is not None and self.number_follows(index + modifier[0]):
                    waiting = index + modifier[0]
                elif kind == _ARTICLE:
                    self.phrase(index) or self.in_words(index) or (
                        self.ordinal_one(index) or self.article(index)
                    )
                elif not self.phrase(index):
                    self.in_words(index)

    def in_words(self, index: int) -> bool:
        """A number in words."""
        numeral = read(self.low, index)
        if numeral is not None:
            self.number(index, numeral)
        return numeral is not None

    def in_digits(self, index: int) -> None:
        """A token that begins with a digit or with a sign like ``~``."""
        word = self.low[index]
        if word[0] in _SYMBOLS:
            self.symbol(index)
            return
        following = self.low[index + 1]
        grouped = True
        if len(following) == 3 and following.isdecimal():
            before = self.low[self.left(index)] if index else ""
            grouped = before not in self.sets.months and not (
                index and self.not_count_before(index, in_digits=True)
            )
        numeral = read(self.low, index, grouped=grouped)
        if numeral is None:
            self.odd_digits(index)
            return
        if self.low[numeral.end] == "m" and self.noun_follows(numeral.end + 1):
            # "2.1m refugees": metres are not followed by people
            millions = read([word, "million"])
            if millions is not None:
                numeral = Numeral(millions.value, numeral.end + 1, True)
        self.number(index, numeral)

    def number_follows(self, index: int) -> bool:
        """Whether a number, or another modifier of one, begins at `index`."""
        low = self.low
        while low[index] in self.sets.outside or low[index] in ("a", "an", "("):
            if read(low, index) is not None:
                return True
            index += 1
        if not low[index]:
            return False
        if read(low, index) is not None or _range_token(low[index]) is not None:
            return True
        if self.raw[index][0] in _SYMBOLS:
            return len(self.raw[index]) > 1
        follower = self.lex.starts.at(low, index)
        if follower is not None and self.number_follows(index + follower[0]):
            return True
        vague = self.lex.vague.at(low, index)
        return vague is not None and vague[1].kind in ("vague", "cardinal") and not vague[1].people

    def symbol(self, index: int) -> None:
        """``~40`` or ``>40`` as one token."""
        text = self.low[index]
        size = 2 if text[1] == "=" else 1
        value = digits(text[size:])
        modifier = self.lex.starts.at([text[:size]], 0)
        if value is None or modifier is None:
            return
        reason = self.not_count(index, index + 1, value, in_digits=True)
        if reason:
            self.reject(index, index + 1, reason)
        else:
            low, high = modifier[1].bounds(value)
            self.put(index, index + 1, (value, low, high), "cardinal", modifier[1].id)

    # -- numbers -------------------------------------------------------------------------

    def number(self, start: int, numeral: Numeral) -> None:
        """A number in digits or words: exclusions, range, modifiers, span."""
        value, end, in_digits = numeral
        if value is None:
            self.reject(start, end, self.not_count(start, end, 0, in_digits=True) or "decimal")
            return
        reason = self.shape(start, end, in_digits)
        if reason:
            self.reject(start, end, reason)
            return
        upper: int | None = None
        second = self.range_end(start, end, value)
        if second is not None:
            upper, end = second
            value = self.scaled(value, upper, end)
            if self.linked(end) and self.low[end + 1].isdecimal():
                self.reject(start, end + 2, "date" if upper <= 31 else "code")
                return
            reason = self.not_count(start, end, value, in_digits)
            if not reason and in_digits and upper <= 31 and self.is_month(self.left(start)):
                reason = "date"
            if reason or upper <= value:
                self.reject(self.opening(start), end, reason or "score")
                return
        else:
            date_end = self.date_end(start, end, value, in_digits)
            if date_end:
                self.reject(start, date_end, "date")
                return
            reason = self.not_count(start, end, value, in_digits)
            if reason:
                if reason == "compound" and self.low[end + 1] == "in" and self.linked(end + 2):
                    end += 4
                end = self.proportion_end(end, value, in_digits) or end
                self.reject(start, end, reason)
                return
            if self.low[end] == "(":
                end = self.doubled(end, value)
        self.emit(start, end, value, upper)

    def emit(self, start: int, end: int, value: int, upper: int | None) -> None:
        """Keep a number or range with the modifiers around it."""
        best: int | None = value if upper is None else None
        low: int | None = value
        high: int | None = value if upper is None else upper
        rule = EXACT if upper is None else "range"
        first = start if upper is None else self.opening(start)
        modifiers, begin = self.before(first)
        if begin < first and self.low[first - 1] == "(" and self.low[end] == ")":
            end += 1
        after = self.after(end)
        if after is not None:
            end, modifier = after
            modifiers.append(modifier)
        for modifier in sorted(modifiers, key=lambda item: item.effect in ("about", "exactly"))[:1]:
            if upper is None:
                low, high = modifier.bounds(value)
                rule = modifier.id
                joined = self.joined_upper(end, modifier)
                if joined is not None:
                    end, high = joined
                    best, rule = None, "range"
            elif modifier.effect in ("at-least", "more-than"):
                low, high = modifier.bounds(value)
                rule = modifier.id
            elif modifier.effect in ("at-most", "fewer-than"):
                low, high = modifier.bounds(upper)
                rule = modifier.id
        kind = "cardinal"
        if self.low[end] == "times":
            kind = "times"
        elif value == 0 and upper is None:
            kind = "zero"
        elif begin < start and upper is None and self.low[begin] in ("all", "the"):
            kind = "anaphor"
        self.put(begin, end, (best, low, high), kind, rule)

    def before(self, start: int, *, definite: bool = True) -> tuple[list[Modifier], int]:
        """Modifiers (or ``the``, ``all``) before a number, and where its span begins."""
        low, free = self.low, self.free
        modifiers: list[Modifier] = []
        if start <= free:
            return modifiers, start
        previous = low[start - 1]
        sums = previous == "all" and start - 1 > free and low[start - 2] == "in"
        if definite and previous in ("the", "all") and not sums:  # "in all 38 civilians died"
            begin = start - 1
            if previous == "the" and begin > free and low[begin - 1] == "all":
                begin -= 1
            return modifiers, begin
        begin = at = start
        inside = True
        if previous == "(" and self.lex.before.ending(low, at - 1) is not None:
            at -= 1
        while at > free:
            previous = low[at - 1]
            found = self.lex.before.ending(low, at) if previous in self.lex.before.index else None
            if found is not None and at - found[0] >= free:
                if low[at - 2] == "up" and previous == "to" and low[at - 3] in self.sets.change:
                    # "the toll went up to 22": no bound
                    break
                if previous == "over" and low[at - 2] in self.sets.handing:
                    # "handed over 185 soldiers"
                    break
                at -= found[0]
                modifiers.append(found[1])
                if inside:
                    begin = at
                continue
            if previous in self.lex.verbs.index:
                verb = self.lex.verbs.ending(low, at)
                if verb is not None:
                    modifiers.append(verb[1])
                    break
            if previous and (modifiers or previous not in self.sets.outside):
                break
            # "at least another four", "exceeded “3000”": parted, yet it sets the bounds
            inside = False
            at -= 1
            if previous and at > free and low[at - 1] in ("a", "an", "the"):
                at -= 1
        return modifiers, begin

    def after(self, end: int) -> tuple[int, Modifier] | None:
        """A modifier after a number, and the end of the span: adjacent, or behind the noun."""
        low, index = self.low, self.lex.after.index
        found = self.lex.after.at(low, end) if low[end] in index else None
        if found is not None and not self.modifies_next(end, found[0]):
            return end + found[0], found[1]
        if low[end] in _BARRIERS or "at" not in low[end + 1 : end + 6]:
            return None
        for at in range(end + 1, end + 6):
            word = low[at]
            if word in _BARRIERS or word in ("and", "including") or "0" <= word < ":":
                return None
            if word == "at":
                found = self.lex.after.at(low, at)
                if found is None or self.modifies_next(at, found[0]):
                    return None
                return end, found[1]
        return None

    def modifies_next(self, index: int, size: int) -> bool:
        """Whether ``at least`` at `index` belongs to a number after it."""
        return self.low[index] in self.lex.starts and self.number_follows(index + size)

    def joined_upper(self, end: int, modifier: Modifier) -> tuple[int, int] | None:
        """End and upper value of ``at least 13 and as many as 16``."""
        if modifier.effect not in ("at-least", "more-than"):
            return None
        at = end + 1 if self.low[end] == "," else end
        linked = at
        at += self.low[at] in ("and", "but", "or", "to")
        at += self.low[at] in ("possibly", "perhaps", "maybe")
        if at == linked:
            return None
        found = self.lex.starts.at(self.low, at)
        if found is None or found[1].effect not in ("at-most", "fewer-than"):
            return None
        start = at + found[0]
        upper = read(self.low, start) if self.low[start] else None
        if upper is None or upper.value is None:
            return None
        if self.not_count(start, upper.end, upper.value, upper.digits):
            return None
        high = found[1].bounds(upper.value)[1]
        least = self.numbers_low(modifier, end)
        if high is None or (least is not None and high < least):
            return None
        return upper.end, high

    def numbers_low(self, modifier: Modifier, end: int) -> int | None:
        """Value of the number that ends at `end`, as the low bound of a range."""
        value = digits(self.low[end - 1])
        return None if value is None else modifier.bounds(value)[0]

    def doubled(self, end: int, value: int) -> int:
        """End of ``eleven (11)`` with its closing bracket."""
        again = read(self.low, end + 1) if self.low[end + 1] else None
        if again is not None and again.value == value and self.low[again.end] == ")":
            return again.end + 1
        return end

    # -- ranges --------------------------------------------------------------------------

    def opening(self, start: int) -> int:
        """The start of a range with the ``between`` or ``from`` before it."""
        if start > self.free and self.low[start - 1] in ("between", "from"):
            return start - 1
        return start

    def range_end(self, start: int, end: int, value: int) -> tuple[int, int] | None:
        """Upper value and end of a range that begins with the number at `start`."""
        link = self.low[end]
        if link == "and":
            if start == 0 or self.low[start - 1] != "between":
                return None
        elif link == "to":
            before = self.low[max(0, start - 6) : start]
            if before[-1:] == ["by"] or not self.sets.change.isdisjoint(before):
                return None
        elif link != "or" and not self.is_hyphen(end):
            return None
        upper = read(self.low, end + 1) if self.low[end + 1] else None
        if upper is None or upper.value is None:
            return None
        if 1900 <= value <= 2100 < upper.value and self.low[start - 1] in self.sets.year_before:
            # "brings the number of fatalities since 2004 to 7,294"
            return None
        if upper.value <= value:
            years = 1800 <= value <= 2100 and upper.value < 100
            if not years and not (self.linked(end) and upper.digits):
                return None
        return upper.value, upper.end

    def scaled(self, value: int, upper: int, end: int) -> int:
        """Lower end of ``five to seven thousand``: the scale word stands for both."""
        scale = SCALES.get(self.low[end - 1], 0)
        if scale and upper % scale == 0 and value < upper // scale:
            return value * scale
        return value

    def odd_digits(self, index: int) -> None:
        """A token that begins with a digit and is no plain number."""
        word, end = self.low[index], index + 1
        if "(" in word:
            self.glued(index)
            return
        if word[-1] == "x" and digits(word[:-1]) is not None and self.noun_follows(end):
            value = digits(word[:-1])
            self.put(index, end, (value, value, value), "cardinal", EXACT)
            return
        ends = _range_token(word)
        if ends is None:
            reason = "date" if "/" in word else "time" if ":" in word else "code"
            if word[-2:] in ("st", "nd", "rd", "th") and word[:-2].isdecimal():
                reason = "ordinal"
            elif word.rstrip("ods-.").endswith(("y", "yr")):
                reason = "age"
            self.reject(index, end, reason)
            return
        low, high = ends
        reason = self.not_count(index, end, high, in_digits=True)
        if not reason and high <= 31 and self.is_month(self.left(index)):
            reason = "date"
        if not reason and 1800 <= low <= 2100 and (high < 100 or 1800 <= high <= 2100):
            reason = "" if self.noun_follows(end) else "year"
        if reason or low >= high:
            self.reject(index, end, reason or "score")
        else:
            self.emit(index, end, low, high)

    def glued(self, index: int) -> None:
        """``five(5)`` without a space."""
        outer, _, inner = self.low[index].partition("(")
        first, second = read([outer]), read([inner]) if inner else None
        if first is None or first.value is None or self.low[index + 1] != ")":
            return
        if second is not None and second.value == first.value:
            self.emit(index, index + 2, first.value, None)

    # -- quantifiers, zeroes, articles ---------------------------------------------------

    def phrase(self, index: int) -> bool:
        """A vague quantifier, a zero, ``twice``, ``a couple``, ``as many``."""
        low = self.low
        second = self.lex.vague.second.get(low[index])
        if second is not None and low[index + 1] not in second:
            return False
        for size, words, item in self.lex.vague.index.get(low[index], ()):
            end = index + size
            if size > 1 and low[index:end] != words:
                continue
            following = low[end]
            if item.before and following not in item.before:
                continue
            if item.not_before and any(
                low[end : end + len(others)] == list(others) for others in item.not_before
            ):
                if item.kind == "anaphor":
                    continue
                self.reject(index, end, "idiom")
                return True
            if item.kind == "zero":
                if following[:1].isdigit():
                    return True
            elif item.kind in ("vague", "cardinal"):
                reason = "idiom" if index and low[index - 1] == "how" else ""
                reason = reason or self.not_count_after(index, end, in_digits=False)
                if reason:
                    self.reject(index, end, reason)
                    return True
                if item.people and not self.people_ahead(end):
                    return True
            self.quantifier(index, end, item)
            return True
        return False

    def quantifier(self, start: int, end: int, item: Vague) -> None:
        """Keep what `phrase` found."""
        best, low, high, kind = item.best, item.low, item.high, item.kind
        if kind == "anaphor":
            if start and self.low[start - 1] in ("twice", "half", "thrice", "times"):
                self.reject(start, end, "difference")
                return
            for earlier in reversed(self.numbers[-6:]):
                if "." in self.low[earlier["end"] : start]:
                    break
                if earlier["kind"] in ("cardinal", "times", "article"):
                    best, low, high = earlier["best"], earlier["low"], earlier["high"]
                    break
        elif kind in ("vague", "cardinal"):
            modifiers, start = self.before(start, definite=False)
            if kind == "cardinal" and modifiers and best is not None:
                low, high = modifiers[0].bounds(best)
            if self.low[end] == "times":
                kind = "times"
        self.put(start, end, (best, low, high), kind, item.id)

    def people_ahead(self, index: int) -> bool:
        """Whether ``many`` or ``some`` at the words before `index` can count people or events."""
        if self.low[index] in self.sets.many_after:
            return True
        for at in range(index, index + 4):
            word = self.low[at]
            if not word or word in self.sets.stops or word in _BARRIERS:
                return False
            found = self.people.at(self.low, at)
            if found is not None:
                return found[1].kind in ("person", "casualty", "event", "collective")
        return False

    def ordinal_one(self, index: int) -> bool:
        """``a third``, ``a 3rd``: one more person."""
        word, following = self.low[index + 1], self.low[index + 2]
        if word not in self.sets.ordinals and not (
            word[-2:] in ("nd", "rd", "th") and word[:-2].isdecimal()
        ):
            return False
        if following in ("of", "time", "-"):
            reason = "proportion" if following == "of" else "idiom"
            self.reject(index, index + 2, reason)
        elif following in self.sets.bare_after or self.person_ahead(index + 2):
            self.put(index, index + 2, (1, 1, 1), "ordinal-one", "ordinal-one")
        return True

    def another(self, index: int) -> None:
        """A bare ``another``, or ``another`` before a person."""
        if self.number_follows(index + 1):
            return
        if self.low[index + 1] in self.sets.bare_after:
            if index == 0 or self.low[index - 1] not in ("one", "after", "to"):
                self.put(index, index + 1, (1, 1, 1), "ordinal-one", "another")
        elif self.person_ahead(index + 1):
            self.put(index, index + 1, (1, 1, 1), "article", "another")

    def both(self, index: int) -> None:
        """``both occupants``, ``both were killed``; not ``both X and Y``."""
        following = self.low[index + 1]
        if following in self.sets.not_both and (
            following != "the" or "and" in self.low[index + 1 : index + 9]
        ):
            return
        if self.low[index + 2] != "and":
            self.put(index, index + 1, (2, 2, 2), "anaphor", "both")

    def article(self, index: int) -> bool:
        """``a`` or ``an`` before what can be one person."""
        if not self.person_ahead(index + 1):
            return False
        self.put(index, index + 1, (1, 1, 1), "article", "article")
        return True

    def person_ahead(self, index: int) -> bool:
        """Whether a noun for one person stands among the next words of the same noun group."""
        at = self.skip_age(index)
        limit = min(self.size, at + 7)
        if at > index and at < self.size and self.low[at] in self.sets.stops:
            # "a 19-year-old was shot"
            return True
        aged = at > index
        while at < limit:
            word = self.low[at]
            if not word:
                at += 1
                continue
            if word in self.sets.stops and not self.linked(at + 1):
                # "a 52-year-old blocktimer was shot"
                return aged and self.low[at - 1].endswith(_DOERS)
            if (word in _BARRIERS and word not in HYPHENS) or word.isspace():
                return False
            found = self.people.at(self.low, at)
            if found is not None:
                size, noun = found
                if noun.kind == "person" and (
                    not noun.plural or noun.noun in self.sets.same_plural
                ):
                    head = self.people.at(self.low, at + size)
                    if head is None or head[1].kind in ("person", "casualty"):
                        return True
                elif noun.kind == "casualty" and not noun.plural:
                    after = self.low[at + size]
                    if (
                        after in self.sets.stops
                        or after in self.sets.bare_after
                        or not after.isalpha()
                    ):
                        return True
                aged = False
                at += size
                continue
            people = self.people.demonym_at(self.low, at, self.raw)
            if people is not None:
                at += people[0]
                if people[1].person and not people[1].plural and not self.is_hyphen(at):
                    after = self.low[at]
                    if (
                        after in self.sets.stops
                        or after in self.sets.bare_after
                        or not after.isalpha()
                    ):
                        return True
                continue
            if "0" <= word < ":" or word in NUMBER_WORDS:
                return False
            at += 1
        return False

    def skip_age(self, index: int) -> int:
        """Index after ``68-year-old`` or ``71 y.o.``."""
        age = read(self.low, index) if self.low[index] else None
        if age is None:
            return index
        found = self.lex.not_after.at(self.low, age.end)
        if found is None or found[1].reason not in ("age", "duration"):
            return index
        end = age.end + found[0]
        return end + 1 if self.low[end] == "." else end


def _range_token(word: str) -> tuple[int, int] | None:
    """Ends of a range that stands in one token: ``10–15``."""
    if word.isalnum():
        return None
    for sign in HYPHENS:
        if sign in word:
            first, _, second = word.partition(sign)
            low, high = digits(first), digits(second)
            return None if low is None or high is None else (low, high)
    return None


def find(
    words: Words, lex: Lexicon | None = None, people: Nouns | None = None
) -> tuple[list[Number], list[Rejected]]:
    """Find the numbers of a text that can count people or events.

    Args:
        words: the words of the text.
        lex: modifiers, quantifiers and exclusions; ours when left out.
        people: the lexicon of counted nouns; ours when left out.

    Returns:
        Two lists of dicts in text order. Numbers have ``start`` and ``end`` (tokens),
        ``char_start`` and ``char_end`` (characters of the text, end exclusive), ``best``,
        ``low``, ``high``, ``kind`` and ``rule``. Rejected ones have ``char_start``,
        ``char_end`` and ``reason``.

    >>> import spacy
    >>> doc = spacy.blank("en")("Nearly 25 men, 12 km away")
    >>> numbers, rejected = find(Words.of(doc))
    >>> [(n["best"], n["low"], n["high"], n["rule"]) for n in numbers]
    [(25, None, 25, 'nearly')]
    >>> [doc.text[r["char_start"] : r["char_end"]] + ": " + r["reason"] for r in rejected]
    ['12: measure']
    """
    scan = _Scan(words, lex or lexicon(), people or nouns())
    scan.run()
    return scan.numbers, scan.rejected


class Numbers:
    """The component: writes ``doc.spans["numbers"]`` and entities labelled NUMBER.

    The attributes of the span group hold two lists, ``numbers`` (parallel to the spans) and
    ``rejected``; see `find`.

    Args:
        nlp: the pipeline.
        name: name of the component.
        overwrite: whether our entities replace those of other components that they overlap.
        modifiers: path of a CSV file laid over ``modifiers.csv``; empty for none.
        vague: path of a CSV file laid over ``vague.csv``; empty for none.
        nouns: path of a CSV file laid over ``nouns.csv``, or None.

    Raises:
        RuleError: a file does not fit its table.

    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> doc = Numbers(nlp, "numbers")(nlp("At least 12 people and a child died in 2015."))
    >>> [(ent.text, ent.label_, ent.id_) for ent in doc.ents]
    [('At least 12', 'NUMBER', 'at-least'), ('a', 'NUMBER', 'article')]
    """

    def __init__(
        self,
        nlp: Language,
        name: str,
        *,
        overwrite: bool = True,
        modifiers: str = "",
        vague: str = "",
        nouns: str | None = None,
    ) -> None:
        self.name = name
        self.overwrite = overwrite
        self.lexicon = lexicon(modifiers or None, vague or None)
        self.nouns = word_lists(nouns).nouns

    def __call__(self, doc: Doc) -> Doc:
        """Find the numbers of `doc` and set them."""
        self.set_annotations(doc, *find(Words.of(doc), self.lexicon, self.nouns))
        return doc

    def set_annotations(self, doc: Doc, numbers: list[Number], rejected: list[Rejected]) -> None:
        """Write the span group, its attributes and the entities."""
        words = Words.of(doc)
        spans = [
            words.span(doc, found["start"], found["end"], LABEL, found["rule"]) for found in numbers
        ]
        attrs: dict[str, Any] = {GROUP: numbers, "rejected": rejected}
        doc.spans[GROUP] = SpanGroup(doc, name=GROUP, spans=spans, attrs=attrs)
        add(doc, spans, overwrite=self.overwrite)


@Language.factory("tollbook_numbers")
def make_numbers(
    nlp: Language,
    name: str,
    *,
    overwrite: bool = True,
    modifiers: str = "",
    vague: str = "",
    nouns: str | None = None,
) -> Numbers:
    """Make the component; see `Numbers` for the settings."""
    return Numbers(nlp, name, overwrite=overwrite, modifiers=modifiers, vague=vague, nouns=nouns)
