"""Which articles answer, in what order, and why?

From the tree of a query to a page, each folder built on those that are named before it: `matching` (what
matches, what it scores), `ranking` (what comes first), `widening` (what else is written for what was asked),
`snippets` (what is shown), `overviews` (what a whole result holds), `suggestions` (what was meant);
`searching` calls them all.
"""
