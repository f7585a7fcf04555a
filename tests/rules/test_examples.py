"""Every example beside a rule holds, and one that does not is seen."""

from __future__ import annotations

from pathlib import Path

import pytest

import tollbook
from tollbook.rules import examples
from tollbook.rules.catalogue import CATALOGUE

OUTCOMES = list(examples.run())


@pytest.mark.parametrize(
    "outcome",
    [
        pytest.param(outcome, id=f"{outcome.rule_file}:{outcome.row['id']}:{number}")
        for number, outcome in enumerate(OUTCOMES)
    ],
)
def test_example(outcome: examples.Outcome) -> None:
    assert outcome.holds, outcome.example


def test_the_examples_of_every_file_are_run() -> None:
    run = {outcome.rule_file for outcome in OUTCOMES}
    given = {
        entry.name for entry in CATALOGUE if any(row.values.get("examples") for row in entry.rows())
    }
    # what a period or a word beside a name means only shows in a text
    assert given - run == {"periods", "place_words"}
    assert len(OUTCOMES) >= 1000


@pytest.mark.parametrize(
    ("setting", "lines", "holds"),
    [
        (
            "actors",
            "id,name,type,interaction,examples\nx,Zork Front,rebel,2,"
            "the Zork Front fled | the Front | ! Zork Front | ! a quiet town",
            [True, False, False, True],
        ),
        (
            "regions",
            "id,code,name,names,examples\nx,SY-HI,Zorkland,Zorkland,"
            "in Zorkland | in Damascus | ! in Zorkland",
            [True, False, False],
        ),
        (
            "nouns",
            "id,noun,kind,status,examples\nx,zorker,person,civilian,"
            "two zorkers | two porkers | ! two zorkers | ! two porkers",
            [True, False, False, True],
        ),
        (
            "triggers",
            "id,pos,words,frame,measure,examples\nx,verb,zork,object,injured,"
            "They zorked two men | They corked two men | no: They zorked two men",
            [True, False, False],
        ),
    ],
)
def test_examples_of_a_user(setting: str, lines: str, holds: list[bool], tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(lines + "\n", encoding="utf-8")
    found = [out.holds for out in examples.run({setting: file}) if out.row.file == "mine.csv"]
    assert found == holds


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("demonyms", "nobody of note"),
        ("means", "by nothing at all"),
        ("modifiers", "[at least 12](12 12 12) people"),
        ("cues", "zork"),
        ("broken_words", "kil*led = kilted"),
        ("topics", "zork"),
    ],
)
def test_an_example_that_does_not_hold(name: str, text: str) -> None:
    runner = examples.Examples(tollbook.load(), {})
    outcome = next(out for out in OUTCOMES if out.rule_file == name)
    assert runner._shows[name](outcome.row, text) is False


def test_a_mark_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="holds a mark that is not"):
        examples.unmark("[two](2 2) men")
