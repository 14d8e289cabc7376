"""`searchkit similar`: what else is like this article?"""

from __future__ import annotations

from typing import Annotated

import typer

from searchkit.cli.answers import (
    Bibtex,
    Csv,
    Excel,
    Html,
    Ids,
    Json,
    Jsonl,
    Markdown,
    Ris,
    chosen_format,
    export,
    show,
)
from searchkit.cli.completion import ids as ids_of_index
from searchkit.cli.options import DEFAULT_INDEX, IndexFolder, Most


def command(
    id: Annotated[str, typer.Argument(metavar="ID", help="The article's id.", autocompletion=ids_of_index)],
    index: IndexFolder = DEFAULT_INDEX,
    number: Most = 10,
    json: Json = False, jsonl: Jsonl = False, csv: Csv = False, excel: Excel = False, ids: Ids = False,
    ris: Ris = False, bibtex: Bibtex = False, markdown: Markdown = False, html: Html = False,
) -> None:
    """Find articles like one: those that share the words that set it apart, which are marked.

    The output is that of `query`. Exit status: 1 where no article shares any; 2 where there is no such ID.

    \b
    Examples:
      searchkit similar 3f1c5a
      searchkit query "sommet IA" --ids -n 1 | xargs searchkit similar --ids -n 5
    """
    from searchkit import Index

    chosen = chosen_format(json=json, jsonl=jsonl, csv=csv, excel=excel, ids=ids, ris=ris,
                           bibtex=bibtex, markdown=markdown, html=html)
    with Index.open(index) as opened:
        results = opened.similar(id, number or None)
        if chosen:
            export(chosen, results, "")
        else:
            show(results, "", None)
        if not len(results):
            raise typer.Exit(1)
