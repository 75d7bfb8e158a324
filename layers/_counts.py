"""People counts of places as the tooltip writes them: a number, or "<5" where it is hidden."""

from __future__ import annotations

import pandas as pd

from wangge.community import Community
from wangge.domain.rules import rule


def written(
    community: Community, level: str, ids: pd.Index, column: str = "households"
) -> pd.Series:
    """Return for each of `ids` the count `column` of its residents, as text.

    Parameters
    ----------
    community
        Cut to the role; `residents` holds what it may see.
    level
        ``grid``, ``compound`` or ``building``.
    ids
        Places of that level.
    column
        A column of `residents`.

    Returns
    -------
    Series of text aligned to `ids`: ``"84"``; ``"<5"`` where the count is too small to show;
    None where nothing is known or a count is withheld to protect another.
    """
    empty = pd.Series(None, index=ids, dtype=object)
    held = community.residents
    if held.empty or column not in held.columns or level not in held.index.get_level_values(0):
        return empty
    counts = held.loc[level][column]
    hidden = f"<{rule('smallest_count').value:g}"
    texts = counts.map(lambda n: hidden if pd.isna(n) else str(int(n)), na_action=None)
    texts = texts.drop([p for p in texts.index if (level, p, column) in community.withheld])
    return texts.reindex(ids).astype(object).where(lambda t: t.notna(), None)
