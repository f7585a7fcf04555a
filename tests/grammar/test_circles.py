"""Texts whose lists point at each other are read to the end."""

from __future__ import annotations

import tollbook


def test_lists_that_point_at_each_other() -> None:
    text = (
        "250 continue jointly found on the spot five police peacekeepers In follows: 60 among the "
        "arrestees five killed and wounded crashed"
    )
    assert tollbook.extract(text).text == text
