"""Which words of a bare query say nothing of its subject.

Used at query time only: every word is indexed. Content-safe: words that are also nouns (été, est, or, car,
son, ton, pas, sommes, avions, aura) are not listed. Accent-aware: « sûr » is no stop word, « sur » is.
"""

from __future__ import annotations

import unicodedata

from searchkit.analysis.tables import words

WORDS: frozenset[str] = words("""
le la les l un une des du de d au aux à
ce c cet cette ces ceci cela ça
mon ma mes ta tes sa ses notre nos votre vos leur leurs
je j me m moi tu te t toi il ils elle elles on nous vous lui eux se s soi en y
qui que qu quoi dont où quel quelle quels quelles lequel laquelle lesquels lesquelles duquel auquel
et ou mais donc ni ne n si comme quand lorsque lorsqu puisque puisqu quoique quoiqu jusque jusqu quelqu presqu
dans sur sous par pour avec sans chez vers dès entre parmi selon pendant depuis contre malgré
être es sont était étaient sera seront serait soit ai as a ont avait avaient ayant avez avons eu
faut peut peuvent n°
plus moins très trop aussi ainsi alors même mêmes déjà encore tout tous toute toutes autre autres
ici là ci cependant afin comment pourquoi combien celui celle ceux celles
""")


def is_stop(surface: str) -> bool:
    """Whether a bare query word may be left out, while a content word remains.

        >>> is_stop("Sur"), is_stop("sûr"), is_stop("été")
        (True, False, False)
    """
    return unicodedata.normalize("NFC", surface).lower() in WORDS
