"""A stand-in for the pipeline, for tests of what is around it.

A text ``n killed`` has one count. Some words stand for what goes wrong.
"""

import time
from types import SimpleNamespace

from tollbook.bulletin import Bulletin
from tollbook.errors import DocumentError
from tollbook.schema import Count


def extract(text, doc_id=None, *, nlp=None):
    if "explode" in text:
        raise RuntimeError("boom")
    if "refuse" in text:
        raise DocumentError(doc_id, "refused", "say something else")
    if "slow" in text:
        time.sleep(0.002)
    number = text.split(" ")[0]
    value = int(number) if number.isdigit() else 1
    count = Count(
        doc_id=doc_id or "", count_id="c1", measure="killed", best=value, low=value, high=value,
        text=number, end=len(number), status="civilian", sentence=text,
    )  # fmt: skip
    return Bulletin(doc_id or "", text, (count,))


def load(**_):
    return SimpleNamespace(max_length=10_000)
