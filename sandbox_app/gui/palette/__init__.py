"""Ctrl+K, "Find or run anything": pools, clients, users, settings and commands in one field.

::

    Hit(key, title, detail="", icon="search", group="", score=0.0)
    score(text, candidate) -> float                    0.0 where it does not fit
    Candidates(hits, *, most=20, first=0)              a source over names known beforehand
    Palette(theme, window)                             chosen(Hit)
        .set_sources(sources, *, slow=()) .set_anchor(widget) .open(text="") .toggle() .dismiss()
    SearchButton(theme).set_folded(folded)             clicked
"""

from sandbox_app.gui.palette.hits import Hit, Source
from sandbox_app.gui.palette.matching import Candidates, Query, score
from sandbox_app.gui.palette.overlay import Palette
from sandbox_app.gui.palette.search_button import SearchButton

__all__ = ["Candidates", "Hit", "Palette", "Query", "SearchButton", "Source", "score"]
