"""Operators as typed: marks in the row of lexemes, which the filters use up."""

from __future__ import annotations

from searchkit.query import _qparser as whoosh


class Mark(whoosh.syntax.SyntaxNode):  # type: ignore[misc]
    """An operator; `text` is how it was typed."""

    def __init__(self, text: str = "") -> None:
        self.text = text


class AndMark(Mark): ...
class OrMark(Mark): ...
class NotMark(Mark): ...
class OpenMark(Mark): ...
class CloseMark(Mark): ...
class NoiseMark(Mark): ...


class FieldMark(Mark):
    def __init__(self, text: str, field: str) -> None:
        super().__init__(text)
        self.field = field


class BoostMark(Mark):
    def __init__(self, text: str, boost: float) -> None:
        super().__init__(text)
        self.boost = boost


class AtLeastMark(Mark):
    def __init__(self, text: str, count: int) -> None:
        super().__init__(text)
        self.count = count


class NearMark(Mark):
    def __init__(self, text: str, distance: int, ordered: bool) -> None:
        super().__init__(text)
        self.distance = distance
        self.ordered = ordered


class QuorumMark(Mark):
    def __init__(self, text: str, count: int) -> None:
        super().__init__(text)
        self.count = count
