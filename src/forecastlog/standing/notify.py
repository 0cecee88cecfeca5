"""Messages to wherever Apprise delivers: mail, chat, webhooks.

An address may hold a password or a token, so no sentence repeats more of it than its scheme, and what Apprise
itself has to say is not passed on.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Sequence
from typing import Any

from forecastlog.errors import BadValue, NotDelivered, Refused

TRIES = 3


def send(
    addresses: Sequence[str],
    title: str,
    body: str,
    *,
    pause: float,
    markdown: bool = False,
    page: str | None = None,
) -> None:
    """Deliver the message to every address, trying each three times with ``pause`` seconds between.

    A mail has the HTML ``page`` instead of the body, where there is one, and its text beside it for those who
    read no HTML.

    Raises what ``services`` raises (nothing is sent then), and NotDelivered where an address did not take the
    message; the others may have got it.
    """
    found = services(addresses)
    import apprise

    form = apprise.NotifyFormat.MARKDOWN if markdown else apprise.NotifyFormat.TEXT
    plain, mail = (
        {"body": body, "body_format": form},
        {"body": page, "body_format": apprise.NotifyFormat.HTML},
    )
    failed = [
        _name(number, addresses[number - 1])
        for number, service in enumerate(found, 1)
        if not _delivered(service, pause, title=title, **(mail if page and _is_mail(service) else plain))
    ]
    if failed:
        raise NotDelivered(failed, TRIES)


def services(addresses: Sequence[str]) -> list[Any]:
    """What Apprise makes of each address.

    Raises Refused without Apprise, BadValue for one it does not know.
    """
    try:
        import apprise
    except ImportError:
        raise Refused("--notify needs Apprise. Install it with: pip install 'forecastlog[notify]'") from None
    log = logging.getLogger("apprise")
    log.addHandler(logging.NullHandler())
    log.propagate = False
    return [_service(apprise, number, address) for number, address in enumerate(addresses, 1)]


def _service(apprise: Any, number: int, address: str) -> Any:
    service = apprise.Apprise()
    if not service.add(address):
        raise BadValue(f"--notify: {_name(number, address)} is none that Apprise can use.")
    return service


def _is_mail(service: Any) -> bool:
    """Whether it sends by SMTP, as ``mailto://`` does."""
    from apprise.plugins.email import NotifyEmail

    return all(isinstance(one, NotifyEmail) for one in service)


def _delivered(service: Any, pause: float, **message: Any) -> bool:
    for attempt in range(TRIES):
        if attempt:
            time.sleep(pause * attempt)
        if service.notify(**message):
            return True
    return False


def _name(number: int, address: str) -> str:
    scheme = re.match(r"[a-z0-9+.-]{1,20}(?=://)", address, re.ASCII | re.IGNORECASE)
    return f"address {number} ({scheme[0]}://...)" if scheme else f"address {number}"
