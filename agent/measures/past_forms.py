"""Irregular past forms of English verbs that tell of an action (Quirk et al. 1985, chapter 3)."""

from __future__ import annotations

from agent.coverage.lists import word_list

PAST = "|".join(
    word_list(
        "began bent bet bound bought broke brought built came caught chose clung cut dealt "
        "did dove drew drove dug fed fell fled flew forbade fought found froze gave got grew "
        "ground held hid hit hung kept laid led left lent let lit made met ran rang read "
        "rebuilt rewrote rode rose said sank sat sent set shook shot showed shut sold sought "
        "spent split spoke spread stood stuck struck swam swapped swept swore taught tested "
        "threw told took tore undid underwent went withdrew won wore wound wrote"
    )
)
"""Alternatives of a pattern; regular ones end in "ed"."""
