"""Makes data/lexicon.bin from simplemma's French data: `python -m searchkit.analysis.build_lexicon`."""

from __future__ import annotations

from searchkit.analysis.folding import fold
from searchkit.analysis.lexicon import PATH, pack


def source() -> dict[str, str]:
    """simplemma's table of French forms and lemmas, as it is."""
    from simplemma.strategies.dictionaries import dictionary_factory

    raw = dictionary_factory._load_dictionary_from_disk("fr")
    return {form.decode(): lemma.decode() for form, lemma in raw.items()}


def table() -> dict[str, str]:
    """Folded form → folded lemma."""
    terms: dict[str, str] = {}
    for form, lemma in source().items():
        if form.isalpha() and form.islower():
            terms.setdefault(fold(form), fold(lemma))
    return terms


def main() -> None:
    PATH.write_bytes(pack(table()))


if __name__ == "__main__":
    main()
