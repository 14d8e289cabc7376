"""A hit's address in the web browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.cli.output import say
from searchkit.errors import SearchkitError, command

if TYPE_CHECKING:
    from searchkit.search.results import Results


class NotOpened(SearchkitError):
    """There is no such hit, it has no address to follow, or no browser to follow it with."""


def open_hit(results: Results, number: int, index: str) -> None:
    """Open the address of the only hit of `results`, the `number`-th of them all, in the web browser. The
    articles are those of the `index` in this folder.

    Only http and https addresses are followed. Raises NotOpened.
    """
    import webbrowser
    from shlex import quote

    from searchkit.render.safe import link, safe
    from searchkit.render.shape import count

    if not len(results):
        raise NotOpened(f"There is no hit {number}: {count(results.total, 'article')} found.")
    article = results[0].article
    address = link(article.url)
    if address is None:
        stored = f"{safe(article.url)[:200]!r}, which is no web address" if article.url else "none is known"
        raise NotOpened(f"Hit {number} has no address to open: {stored}. To read it: "
                        f"{command(f'show {quote(article.id)}', index)}")
    if not webbrowser.open(address):
        raise NotOpened(f"No web browser could be started. The address: {address}")
    say(f"Opened: {address}")
