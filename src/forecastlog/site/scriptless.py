"""Datasette's pages without what our content policy forbids.

Scripts, and style that stands in the page itself.

Nothing that a reader needs is lost: Datasette's scripts add menus to the heads of columns, close open menus
and colour SQL, and its inline style names the columns on telephones, which our table does itself.
"""

from __future__ import annotations

import re

_ELEMENTS = re.compile(r"<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_STYLE = re.compile(r'(<[a-z][^<>]*?)\sstyle="[^"]*"', re.IGNORECASE)


def scriptless(html: str, *, kept: bool = False) -> str:
    """A page that was made by templates, whose texts are escaped; as it is where scripts are ``kept``.

    >>> scriptless('<style>p {}</style><p class="a" style="color: red">2 &lt; 3<script>x()</script></p>')
    '<p class="a">2 &lt; 3</p>'
    """
    return html if kept else _STYLE.sub(r"\1", _ELEMENTS.sub("", html))
