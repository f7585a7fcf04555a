"""Why a number is no count: ages, dates, times, measures, money, names, proportions.

The words that say so stand in ``not_counts.csv``; what no word list can say (brackets, list
numbers, years, ages between commas, lists that share one unit) is here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tollbook.numerals import HYPHENS, read

if TYPE_CHECKING:
    from tollbook.rules.nouns import Nouns
    from tollbook.rules.numbers import Lexicon, NotCount
    from tollbook.words import Words


PADDING: Final = 16
"""Empty words behind the last one, so that no look ahead needs to check the end."""

_LINKS: Final = frozenset((",", "and", "or", "to", "&", "/", *HYPHENS))
_SHARED: Final = frozenset(("age", "measure", "calibre", "date", "percentage", "money"))
_CARRIED: Final = frozenset(("age", "year", "number or name"))
_ROUND: Final = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 100, 1000))
_COUNTED: Final = frozenset(("person", "casualty", "event", "collective"))
_ODD: Final = frozenset(("odd", "plus", "something"))


class Exclusions:
    """Reads the words around a number.

    Args:
        words: the words of the text.
        lex: the words that make a number no count.
        people: the lexicon of counted nouns.
    """

    def __init__(self, words: Words, lex: Lexicon, people: Nouns) -> None:
        self.words, self.lex, self.people = words, lex, people
        self.sets = lex.sets
        self.size = len(words)
        self.low = words.low + [""] * PADDING
        self.raw = words.raw + [""] * PADDING
        self.last_rejected: tuple[int, str] = (-9, "")

    # -- words ---------------------------------------------------------------------------

    def touches(self, index: int) -> bool:
        """True when no space stands between the token and the one before it."""
        return 0 < index < self.size and not self.words.space[index - 1]

    def left(self, index: int) -> int:
        """Index of the nearest token before `index` that is no quote; -1 where none is."""
        index -= 1
        while index >= 0 and not self.low[index]:
            index -= 1
        return index

    def is_hyphen(self, index: int) -> bool:
        """True for a token that is a single hyphen or dash."""
        word = self.low[index]
        return len(word) == 1 and word in HYPHENS

    def is_capital(self, index: int) -> bool:
        """True when the token begins with a capital letter."""
        return self.raw[index][:1].isupper()

    def is_person(self, index: int) -> bool:
        """True when the token alone names people."""
        return bool(self.low[index]) and self.people.is_person(self.low[index])

    def is_month(self, index: int) -> bool:
        """True when the token is the name of a month."""
        word = self.low[index]
        return word in self.sets.months and (
            self.raw[index][:1].isupper() or word not in ("may", "march")
        )

    def noun_follows(self, index: int) -> bool:
        """True when people, victims or events are named at `index`."""
        found = self.people.at(self.low, index)
        return found is not None and found[1].kind in _COUNTED

    def line_start(self, index: int) -> bool:
        """True when the token is the first of its line."""
        return index == 0 or "\n" in self.raw[index - 1] or "\r" in self.raw[index - 1]

    # -- reasons -------------------------------------------------------------------------

    def not_count(self, start: int, end: int, value: int, in_digits: bool) -> str:
        """Why the number from `start` to `end` is no count; empty where nothing is against it."""
        reason = self.not_count_after(start, end, in_digits)
        before = self.low[start - 1] if start else ""
        if reason:
            of_age = before in ("age", ":") or (before == "of" and self.is_person(start - 2))
            return "age" if reason == "duration" and of_age else reason
        if before in self.lex.not_before.index:
            found = self.not_count_before(start, in_digits)
            if found in ("age", "money", "rate") or (
                found and not self.noun_follows(end) and self.low[end] not in self.sets.toll_after
            ):
                return found
        if in_digits and self.is_year(start, end, value):
            return "year"
        if before == "week" and in_digits and self.low[start - 2] in ("(", "", ",", "of", "in"):
            return "number or name"
        if value <= 110 and self.is_age(start, end, value, in_digits):
            return "age"
        link = self.low[end]
        if value <= 31 and link in self.sets.months and self.is_month(end):
            return "date"
        if link in ("in", "out") and self.proportion_end(end, value, in_digits):
            return "proportion"
        if self.last_rejected[0] == start - 1:
            reason = self.carried(start, end, value, in_digits)
            if reason:
                return reason
        return self.shared(end) if link in _LINKS else ""

    def not_count_after(self, start: int, end: int, in_digits: bool) -> str:
        """The reason that the word after a number gives."""
        word = self.low[end]
        if word == "and" and self.low[end + 1] == "a" and self.low[end + 2] == "half":
            end, word = end + 3, self.low[end + 3]
        reason = self.entry_after(start, end, in_digits) if word in self.lex.not_after.index else ""
        if reason:
            return reason
        if word in self.sets.adjectives:
            return "duration" if self.entry_after(start, end + 1, in_digits) == "duration" else ""
        if self.linked(end):
            reason = self.entry_after(start, end + 1, in_digits)
            if reason:
                return reason
            linked = self.low[end + 1]
            if linked and linked not in _ODD and read(self.low, end + 1) is None:
                return "compound"
        return ""

    def entry_after(self, start: int, end: int, in_digits: bool) -> str:
        """The reason of the rows of ``not_counts.csv`` that begin at `end`."""
        for size, words, item in self.lex.not_after.index.get(self.low[end], ()):
            if (size == 1 or self.low[end : end + size] == words) and self.allowed(
                item, in_digits, end, start
            ):
                after = end + size
                if item.reason == "rate" and self.low[after] in self.sets.elliptic:
                    continue
                # "4 FC men": a force, not a currency
                if item.reason == "money" and self.noun_follows(after):
                    continue
                return item.reason
        return ""

    def not_count_before(self, start: int, in_digits: bool) -> str:
        """The reason that the word before a number gives."""
        for size, words, item in self.lex.not_before.index.get(self.low[start - 1], ()):
            if (size == 1 or self.low[max(0, start - size) : start] == words) and self.allowed(
                item, in_digits, start - size, start
            ):
                return item.reason
        return ""

    def allowed(self, item: NotCount, in_digits: bool, at: int, start: int) -> bool:
        """Whether the condition of a row of ``not_counts.csv`` holds."""
        if item.when == "any":
            return True
        if item.when == "one":
            return self.low[start] == "one"
        return in_digits and (item.when == "digits" or self.is_capital(at))

    def shape(self, start: int, end: int, in_digits: bool) -> str:
        """What the digits themselves, or signs that touch them, say against a count."""
        if not in_digits:
            return ""
        text = self.low[start]
        if (text[0] == "0" and len(text) > 1) or (len(text) > 7 and text.isdigit()):
            return "code"
        sign = self.low[end]
        if self.touches(end):
            if sign == ")" and not self.opened(start):
                return "list number"
            if sign in ("/", ":", "_", "\\") and self.touches(end + 1):
                return "" if sign == "/" and self.low[end + 1].isdecimal() else "code"
            if sign == "]" and self.low[start - 1] == "[":
                return "footnote"
            listing = sign in (".", "/") or self.is_hyphen(end)
            if listing and self.line_start(start) and self.words.space[end]:
                return "list number" if end + 1 < self.size else ""
        elif self.raw[start][-1] in HYPHENS and self.line_start(start):
            return "list number"
        before = self.low[start - 1] if start else ""
        if self.touches(start) and before in ("/", ".", ":", "_", "=", "@", "\\"):
            # "38/105" is three tokens only where a header asks for it; see `strokes`
            return "" if before == "/" and self.low[start - 2].isdecimal() else "code"
        # telephone numbers: a run of digit groups
        if before and (before[0] == "+" or before.isdecimal()) and text.isdecimal():
            counted = sign in self.sets.toll_after or self.noun_follows(end)
            if not counted and (sign.isdecimal() or self.last_rejected == (start, "code")):
                return "code"
        return ""

    def linked(self, index: int) -> bool:
        """True when the token is a hyphen without spaces around it."""
        return self.is_hyphen(index) and self.touches(index) and self.touches(index + 1)

    def opened(self, index: int) -> bool:
        """True when a round bracket is open at `index`."""
        for at in range(index - 1, max(-1, index - 40), -1):
            word = self.low[at]
            if word == "(":
                return True
            if word == ")" or "\n" in word:
                return False
        return False

    # -- dates, years, ages --------------------------------------------------------------

    def date_end(self, start: int, end: int, value: int, in_digits: bool) -> int:
        """End of the date that the number is part of; 0 where it is none."""
        if not 0 < value <= 31:
            return 0
        after, before = self.low[end], self.low[self.left(start)] if start else ""
        if after == "of" and self.is_month(end + 1):
            return end + 2
        if after in self.sets.months and self.is_month(end) and (in_digits or self.is_capital(end)):
            return self.year_end(end + 1)
        if in_digits and before in self.sets.months and self.is_month(self.left(start)):
            at = self.left(self.left(start))
            preposition = self.low[at] if at >= 0 else ""
            if preposition in ("in", "during", "throughout"):
                return 0
            if preposition in ("on", "of", "since", "until", "from") or not self.noun_follows(end):
                return self.year_end(end)
        return 0

    def year_end(self, end: int) -> int:
        """The end with the year that follows a day and month."""
        at = end + 1 if self.low[end] in (",", ".") else end
        year = self.low[at]
        if len(year) == 4 and year.isdecimal() and 1800 <= int(year) <= 2100:
            return at + 1
        return end

    def is_year(self, start: int, end: int, value: int) -> bool:
        """True for ``in 2015``, ``the 1991-94 war``; not for ``2015 people``."""
        text = self.low[start]
        if len(text) != 4 or not 1900 <= value <= 2100 or not text.isdecimal():
            return False
        before = self.low[start - 1] if start else ""
        if before in self.sets.toll_before or self.noun_follows(end):
            return False
        if self.lex.before.ending(self.low, start) is not None:
            return False
        if before in self.sets.year_before:
            return True
        following = self.low[end]
        if not following.isalpha() or following in self.sets.stops:
            return True
        if self.people.demonym(self.raw[end]) is not None:
            return False
        return not self.raw[end].islower()

    def of_someone(self, before: int, after: int) -> bool:
        """``the fourth, 31, is in hospital``, ``a member of the rescue team, 26, who said``."""
        one = self.low[before] in self.sets.ordinals or self.low[before] in self.sets.other_one
        return self.low[after] in self.sets.relative or (one and self.low[after].isalpha())

    def is_age(self, start: int, end: int, value: int, in_digits: bool) -> bool:
        """True for ``The driver, 46, died``, ``children under 12``, ``when he was 19,``."""
        before, after = self.low[start - 1] if start else "", self.low[end]
        if before == ",":
            if not in_digits or start < 2:
                return False
            if after == "and":
                other = read(self.low, end + 1) if self.low[end + 1] else None
                after = self.low[other.end] if other is not None and other.digits else ""
            if after in (",", ";", ")", ".", "(", "—", "–"):
                return (
                    self.is_capital(start - 2)
                    or self.is_person(start - 2)
                    or (after == "," and value > 9 and self.of_someone(start - 2, end + 1))
                )
            return False
        if before == "(" and after == ")":
            # "his driver Reza (27)"; of "Homs (27)" no one can say
            return start > 2 and self.is_capital(start - 2) and self.is_person(start - 3)
        aged = start - 1 if before in ("about", "around", "some", "only", "just") else start
        if aged and self.low[aged - 1] == "of":
            # "a boy of 16, shot from a car", "a man of about 30"
            return self.one_person(aged - 2) and (
                not after.isalpha() or after in self.sets.stops or after in self.sets.toll_after
            )
        if before in ("under", "over", "above", "below"):
            return self.low[start - 2] in self.sets.age_groups and not self.noun_follows(end)
        if before in ("was", "is", "turned", "only", "just"):
            subject = start - (2 if before in ("was", "is", "turned") else 3)
            if subject >= 0 and self.low[subject] in ("he", "she", "who"):
                return after in (",", ".", ";", "when", "at", "and", "years")
        return False

    def one_person(self, index: int) -> bool:
        """True when the token alone names one person, and no parent (``a mother of four``)."""
        if index < 0 or not self.low[index] or self.low[index] in self.sets.parents:
            return False
        found = self.people.get(self.low[index])
        return found is not None and found.kind == "person" and not found.plural

    # -- lists and proportions -----------------------------------------------------------

    def carried(self, start: int, end: int, value: int, in_digits: bool) -> str:
        """``aged 33 and 58``: the reason against the number before it in a list."""
        why = self.last_rejected[1]
        if why == "date" and value <= 31 and self.low[start - 1] in ("and", "&"):
            # "on July 11 and 12, in which"
            return "" if self.low[end].isalpha() or not in_digits else "date"
        if not in_digits and self.low[start - 2][:1].isdecimal():
            # "ages 16 to 44, two pronounced dead": a list is written one way
            return ""
        if why not in _CARRIED or self.low[start - 1] not in ("and", ",", "&", "or", "to"):
            return ""
        if (why == "age" and value > 110) or self.noun_follows(end):
            return ""
        if why == "year" and not (1800 <= value <= 2100):
            return ""
        if why == "number or name" and self.low[end] in self.sets.toll_after:
            return ""
        return why

    def shared(self, end: int) -> str:
        """``9 and 20 years old``: the reason against the number that follows in a list."""
        for _ in range(4):
            link = self.low[end]
            following = read(self.low, end + 1) if link in _LINKS and self.low[end + 1] else None
            if following is None:
                return ""
            at, end = end + 1, following.end
            reason = self.not_count_after(at, end, following.digits)
            if not reason and (following.value or 99) <= 31 and self.is_month(end):
                reason = "date"
            if reason in _SHARED:
                return reason
            if reason in ("duration", "time") and (link in ("or", "to") or link in HYPHENS):
                return reason
            if reason:
                return ""
        return ""

    def proportion_end(self, end: int, value: int, in_digits: bool) -> int:
        """End of ``one in four``, ``eight out of ten``; 0 where it is none."""
        link, at = self.low[end], end + 1
        if link == "out" and self.low[at] == "of":
            at += 1
        elif link != "in" or value > 9:
            return 0
        every = self.low[at] == "every"
        at += every
        whole = read(self.low, at) if self.low[at] else None
        if whole is None or whole.value is None or whole.value <= value:
            return 0
        if every:
            return whole.end
        if whole.value not in _ROUND:
            return 0
        if link == "out":
            return 0 if in_digits and self.noun_follows(whole.end) else whole.end
        event = self.noun_follows(whole.end) and not self.is_person(whole.end)
        against = self.not_count_after(at, whole.end, whole.digits)
        return 0 if value != 1 or event or against else whole.end
