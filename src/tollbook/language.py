"""English as bulletins write it: spaCy's, with a tokenizer that sees no faces in ``(8)``."""

from __future__ import annotations

from typing import Final

from spacy.lang.en import English, EnglishDefaults

_HYPHENS: Final = r"(?<=[^\W\d_])[‐‑‒](?=[^\W\d_])"


class BulletinDefaults(EnglishDefaults):
    """Words come apart at every kind of hyphen; no token is a face made of a number."""

    infixes = [*(EnglishDefaults.infixes or ()), _HYPHENS]  # noqa: RUF012
    tokenizer_exceptions = {  # noqa: RUF012
        word: pieces
        for word, pieces in EnglishDefaults.tokenizer_exceptions.items()
        if "(" not in word and ")" not in word
    }


class BulletinEnglish(English):  # type: ignore[no-untyped-call]
    """The language of the pipeline. Its tokenizer is made once, not made and made over.

    >>> [token.text for token in BulletinEnglish()("Dead (8) in the twenty‑five-day siege")][:4]
    ['Dead', '(', '8', ')']
    """

    Defaults = BulletinDefaults
