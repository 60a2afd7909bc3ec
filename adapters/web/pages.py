"""The pages that anybody may read without logging in: what this is, privacy, support.

Nothing of a request gets into a page: it only chooses one of two languages.
"""

import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from aiohttp import hdrs, web

from adapters.content import Content
from adapters.web.document import POLICY, Document, Section, render
from bot.commands.call import Call, language_note
from bot.dispatch import dispatch
from bot.knowledge import Knowledge
from bot.language import of_locale
from bot.memory import Memory
from bot.messages import Bullets, Heading, Language, Link, Note, Part, Request, Text

Sections = tuple[Section, ...]
Handler = Callable[[web.Request], Awaitable[web.Response]]

HEADERS = {
    hdrs.CACHE_CONTROL: "public, max-age=300",
    hdrs.CONTENT_SECURITY_POLICY: POLICY,
    hdrs.REFERRER_POLICY: "no-referrer",
    hdrs.VARY: hdrs.ACCEPT_LANGUAGE,
    hdrs.X_CONTENT_TYPE_OPTIONS: "nosniff",
}

_QUALITY = re.compile(r"q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)", re.IGNORECASE)


def add_pages(app: web.Application, content: Content) -> None:
    """Adds the pages to the server."""
    for path in ("/", "/privacy", "/support"):
        app.router.add_get(path, _handler(path, content))


def home(call: Call) -> Sections:
    """What Ally Nudge is, and how to ask it something on each platform."""
    what = (
        Text(call.say("page.home.what")),
        Text(call.say("page.home.offers")),
        Text(call.say("page.home.keeps")),
    )
    how = (
        Heading(call.say("page.home.how")),
        Text(call.say("page.home.slack_how"), call.say("page.home.slack")),
        _list(call.say("page.home.examples", prefix="/ally ")),
        Text(call.say("page.home.teams_how"), call.say("page.home.teams")),
        _list(call.say("page.home.examples", prefix="")),
        Text(call.say("page.home.missing")),
    )
    return (Section(what), Section(how))


def privacy(call: Call) -> Sections:
    """What the bot itself answers to `privacy`, so that the two never disagree; who runs it."""
    answer = dispatch(call.request, call.memory, call.knowledge).reply
    runs = (Heading(call.say("page.privacy.runs")), Text(call.say("page.privacy.runs_text")))
    pages = (Heading(call.say("page.privacy.pages")), Text(call.say("page.privacy.pages_text")))
    return (
        Section((Note(call.say("page.privacy.intro")), *answer.parts)),
        _deletion(call),
        Section(pages),
        Section(runs),
        _contacts(call),
    )


def support(call: Call) -> Sections:
    """Where to turn, what to do when the bot is silent, how data is deleted, the terms of use."""
    silent = (
        Heading(call.say("page.support.silent")),
        _list(call.say("page.support.silent_list")),
    )
    terms = (Heading(call.say("page.terms.heading")), _list(call.say("page.terms.list")))
    return (
        _contacts(call, Text(call.say("alarm.emergency"))),
        Section(silent),
        _deletion(call),
        Section(terms, anchor="terms"),
    )


def preferred(header: str) -> Language:
    """The language of ours that an Accept-Language header wants most; English where it has none."""
    wanted: dict[Language, float] = {}
    for choice in header.split(","):
        locale, _, weight = choice.partition(";")
        quality = _QUALITY.fullmatch(weight.strip() or "q=1")
        worth = float(quality[1]) if quality else 0.0
        if worth and (language := of_locale(locale.strip())):
            wanted[language] = max(worth, wanted.get(language, worth))
    return max(wanted, key=lambda language: wanted[language], default="en")


def language_of(request: web.Request) -> Language:
    """The language that was chosen on a page; the one that the browser wants where none was."""
    match request.query.get("lang"):
        case "en":
            return "en"
        case "fr":
            return "fr"
    return preferred(",".join(request.headers.getall(hdrs.ACCEPT_LANGUAGE, [])))


def reader(language: Language, knowledge: Knowledge) -> Call:
    """Somebody unknown, who reads about privacy."""
    asked = knowledge.say("command.privacy", language)
    request = Request("web:reader", asked, datetime.now(UTC), locale=language)
    return Call(request, language, "", knowledge, Memory(language))


def framed(call: Call, title: str, sections: Sections, path: str = "", root: str = "./") -> str:
    """A page as HTML, with the way to the others; `root` leads to the first of them from here."""
    language = call.language
    pages = {
        "/": Link(call.say("page.home.link"), f"{root}?lang={language}"),
        "/privacy": Link(call.say("page.privacy.title"), f"{root}privacy?lang={language}"),
        "/support": Link(call.say("page.support.title"), f"{root}support?lang={language}"),
    }
    translated: Language = "en" if language == "fr" else "fr"
    document = Document(
        language=language,
        title=title,
        name=call.say("page.home.name") if path == "/" else call.say("page.name", title=title),
        sections=sections,
        pages=tuple(pages.values()),
        here=pages.get(path),
        translation=Link(call.say("page.switch"), f"?lang={translated}"),
        translated=translated,
    )
    return render(document)


def _handler(path: str, content: Content) -> Handler:
    async def page(request: web.Request) -> web.Response:
        language = language_of(request)
        return web.Response(
            text=_page(path, reader(language, content.knowledge)),
            content_type="text/html",
            charset="utf-8",
            headers=HEADERS | {hdrs.CONTENT_LANGUAGE: language},
        )

    return page


def _page(path: str, call: Call) -> str:
    match path:
        case "/privacy":
            title, sections = call.say("page.privacy.title"), privacy(call)
        case "/support":
            title, sections = call.say("page.support.title"), support(call)
        case _:
            title, sections = call.say("page.home.title"), home(call)
    return framed(call, title, sections, path)


def _deletion(call: Call) -> Section:
    parts = (
        Heading(call.say("page.deletion.heading")),
        Text(call.say("page.deletion.text")),
        Text(call.say("page.deletion.chat")),
    )
    return Section(parts)


def _contacts(call: Call, *after: Part) -> Section:
    """Where to turn in this organization, as its admin wrote it down."""
    entry = call.knowledge.resources["re-support"]
    where = entry.where or entry.about
    parts = (
        Heading(call.pick(entry.title)),
        Text(call.pick(where)),
        *([Link(entry.url.removeprefix("https://"), entry.url)] if entry.url else ()),
        *language_note(call, entry.title, where),
        *after,
    )
    return Section(parts)


def _list(lines: str) -> Bullets:
    return Bullets(tuple(lines.split("|")))
