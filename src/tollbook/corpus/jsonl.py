"""JSON Lines: an object a line, a document an object."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import IO, Final

from tollbook.corpus.columns import Columns
from tollbook.corpus.opening import lines
from tollbook.corpus.place import Item, Place

_LEAST_LINE: Final = 1 << 22


def jsonl(file: IO[bytes], place: Place) -> Iterator[Item]:
    """The documents of JSON Lines, an object a line; blank lines are none."""
    columns, first = place.columns, True
    for number, line in lines(file, max(_LEAST_LINE, 12 * place.limit)):
        if place.skips(number) or (line is not None and not line.strip()):
            continue
        if line is None:
            yield place.bad(number, "this line is too long; split the text")
            continue
        try:
            values = json.loads(line.removeprefix(codecs.BOM_UTF8) if number == 1 else line)
        except UnicodeDecodeError as error:
            yield place.bad(number, f"not UTF-8 at byte {error.start}; save it in UTF-8")
            continue
        except (ValueError, RecursionError) as error:
            yield place.bad(number, f"not JSON: {error}; write one object a line")
            continue
        if not isinstance(values, dict):
            what = type(values).__name__
            yield place.bad(number, f"a JSON {what}, not an object; write one object a line")
            continue
        # rows may leave out what is null, so only text and id have to be in each
        missing = Columns(columns.text, columns.id).missing(values)
        if missing:
            yield place.bad(number, missing, columns.ident(values, ""))
            continue
        if first and (odd := columns.missing(values)):
            place.say(f"{place.source}:{number}: {odd}")
        first = False
        yield place.row(number, values)
