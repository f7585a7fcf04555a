"""Tolls of incident descriptions against the figures that a reader coded."""

import csv
from pathlib import Path

import pytest

import tollbook

DATA = Path(__file__).parent / "data" / "tolls.csv"


@pytest.fixture(scope="module")
def incidents():
    with DATA.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


@pytest.mark.parametrize(("measure", "wanted"), [("killed", 0.80), ("injured", 0.85)])
def test_agreement_with_the_coder(incidents, measure, wanted):
    right = sum(
        tollbook.extract(row["text"]).toll(measure).best == int(row[measure]) for row in incidents
    )
    assert right / len(incidents) >= wanted


def test_the_incidents_are_many_and_unlike(incidents):
    assert len(incidents) >= 120
    assert len({row["text"] for row in incidents}) == len(incidents)
    for measure in ("killed", "injured"):
        none = sum(row[measure] == "0" for row in incidents)
        assert 0.1 * len(incidents) <= none <= 0.4 * len(incidents)
