"""French analysis: which terms does this text mean? Knows nothing of any index.

`surfaces` cuts a text into surface words, `expand` says what one surface stands for, `analyse` puts both together.

The contract of positions: a surface takes `width` positions, so the next one stands at position + width; its pieces
stand at `offset` behind its first. What lies between surfaces takes no position.
"""

from searchkit.analysis.analyser import analyse
from searchkit.analysis.cutting import spans, surfaces
from searchkit.analysis.expansion import expand, query_pieces
from searchkit.analysis.folding import fold
from searchkit.analysis.stages import Step, fingerprint, steps
from searchkit.analysis.stop import is_stop
from searchkit.analysis.tokens import Piece, Surface, Token

__all__ = [
    "Piece", "Step", "Surface", "Token", "analyse", "expand", "fingerprint", "fold", "is_stop", "query_pieces", "spans",
    "steps", "surfaces",
]
