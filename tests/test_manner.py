"""Means, certainty and source of a count, from the words that state them."""

from __future__ import annotations

import pytest

import tollbook


@pytest.mark.parametrize(
    ("text", "means", "certainty", "source"),
    [
        (
            "Five civilians were killed in an airstrike, police said.",
            "airstrike",
            "asserted",
            "police",
        ),
        ("Unconfirmed reports say ten soldiers died.", None, "unconfirmed", None),
        ("According to SOHR, 12 fighters were killed.", None, "asserted", "SOHR"),
        ("The group claimed that it killed six soldiers.", None, "claimed", "group"),
        ("SOHR initial reports have confirmed that 16 men died.", None, "asserted", "SOHR"),
        ("Initial SOHR reports say 16 men died.", None, "unconfirmed", "SOHR"),
        ("Nine men were killed in ambushes and airstrikes.", None, "asserted", None),
        ("The landmine killed two children.", "landmine", "asserted", None),
        ("Police killed four gunmen.", None, "asserted", None),
        ("Police killed four gunmen, officials said.", None, "asserted", "officials"),
        ("They said nine people were injured.", None, "asserted", None),
    ],
)
def test_manner(text: str, means: str | None, certainty: str, source: str | None) -> None:
    (count,) = tollbook.extract(text).counts
    assert (count.means, count.certainty, count.source) == (means, certainty, source)


def test_means_carry_to_parts() -> None:
    whole, part = tollbook.extract(
        "Six people were killed by shelling in Aleppo. Among the dead were two children."
    ).counts
    assert part.means == whole.means == "shelling"
