"""What goes wrong in a YAML file: pieces of its syntax in odd places, lines cut, lost or doubled."""

from __future__ import annotations

from hypothesis import strategies as st

PIECES = st.sampled_from(
    [
        *(
            "{",
            "}",
            "[",
            "]",
            ":",
            ": ",
            "- ",
            "-",
            ",",
            ", ",
            "'",
            "''",
            '"',
            "|",
            "|-\n",
            ">",
            ">-\n",
            "#",
            " #",
            " # c",
        ),
        *(
            "&a ",
            "*a",
            "!t ",
            "%",
            "@",
            "?",
            "? ",
            "\t",
            "\n",
            "\r\n",
            "\r",
            "\n\n",
            "---\n",
            "...",
            "\0",
            "\U0001f600",
            "\u2028",
            "\x85",
        ),
        *(
            "\ufeff",
            "\xa0",
            "é",
            "<<",
            "~",
            "null",
            "\\",
            "\\\n",
            '\\"',
            "\\x41",
            "\\ud800",
            " ",
            "  ",
            "    ",
            "\n  ",
        ),
        *(
            "a",
            "a: b",
            "a:b",
            "id: x",
            "\n  - a: b",
            "\n    c: d",
            "\n- e",
            '"a": "b"',
            "'a': 'b'",
            "{a: b, c: [d]}",
        ),
        *(
            "https://a.example/?b",
            "-3",
            "- - a",
            '"a\n  b"',
            "'a\n  b'",
            "a\n   b",
            "[a,\n  b]",
            "{a:\n   b}",
        ),
    ]
)
TEXTS = st.one_of(st.text(), st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=40).map("".join))


@st.composite
def damaged(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> str:
    """One of the texts with lines taken out, doubled, cut, pushed aside, or with pieces put in."""
    lines = draw(texts).splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        column = draw(st.integers(0, len(lines[at])))
        match draw(st.integers(0, 5)):
            case 0:
                lines[at] = ""
            case 1:
                lines[at] = lines[at][:column]
            case 2:
                lines[at] = lines[at][:column] + draw(PIECES) + lines[at][column:]
            case 3:
                lines.insert(at, lines[draw(st.integers(0, len(lines) - 1))])
            case 4:
                lines[at] = " " * draw(st.integers(1, 4)) + lines[at]
            case _:
                lines[at] = (
                    lines[at][: lines[at].find(":") + 1]
                    + draw(st.sampled_from(["", " "]))
                    + draw(TEXTS)
                    + "\n"
                )
    return "".join(lines)
