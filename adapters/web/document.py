"""From the parts of a page to an HTML document. Escapes here and nowhere else.

A document stands alone: no script, no picture, nothing from elsewhere. Its one style sheet is named
to the browser by its hash, so that nothing else can style it either.
"""

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from html import escape

from bot.messages import Bullets, Button, Heading, Language, Link, Mention, Moment, Note, Part, Text

STYLE = """
:root { color-scheme: light dark;
  --paper: #ffffff; --ink: #1d2129; --quiet: #525a66; --link: #0b57a4; --line: #8a929e; }
@media (prefers-color-scheme: dark) { :root {
  --paper: #16181d; --ink: #e7e9ec; --quiet: #b0b7c1; --link: #9cc3ff; --line: #6d7583; } }
body { margin: 0 auto; max-width: 40rem; padding: 0.5rem 1rem 3rem; overflow-wrap: anywhere;
  background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 system-ui, sans-serif; }
nav { border-bottom: 1px solid var(--line); font-size: 0.9375rem; }
nav ul { display: flex; flex-wrap: wrap; column-gap: 0.875rem; margin: 0; padding: 0;
  list-style: none; }
nav a { display: inline-block; padding: 0.5rem 0; }
nav .switch { margin-left: auto; }
a { color: var(--link); }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
[aria-current] { color: var(--ink); font-weight: 600; text-decoration: none; }
h1, h2, h3 { line-height: 1.25; }
h1 { font-size: 1.9rem; margin: 1.75rem 0 1rem; }
h2 { font-size: 1.3rem; margin: 2.25rem 0 0.5rem; }
h3 { font-size: 1.0625rem; margin: 1.25rem 0 0.25rem; }
p { margin: 0.5rem 0; white-space: pre-line; }
main ul { margin: 0.5rem 0; padding-left: 1.25rem; }
li { margin: 0.25rem 0; }
nav li { margin: 0; }
.note { color: var(--quiet); font-size: 0.9375rem; }
"""

POLICY = "; ".join(
    (
        "default-src 'none'",
        f"style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    )
)
"""The Content-Security-Policy that every document is sent with."""


@dataclass(frozen=True, slots=True)
class Section:
    """Parts that belong together, under a name that links can lead to."""

    parts: tuple[Part, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One page in one language."""

    language: Language
    title: str
    name: str
    """What the window is called."""
    sections: tuple[Section, ...]
    pages: tuple[Link, ...]
    """All pages there are."""
    here: Link | None
    """Which of them this is; None for one that no link leads to."""
    translation: Link
    """The same page in the other language."""
    translated: Language


def render(document: Document) -> str:
    """The document as HTML."""
    sections = "\n".join(map(_section, document.sections))
    return f"""\
<!doctype html>
<html lang="{document.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(document.name)}</title>
<style>{STYLE}</style>
</head>
<body>
<header>
<nav>
<ul>
{_navigation(document)}
</ul>
</nav>
</header>
<main>
<h1>{escape(document.title)}</h1>
{sections}
</main>
</body>
</html>
"""


def _navigation(document: Document) -> str:
    current = ' aria-current="page"'
    items = [
        f"<li>{_anchor(page, current if page == document.here else '')}</li>"
        for page in document.pages
    ]
    spoken = f' lang="{document.translated}" hreflang="{document.translated}"'
    switch = f'<li class="switch">{_anchor(document.translation, spoken)}</li>'
    return "\n".join((*items, switch))


def _section(section: Section) -> str:
    named = f' id="{escape(section.anchor)}"' if section.anchor else ""
    return "\n".join((f"<section{named}>", *map(_part, section.parts), "</section>"))


def _part(part: Part) -> str:
    match part:
        case Heading(text):
            return f"<h2>{escape(text)}</h2>"
        case Text(text, label):
            return f"{_label(label)}<p>{escape(text)}</p>"
        case Bullets(items, label):
            listed = "\n".join(f"<li>{escape(item)}</li>" for item in items)
            return f"{_label(label)}<ul>\n{listed}\n</ul>"
        case Note(text):
            return f'<p class="note">{escape(text)}</p>'
        case Link():
            return f"<p>{_anchor(part)}</p>"
        case Mention(text, key, unnamed):
            return f'<p class="note">{escape(text.replace("{name}", unnamed or key))}</p>'
        case Moment(text, _):
            return f"<p>{escape(text)}</p>"
        case Button(label, command):
            return f"<p>{escape(label)} <code>{escape(command)}</code></p>"


def _label(label: str) -> str:
    return f"<h3>{escape(label)}</h3>\n" if label else ""


def _anchor(link: Link, attributes: str = "") -> str:
    return f'<a href="{escape(link.url)}"{attributes}>{escape(link.label)}</a>'
