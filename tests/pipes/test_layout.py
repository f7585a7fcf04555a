"""Layout: segments cover the words in order, whatever the punctuation."""

from __future__ import annotations

from itertools import pairwise

import pytest

import tollbook


@pytest.mark.parametrize(
    "text",
    [
        "So was ;, : :\n- 5 killed.",
        "Dead: 4. Injured: 9.",
        "; : . ; : .” : 3 killed",
        ":::\n\n: : :",
        "- \n-\n•\n3) ; :",
    ],
)
def test_segments_follow_one_another(text: str) -> None:
    doc = tollbook.load()(text)
    segments = doc.spans["layout"].attrs["layout"]
    assert all(segment["start"] < segment["end"] for segment in segments)
    assert all(a["end"] <= b["start"] for a, b in pairwise(segments))
