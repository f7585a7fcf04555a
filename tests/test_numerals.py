from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from num2words import num2words
from text_to_num import text2num

from tollbook.numerals import Numeral, below_thousand, digits, number, read

NUMBERS = st.one_of(st.integers(1, 1_000), st.integers(1, 100_000), st.integers(1, 10_000_000))

TEXT = """
a an one two nine ten twenty ninety hundred thousand lakh million crore dozen half and
, - – 5 12 270 1,300 1.2 k point killed
"""
VOCABULARY = TEXT.split()


def spellings(value: int) -> list[str]:
    words = num2words(value)
    variants = [
        words,
        words.replace(",", ""),
        words.replace(" and ", " "),
        words.replace(",", "").replace(" and ", " "),
        words.replace("-", " "),
        words.replace("-", "‑"),
        words.replace("-", "–"),
        words.capitalize(),
        words.upper(),
    ]
    if words.startswith("one ") and words.split()[1].startswith(("hundred", "thousand", "million")):
        variants.append("a" + words[3:])
    return variants


@settings(max_examples=400, deadline=None)
@given(NUMBERS)
@example(10_000_000)
@example(1_000_005)
@example(1_001_000)
@example(110)
def test_words_read_back(value: int) -> None:
    for words in spellings(value):
        assert number(words) == value, words


@settings(max_examples=200, deadline=None)
@given(NUMBERS)
def test_agrees_with_text2num(value: int) -> None:
    words = num2words(value).replace(",", "")
    assert number(words) == text2num(words, "en")


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 99_999_999))
def test_digits_read_back(value: int) -> None:
    spaced = f"{value:,}".replace(",", "\u202f")
    for text in (str(value), f"{value:,}", f"{value:,}".replace(",", "'"), spaced):
        assert number(text) == value, text


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 999))
def test_below_thousand_is_word2number(value: int) -> None:
    words = tuple(re.findall(r"[a-z]+", num2words(value).replace(" and ", " ")))
    assert below_thousand(words) == value


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=30))
def test_any_text_is_read_without_error(text: str) -> None:
    assert number(text) is None or number(text) >= 0
    assert digits(text) is None or digits(text) >= 0


@settings(max_examples=400, deadline=None)
@given(
    st.lists(
        st.sampled_from(VOCABULARY),
        min_size=1,
        max_size=9,
    )
)
def test_any_run_of_number_words_is_read_without_error(words: list[str]) -> None:
    found = read(words)
    if found is not None:
        assert 0 < found.end <= len(words)
        assert found.value is None or found.value >= 0


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("hundred and twenty", 120),
        ("two million one thousand", 2_001_000),
        ("five thousand, six hundred", 5_600),
        ("twenty-five hundred", 2_500),
        ("ninety-nine hundred and five", 9_905),
        ("1.2 million", 1_200_000),
        ("one and a half million", 1_500_000),
        ("half a million", 500_000),
        ("half a dozen", 6),
        ("half-dozen", 6),
        ("half-a-dozen", 6),
        ("half‑a‑dozen", 6),
        ("a dozen", 12),
        ("two dozen", 24),
        ("three dozens", 36),
        ("a hundred and ten", 110),
        ("an hundred", 100),
        ("two lakh", 200_000),
        ("1.5 crore", 15_000_000),
        ("one lakh twenty thousand", 120_000),
        ("12 thousand", 12_000),
        ("2 million 300 thousand", 2_300_000),
        ("40k", 40_000),
        ("2.5K", 2_500),
        ("1,300", 1_300),
        ("1,20,000", 120_000),
        ("98500", 98_500),
        ("1.270", 1_270),
        ("1.270 million", 1_270_000),
        ("1.234.567", 1_234_567),
        ("1 270", 1_270),
        ("1 270 345", 1_270_345),
        ("1\u00a0270", 1_270),
        ("fourty", 40),
        ("zero", None),
        ("5.56", None),
        ("12th", None),
        ("1,30", None),
        ("12,3456", None),
        ("nineteen ninety", None),
        ("seven and two", None),
        ("two hundred and three hundred", None),
        ("a", None),
        ("a child", None),
        ("and", None),
        ("hundreds", None),
        ("", None),
    ],
)
def test_number(text: str, value: int | None) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("seven killed and two wounded", Numeral(7, 1, False)),
        ("one hundred and two hundred", Numeral(100, 2, False)),
        ("two thousand and three thousand", Numeral(2_000, 2, False)),
        ("five thousand , two wounded", Numeral(5_000, 2, False)),
        ("five thousand , six thousand", Numeral(5_000, 2, False)),
        ("ten - fifteen", Numeral(10, 1, False)),
        ("twenty - five people", Numeral(25, 3, False)),
        ("5 and 6", Numeral(5, 1, True)),
        ("5.56 mm", Numeral(None, 1, True)),
        ("12 120 people", Numeral(12_120, 2, True)),
    ],
)
def test_where_a_number_ends(text: str, expected: Numeral) -> None:
    assert read(text.split()) == expected


def test_plain_space_is_no_separator_on_demand() -> None:
    assert read(["7", "120", "people"], grouped=False) == Numeral(7, 1, True)
