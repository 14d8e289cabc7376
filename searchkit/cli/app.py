"""The program `searchkit`: a table of commands, each imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from searchkit._version import __version__
from searchkit.cli.command import CLICK_ERROR, Command, Own

COMMANDS = {
    "index": "Read articles; index what is new or changed.",
    "enrich": "Find the names in indexed articles, or find them anew.",
    "watch": "Keep an index in step with a folder.",
    "query": "Search.",
    "show": "Print one article in full.",
    "similar": "Find articles like one.",
    "entities": "Say who, what and where is named.",
    "suggest": "Complete a word.",
    "run": "Answer a file of queries as a TREC run.",
    "analyze": "Show which terms a text becomes.",
    "formats": "List the formats that `index` reads.",
    "stats": "Say what is in the index.",
    "check": "Verify the index's files; save what is whole.",
    "export": "Write all articles as JSON Lines.",
    "reindex": "Analyse the stored articles anew.",
    "optimize": "Merge the index's segments.",
    "delete": "Take articles out of the index.",
    "help": "Explain the query language.",
}


class Commands(Own, TyperGroup):
    """A group that knows its commands by name, and imports `searchkit.cli.<name>` for the one that runs."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands: Any = dict.fromkeys(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        return load(cmd_name) if cmd_name in COMMANDS else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        try:
            return super().resolve_command(ctx, args)
        except CLICK_ERROR as error:
            if "Did you mean" not in error.message:
                error.message += f" To search: {_searching(args)}"
            raise

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _searching(words: list[str]) -> str:
    """What to type to search for words that are no command."""
    import shlex

    from searchkit.render.safe import safe

    return safe(shlex.join(["searchkit", "query", *words]))


def load(name: str) -> Any:
    """The command of this name, from the function `command` of its module."""
    single = _typer()
    single.command(name, cls=Command)(import_module(f"searchkit.cli.{name}").command)
    command = typer.main.get_command(single)
    command.short_help = COMMANDS[name]
    return command


def program() -> Any:
    """The whole program, as a click command."""
    app = _typer(cls=Commands, add_completion=True, no_args_is_help=True)
    app.callback()(_start)
    return typer.main.get_command(app)


def _typer(*, add_completion: bool = False, **settings: Any) -> typer.Typer:
    # Without rich markup, help and usage errors print as plain text and rich is not imported for them.
    return typer.Typer(add_completion=add_completion, rich_markup_mode=None, pretty_exceptions_enable=False,
                       context_settings={"help_option_names": ["-h", "--help"]}, **settings)


def _version(asked: bool) -> None:
    if asked:
        print(f"searchkit {__version__}", flush=True)
        raise typer.Exit()


def _start(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True,
                                          help="Print the version.")] = False,
) -> None:
    """Full-text search for French news.

    \b
    searchkit index seeds/             read articles
    searchkit query "sommet IA"        find them
    searchkit help query               how to ask
    """
