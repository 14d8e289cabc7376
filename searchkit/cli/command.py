"""What every command shares: options read without heavy imports, and errors that end in one clear line."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from functools import partial
from typing import Any, get_args, get_origin

import typer
from typer.core import TyperCommand

from searchkit.cli.options import BARE
from searchkit.cli.output import say
from searchkit.errors import SearchkitError

DEBUG = "SEARCHKIT_DEBUG"
# Typer brings its own click since 0.26; what a usage error derives from is the one way to name it in both.
CLICK_ERROR: Any = typer.BadParameter.__mro__[2]


class Own:
    """What a command and the group of all have in common, in front of Typer's classes."""

    def get_params(self, ctx: Any) -> Any:
        return lightened(super().get_params(ctx))  # type: ignore[misc]

    def make_context(self, *given: Any, **extra: Any) -> Any:
        with guarded():  # it prints the help and the version
            return super().make_context(*given, **extra)  # type: ignore[misc]


class Command(Own, TyperCommand):
    """A Typer command that reads plain options itself and turns whatever goes wrong into an exit status."""

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        try:
            return super().parse_args(ctx, spelled_out(args))
        except CLICK_ERROR as error:
            if not getattr(error, "possibilities", True):
                error.message += " (what begins with a dash and is no option goes behind --)"
            raise

    def invoke(self, ctx: Any) -> Any:
        with guarded():
            result = super().invoke(ctx)
            sys.stdout.flush()
        return result


def spelled_out(args: list[str]) -> list[str]:
    """The arguments with the value that is meant by an option standing without one.

        >>> spelled_out(["--facets", "sommet", "--", "--facets"])
        ['--facets=source,section,author,tag,entity,year', 'sommet', '--', '--facets']
    """
    end = args.index("--") if "--" in args else len(args)
    return [f"{arg}={BARE[arg]}" if arg in BARE else arg for arg in args[:end]] + args[end:]


def lightened(params: list[Any]) -> list[Any]:
    """The same click parameters, reading plain types without Typer's help, and called N and TEXT where it
    would say `<int range>` and `<list[str]>`.
    """
    for param in params:
        kind = _plain_kind(getattr(getattr(param, "type_descriptor", None), "annotation", None))
        if kind is not None:
            param._runtime_param = _Plain(kind)
        if kind in (str, int, float):
            param.metavar = param.metavar or ("TEXT" if kind is str else "N")
            param.display_type = lambda ctx: None
    return params


@contextmanager
def guarded() -> Iterator[None]:
    """Errors become a line on stderr and `typer.Exit`: 2, 130 after Ctrl-C; a closed pipe is quiet."""
    try:
        yield
    except BrokenPipeError:
        # Python flushes standard output once more at exit; it must find an open file.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None
    except KeyboardInterrupt:
        say("Interrupted.")
        raise typer.Exit(130) from None
    except (SearchkitError, OSError, MemoryError) as error:
        _fail(_line(error), error)
    except (typer.Exit, typer.Abort):
        raise
    except Exception as error:
        if isinstance(error, CLICK_ERROR):
            raise
        if _is_interrupt(error):
            say("Interrupted.")
            raise typer.Exit(130) from None
        _fail(f"Unexpected error: {type(error).__name__}: {error}. To see where: {DEBUG}=1", error)


def _is_interrupt(error: BaseException | None) -> bool:
    """Whether an error came of a Ctrl-C: one within the making of a class, as in an import, is replaced."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


UNCHANGED = "The index is as it was before this run."
COMMITTED = ("The index has been committed since this run began; the same command again makes sure that "
             "nothing is missing.")


@contextmanager
def interruptible(index: str, said: str, committed: str = COMMITTED) -> Iterator[None]:
    """Ctrl-C within ends the program with words for what became of the work: one or the other, as the index
    in this folder has been committed meanwhile or not.
    """
    before = _commits(index)
    try:
        yield
    except KeyboardInterrupt:
        is_new = _commits(index) > before
        say(f"Interrupted. {committed if is_new else said}")
        raise typer.Exit(130) from None


def _commits(index: str) -> int:
    """The generation of an index: 1 where it is new, and where there is none."""
    from searchkit.indexing import toc
    from searchkit.indexing.storage import Folder

    return toc.newest(Folder(index)) or 1


def _fail(line: str, error: BaseException) -> None:
    if os.environ.get(DEBUG):
        raise error
    say(f"Error: {line}")
    raise typer.Exit(2) from None


def _line(error: BaseException) -> str:
    if isinstance(error, MemoryError):
        return "Out of memory. Fewer --jobs, or a smaller input, need less."
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return " ".join(str(error).split("\n"))


class _Plain:
    """Reads a string, a number or a choice. Typer asks pydantic, whose import takes longer than a search."""

    def __init__(self, kind: Any) -> None:
        self.kind = kind

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        try:
            many = isinstance(value, (list, tuple))
            kind = self._reader(param)
            read = [kind(v) for v in value] if many else kind(value)
        except ValueError:
            raise typer.BadParameter(f"{value!r} is not {self._wanted()}.", ctx=ctx, param=param) from None
        low = getattr(param, "min", None)
        if low is not None and read < low:
            raise typer.BadParameter(f"{value} is below {low}.", ctx=ctx, param=param)
        return read

    def _reader(self, param: Any) -> Callable[[Any], Any]:
        if issubclass(self.kind, Enum):
            return partial(_member, self.kind)
        return as_utf8 if self.kind is str and param.metavar not in _FILES else self.kind

    def _wanted(self) -> str:
        if issubclass(self.kind, Enum):
            return "one of " + ", ".join(str(member.value) for member in self.kind)
        return "a whole number" if self.kind is int else "a number"


def _member(choices: type[Enum], value: str) -> Enum:
    """The choice of this value, in capitals or small letters. Raises ValueError."""
    folded = value.lower()
    return next((choice for choice in choices if choice.value.lower() == folded), None) or choices(value)


_FILES = ("DIR", "PATH", "OUT", "QUERIES.jsonl")
"""What arguments that name files are called: those are left as the system has given them."""


def as_utf8(text: str) -> str:
    """An argument that the locale could not read, which Python gives as surrogates, read as UTF-8.

        >>> as_utf8("été".encode().decode("ascii", "surrogateescape"))
        'été'
    """
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # other surrogates, which are no bytes
        return text


def _plain_kind(annotation: Any) -> Any:
    """The type to read with, where it is one of the plain ones; others are left to Typer."""
    kind = get_args(annotation)[0] if get_origin(annotation) is list else annotation
    plain = isinstance(kind, type) and (kind in (str, int, float, bool) or issubclass(kind, Enum))
    return kind if plain else None
