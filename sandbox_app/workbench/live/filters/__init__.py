"""The filter of Live: plain words, operators such as `~client web`, and how they are joined.

~client web & ~err            both
~u /oauth2/token | ~m POST    either; & binds closer than |
!~user alice (~c 4xx | ~err)  not, and parentheses; side by side means both
~claim aud=spa ~p scope=openid   in a token, a parameter; reading them takes a moment
"""

from sandbox_app.workbench.live.filters.filter import Filter, RowT
from sandbox_app.workbench.live.filters.parsing import FilterError, parse

__all__ = ["Filter", "FilterError", "RowT", "parse"]
