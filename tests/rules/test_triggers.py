"""The words that tell an outcome: the tables hold, and sentences give the counts they should."""

from __future__ import annotations

from pathlib import Path

import pytest

import tollbook
from tollbook.rules.loader import Column, Row, RuleError, Table, data_path, load
from tollbook.rules.triggers import TRIGGERS, Triggers, inflect, triggers

OUTCOMES = Table(
    "outcomes",
    (
        Column("id"),
        Column("text", required=True),
        Column("counts", "list"),
        Column("reason"),
    ),
)
CASES = load(OUTCOMES, Path(__file__).parents[1] / "data" / "outcomes.csv")
ROWS = load(TRIGGERS, data_path("en/triggers.csv"))


def counts(text: str) -> list[str]:
    """The counts of a text as ``text=measure:best``."""
    return [
        f"{count.text}={count.measure}:{'' if count.best is None else count.best}"
        for count in tollbook.extract(text).counts
    ]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=case["id"],
            marks=[pytest.mark.xfail(reason=case["reason"], strict=True)] if case["reason"] else [],
        )
        for case in CASES
    ],
)
def test_outcome(case: Row) -> None:
    assert counts(case["text"]) == list(case["counts"])


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 350
    assert sum(1 for case in CASES if not case["reason"]) >= 0.9 * len(CASES)


def test_every_row_has_a_hit() -> None:
    neutral = {row["id"] for row in ROWS if row["needs"] and not row["complete"]}
    for row in ROWS:
        hits = [text for text in row["examples"] if not text.startswith("no:")]
        assert hits or row["id"] in neutral, row["id"]


@pytest.mark.parametrize(
    ("verb", "past", "gerund"),
    [
        ("kill", "killed", "killing"),
        ("execute", "executed", "executing"),
        ("carry", "carried", "carrying"),
        ("destroy", "destroyed", "destroying"),
        ("behead", "beheaded", "beheading"),
        ("free", "freed", "freeing"),
        ("flee/fled/fled", "fled", "fleeing"),
        ("die/died/died/dying", "died", "dying"),
        ("nab/nabbed/nabbed", "nabbed", "nabbing"),
    ],
)
def test_inflect(verb: str, past: str, gerund: str) -> None:
    forms = inflect(verb)
    assert (forms["past"], forms["gerund"]) == (past, gerund)


@pytest.mark.parametrize(
    ("text", "size", "rule"),
    [
        ("lost their lives", 3, "lose-life"),
        ("lost contact with two", 3, "lost-contact"),
        ("lost 12 soldiers", 1, "lose-people"),
        ("whisked away two", 2, "abduct"),
        ("fatally shot", 2, "fatally"),
    ],
)
def test_the_longest_form_wins(text: str, size: int, rule: str) -> None:
    form = triggers().at(text.split(), 0)
    assert form is not None
    assert (len(form.words), form.trigger.id) == (size, rule)


def test_no_form() -> None:
    assert triggers().at(["the", "sea"], 1) is None
    assert triggers().all_at(["the", "sea"], 1) == []


def test_forms_of_one_word_in_several_rows() -> None:
    rules = {form.trigger.id for form in triggers().all_at(["stabbed", "two"], 0)}
    assert rules == {"to-death", "stab-hurt"}


@pytest.mark.parametrize(
    ("column", "cells", "reason"),
    [
        ("complete", "a,verb,shoot,object,killed,dead,,,x", "'words=measure'"),
        ("complete", "a,verb,shoot,object,killed,dead=gone,,,x", "'words=measure'"),
        ("measure", "a,verb,shoot,object,,dead=killed,,,x", "is required unless"),
        ("words", "a,verb,lose (his|her life,subject,killed,,,,x", "opens a bracket"),
    ],
)
def test_bad_rows_are_refused(tmp_path: Path, column: str, cells: str, reason: str) -> None:
    file = tmp_path / "bad.csv"
    head = "id,pos,words,frame,measure,complete,needs,means,examples"
    file.write_text(f"{head}\n{cells}\n", encoding="utf-8")
    with pytest.raises(RuleError, match=reason) as caught:
        Triggers(load(TRIGGERS, file))
    assert (caught.value.line, caught.value.column) == (2, column)


def test_a_file_of_the_user_is_laid_over_ours(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(
        "id,pos,words,frame,measure,examples\nzap,verb,zap/zapped/zapped,object,killed,x\n",
        encoding="utf-8",
    )
    table = triggers(str(file))
    form = table.at(["zapped", "two"], 0)
    assert form is not None
    assert form.trigger.measure == "killed"
    assert table.at(["killed"], 0) is not None
