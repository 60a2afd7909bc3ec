"""The web application: which paths there are and what holds for all of them."""

from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web

MOST_BYTES = 1024 * 1024

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
log = structlog.get_logger()


def application() -> web.Application:
    """An application with health checks; platforms add their paths."""
    app = web.Application(client_max_size=MOST_BYTES, middlewares=[_guarded])
    app.router.add_get("/healthz", _alive)
    app.router.add_get("/readyz", _alive)
    return app


@web.middleware
async def _guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
    """No traceback leaves the house, and nothing of a request gets into the log."""
    try:
        return await handler(request)
    except web.HTTPException:
        raise
    except web.RequestPayloadError:  # a body that is not what its headers say
        return web.Response(status=400)
    except Exception as error:
        log.error("request failed", error=type(error).__name__)
        return web.Response(status=500, text="Something went wrong here.")


async def _alive(_request: web.Request) -> web.Response:
    return web.Response(text="ok")
