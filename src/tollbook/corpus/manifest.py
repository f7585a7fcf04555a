"""The manifest of a data set: what made it, from what, and which parts of it are finished."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Final, Self

from tollbook.corpus.paths import MANIFEST
from tollbook.errors import OutputError
from tollbook.writers import sync_folder

_FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Part:
    """One finished part.

    Args:
        name: of its files, without ending.
        documents: documents processed.
        counts: counts found.
        rejects: documents rejected.
        words: words of the documents.
        findings: findings of the audit.
    """

    name: str
    documents: int = 0
    counts: int = 0
    rejects: int = 0
    words: int = 0
    findings: int = 0


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a data set says of itself.

    Args:
        version: of tollbook, and a digest of its rules.
        settings: what was asked for, with digests of the files of the user.
        input: fingerprint of the input.
        parts: the finished parts, in order.
        rejects: bytes of ``rejects.jsonl`` that belong to these.
        finished: True when the input was read to its end.
    """

    version: str
    settings: dict[str, Any]
    input: str
    parts: tuple[Part, ...] = ()
    rejects: int = 0
    finished: bool = False
    format: int = field(default=_FORMAT)

    @classmethod
    def read(cls, folder: Path) -> Self | None:
        """The manifest of a folder; None when it has none.

        Raises:
            OutputError: it is not one that we can read.
        """
        path = folder / MANIFEST
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            if values["format"] != _FORMAT:
                raise OutputError(str(path), f"format {values['format']} is unknown", "update")
            parts = tuple(Part(**part) for part in values["parts"])
            return cls(**{**values, "parts": parts})
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError, KeyError) as error:
            cause = f"no manifest of a data set ({error})"
            raise OutputError(str(path), cause, "name another folder") from error

    def write(self, folder: Path) -> None:
        """Put this manifest in the place of the one that is there, in one step.

        Raises:
            OSError: the disk refuses; the old one stays.
        """
        new = folder / f".{MANIFEST}.new"
        try:
            with new.open("w", encoding="utf-8") as file:
                json.dump(asdict(self), file, ensure_ascii=False, indent=1)
                file.flush()
                os.fsync(file.fileno())
            os.replace(new, folder / MANIFEST)
        except OSError:
            with suppress(OSError):
                new.unlink(missing_ok=True)
            raise
        sync_folder(folder)

    def differs(self, other: Manifest) -> str:
        """Why work on this data set cannot simply go on as the other; empty when it can.

        >>> Manifest("1", {"keep": []}, "a").differs(Manifest("1", {"keep": ["url"]}, "a"))
        'it was made with other settings (keep)'
        """
        if self.version != other.version:
            return f"it was made by tollbook {self.version}, and this is {other.version}"
        names = {**self.settings, **other.settings}
        changed = [name for name in names if self.settings.get(name) != other.settings.get(name)]
        if changed:
            return f"it was made with other settings ({', '.join(changed)})"
        if self.input != other.input:
            return "it was made from other input, or from files that have changed since"
        return ""

    def adding(self, part: Part, rejects: int) -> Manifest:
        """This manifest with one more part; `rejects` is the new length of that file."""
        return replace(self, parts=(*self.parts, part), rejects=rejects, finished=False)

    def total(self) -> Part:
        """All parts added up."""
        sums = [
            sum(getattr(part, name) for part in self.parts)
            for name in ("documents", "counts", "rejects", "words", "findings")
        ]
        return Part("", *sums)


@cache
def version() -> str:
    """The version of tollbook with a digest of its rules: a changed rule is another version."""
    import tollbook

    root = Path(tollbook.__file__).parent
    digest = hashlib.sha256()
    for path in sorted((*root.glob("*.py"), *root.glob("[gpr]*/**/*"))):
        if path.suffix in (".py", ".csv", ".bin"):
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(path.read_bytes())
    return f"{tollbook.__version__}+{digest.hexdigest()[:12]}"


def with_digests(settings: Mapping[str, str]) -> dict[str, str]:
    """Settings of `tollbook.load` with what is in the files they name.

    Raises:
        OutputError: a file cannot be read.
    """
    told = {}
    for name, value in settings.items():
        told[name] = value
        if name != "country":
            try:
                data = Path(value).read_bytes()
            except OSError as error:
                raise OutputError(value, f"cannot be read: {error.strerror}") from error
            told[name] = f"{value} ({hashlib.sha256(data).hexdigest()[:12]})"
    return told
