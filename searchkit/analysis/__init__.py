"""French analysis: which terms does this text mean? Knows nothing of any index.

    text ──surfaces / spans──▶ surfaces ──expand──▶ pieces ──analyse──▶ tokens

`surfaces` cuts a text into surface words with one regular expression; `expand` says what one surface stands
for, from the surface alone, so that a vocabulary can keep the answer; `analyse` puts both together.

The token contract:

- Offsets are code points of the text as given, never of a normalised copy: `text[start:end] == surface`,
  whatever was folded, expanded (ﬁ, œ) or decomposed (NFD).
- A surface takes `width` positions (1 for a word, 2 for « porte-parole »); the next surface stands at
  position + width. What lies between surfaces takes no position: « ballon d'or » is a phrase of three words.
- Several pieces may stand at one offset: the joined form of a compound beside its first part, the second
  meaning of « livre ». A phrase matches where each of its words has some piece at the next position.
- `term` is what the index holds; `exact` is the folded surface of the piece, scored at half weight beside it.
- A query asks `query_pieces(word).alternatives()`: any one of them is enough; each is one piece, or the
  pieces of a phrase at successive offsets. « Covid-19 » asks for covid19, or for covid followed by 19.

    >>> [(piece.offset, piece.term, piece.exact) for piece in expand("cyber-attaques").pieces]
    [(0, 'cyberattaquer', 'cyberattaques'), (0, 'cyber', 'cyber'), (1, 'attaque', 'attaques')]
"""

from searchkit.analysis.analyser import analyse
from searchkit.analysis.cutting import spans, surfaces
from searchkit.analysis.expansion import (
    expand,
    expand_compound,
    expand_once,
    expand_word,
    expand_words,
    query_pieces,
)
from searchkit.analysis.folding import fold
from searchkit.analysis.stages import Step, fingerprint, steps
from searchkit.analysis.stop import is_stop
from searchkit.analysis.tokens import Piece, Surface, Token

__all__ = [
    "Piece", "Step", "Surface", "Token", "analyse", "expand", "expand_compound", "expand_once", "expand_word",
    "expand_words", "fingerprint", "fold", "is_stop", "query_pieces", "spans", "steps", "surfaces",
]
