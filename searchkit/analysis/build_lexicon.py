"""Makes data/lexicon.bin from simplemma's French data: `python -m searchkit.analysis.build_lexicon`.

The source gives a form one lemma. A few rules, each used only where the source itself shows both sides, make
classes of the lemmas that a reader takes for one word; every folded form gets the class of its best lemma.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import partial

from searchkit.analysis.folding import fold_word
from searchkit.analysis.lexicon import PATH, pack
from searchkit.analysis.paradigms import (
    ALSO,
    FEMININES,
    JOINED,
    MISSING,
    NOT_PARTICIPLES,
    NOUNS_IN_ANT,
    NOUNS_IN_EE,
    NOUNS_IN_ER,
    NOUNS_IN_I,
    NOUNS_LIKE_VERBS,
    PRESENT,
    VERBS,
    VERBS_APART,
)
from searchkit.analysis.tables import GIVEN_NAMES, SHARED, words


def source() -> dict[str, str]:
    """simplemma's French table, form → lemma: common words only, lemmas followed to their end."""
    from simplemma.strategies.dictionaries import dictionary_factory

    raw = dictionary_factory._load_dictionary_from_disk("fr")
    pairs = {form.decode(): lemma.decode() for form, lemma in raw.items()}
    known = {form: lemma for form, lemma in pairs.items()
             if form.isalpha() and form.islower() and lemma.isalpha()}
    told = {form: _last(known, lemma) for form, lemma in known.items() if not _is_rare(form, lemma)}
    conjugated = {verb[:-2] + ending: verb for verb in VERBS for ending in _ENDINGS}
    return {verb[:-1]: verb for verb in VERBS} | told | conjugated | MISSING


def _is_rare(form: str, lemma: str) -> bool:
    """Literary tenses, which no news has, and which look like other words: terrasse, recrûtes."""
    is_verb = lemma.endswith(("er", "ir", "re")) and not lemma.endswith(("sser", "ître", "aire"))
    return is_verb and _LITERARY.search(form) is not None


def _last(known: dict[str, str], lemma: str) -> str:
    seen = set()
    while lemma not in seen:
        seen.add(lemma)
        lemma = known.get(lemma, lemma)
    return lemma


_ENDINGS = words("er ent é ée és ées ez ait aient ant era eront erait eraient")
_LITERARY = re.compile("(?:[âîû](?:mes|tes|t)|[au]ss(?:e|es|ions|iez|ent))$")


class Classes:
    """Lemmas that are one word to a reader (a union-find; the first of a join gives the class its name)."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def of(self, lemma: str) -> str:
        while lemma in self._parent:
            lemma = self._parent[lemma]
        return lemma

    def join(self, name: str, other: str) -> None:
        name, other = self.of(name), self.of(other)
        if name != other:
            self._parent[other] = name


def feminines(known: dict[str, str]) -> dict[str, str]:
    """Feminines, and their plurals, that the source leaves alone or takes for a verb → their masculine."""
    masculines = {lemma for lemma in known.values() if known.get(lemma) == lemma}
    found: dict[str, str] = {}
    for ending, masculine, only, these in FEMININES:
        for form in known:
            single = form.removesuffix("s")
            if not single.endswith(ending) or form in found or (single in these) != only:
                continue
            lemma = single.removesuffix(ending) + masculine
            if lemma in masculines and (only or _is_free(known[form], single, ending)):
                found[form] = lemma
    return found


def _is_free(lemma: str, single: str, ending: str) -> bool:
    """Whether a rule for all words may overrule this lemma: the feminine itself, or a verb for -ive."""
    return lemma == single or (ending == "ive" and lemma.endswith(("er", "re")))


def participles(known: dict[str, str]) -> dict[str, str]:
    """Participles that the source takes for nouns: touchée, and livré where the noun is kept apart."""
    verbs = {lemma for lemma in known.values() if _is_verb(known, lemma)}
    apart = {verb for verb in verbs if fold_word(verb) in {*SHARED.values(), *VERBS_APART}}
    found = {verb[:-2] + ending: verb for verb in apart for ending in ("é", "ée", "és", "ées")}
    for verb in verbs:
        feminine = verb[:-2] + "ée"
        if known.get(feminine) == feminine and feminine not in NOUNS_IN_EE:
            found |= {feminine: verb, feminine + "s": verb}
    return {form: verb for form, verb in found.items() if form.removesuffix("s") not in NOUNS_IN_EE}


def present_participles(known: dict[str, str]) -> dict[str, str]:
    """Present participles that the source takes for adjectives, though it knows of no feminine or plural:
    confirmant.
    """
    alone = {form for form, lemma in known.items() if form == lemma and form.endswith("ant")
             and not known.keys() & {form + "e", form + "s"}}
    return {form: verb for form in (alone - NOUNS_IN_ANT) | PRESENT if (verb := _verb_of(known, form))}


def _verb_of(known: dict[str, str], participle: str) -> str | None:
    """The infinitive whose present participle this is: the lemma of the imperfect."""
    lemmas = [known.get(participle.removesuffix("ant") + ending, "") for ending in ("aient", "ait", "ions")]
    return next((lemma for lemma in lemmas if lemma.endswith(("er", "ir", "re"))), None)


def _is_verb(known: dict[str, str], lemma: str) -> bool:
    """Whether a lemma in -er is a verb: one says « mangez », but not « étrangez »."""
    forms = (lemma[:-1] + "z", lemma[:-2] + "ait", lemma[:-2] + "eait")
    return lemma.endswith("er") and any(known.get(form) == lemma for form in forms)


def classes(known: dict[str, str]) -> Classes:
    """The lemmas that belong together: verb and participle, nouns in -e and the verb with the same forms."""
    joined = Classes()
    lemmas = sorted({lemma for lemma in known.values() if known.get(lemma, lemma) == lemma})
    verbs = {fold_word(lemma) for lemma in lemmas if _is_verb(known, lemma)}
    for lemma in lemmas:
        folded = fold_word(lemma)
        if folded in SHARED or lemma in NOT_PARTICIPLES:
            continue
        if lemma.endswith(("e", "é")) and folded + "r" in verbs - NOUNS_IN_ER - VERBS_APART:
            is_name = lemma.endswith("é") and folded in GIVEN_NAMES  # marié is no Marie
            joined.join(*((folded + "r", folded) if is_name else (folded, folded + "r")))
        elif lemma.endswith("i") and known.get(lemma + "ssent") == lemma + "r" and lemma not in NOUNS_IN_I:
            joined.join(folded + "r", folded)
        elif verb := _participle_of(known, lemma):
            joined.join(fold_word(verb), folded)
    for name, other in JOINED:
        joined.join(name, other)
    return joined


def _participle_of(known: dict[str, str], lemma: str) -> str:
    """The verb in -ir, -oir or -re whose participle this is: écrit, écrite, and nobody says « écritent »."""
    verb = known.get(lemma + "e", "")
    is_one = verb.endswith(("ir", "re")) and verb not in (lemma, lemma + "e") and lemma + "ent" not in known
    return verb if is_one else ""


def table() -> dict[str, str]:
    """Folded form → index term. A form that folds from several words takes its best lemma: see `_rank`."""
    known = source()
    known |= feminines(known)
    known |= participles(known)
    known |= present_participles(known)
    joined = classes(known)
    readings: dict[str, list[str]] = defaultdict(list)
    for form in known:
        readings[fold_word(form)].append(form)
    terms: dict[str, str] = {}
    for folded, forms in readings.items():
        best, *others = sorted(forms, key=partial(_rank, folded, known))
        kept = [best, *(form for form in others if _is_second(form, known))]
        lemmas = [*(fold_word(known[form]) for form in kept), *([ALSO[folded]] if folded in ALSO else [])]
        found = list(dict.fromkeys(map(joined.of, lemmas)))
        single = folded.removesuffix("s")
        terms[folded] = " ".join(found[:1 if single in SHARED or single + "r" in VERBS_APART else 2])
    terms |= nouns_like_verbs(terms)
    return terms | {noun: noun for noun, verb in SHARED.items()
                    if terms.get(noun, "").endswith(("er", "ir", "re")) or terms.get(noun) == terms.get(verb)}


def nouns_like_verbs(terms: dict[str, str]) -> dict[str, str]:
    """The forms of these nouns → a term of their own, their plural; the infinitive stands for both words."""
    endings = words("er ers ere eres rice rices")
    forms = {noun[:-2] + ending: noun + "s" for noun in NOUNS_LIKE_VERBS for ending in endings}
    own = {form: term for form, term in forms.items() if form in terms}
    return own | {noun: f"{noun}s {terms[noun]}" for noun in NOUNS_LIKE_VERBS}


def _is_second(form: str, known: dict[str, str]) -> bool:
    """Whether a reading is kept behind a better one: participles (présenté, présente), feminines."""
    lemma, single = known[form], form.removesuffix("s")
    is_participle = single.endswith(("é", "ée")) and _is_participle(known, lemma)
    return is_participle or lemma == single.removesuffix("e") != single


def _is_participle(known: dict[str, str], lemma: str) -> bool:
    return _is_verb(known, lemma) or (lemma.endswith("é") and _is_verb(known, lemma[:-1] + "er"))


def _rank(folded: str, known: dict[str, str], form: str) -> tuple[bool, bool, bool, str]:
    """Noun or adjective before verb or participle; its own lemma before another's; unaccented first."""
    lemma = known[form]
    return lemma.endswith("er") or _is_participle(known, lemma), lemma != form, form != folded, form


def main() -> None:
    """Write the file, and say how many forms it holds."""
    terms = table()
    PATH.write_bytes(pack(terms))
    print(f"{PATH}: {len(terms)} forms of {len(set(terms.values()))} words, {PATH.stat().st_size} bytes")


if __name__ == "__main__":
    main()
