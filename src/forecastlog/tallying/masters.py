"""Where Spark may run, and whether anybody answers there: Spark itself would try for many minutes."""

from __future__ import annotations

import re
import socket
from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import urlsplit

from forecastlog.errors import BadValue, Refused

PORTS: Mapping[str, int] = MappingProxyType({"sc": 15002, "spark": 7077})
"""Where masters listen that name no port."""
PATIENCE = 10.0
"""Seconds after which nobody is taken to answer."""
_UNASKED = re.compile(r"local(\[(\d+|\*)(, ?\d+)?\])?|yarn|k8s://.+")
"""Masters that are no address, or are found by a cluster's own means."""
_HOW = "Write local[4], spark://host:7077, yarn, or sc://host for Spark Connect."


def check_answers(master: str) -> None:
    """Raise BadValue for what is no master of Spark's, Refused where nobody answers at its addresses."""
    if _UNASKED.fullmatch(master):
        return
    scheme, _, rest = master.partition("://")
    if scheme not in PORTS:
        raise BadValue(f"--master {master[:100]}: this is no place where Spark runs. {_HOW}")
    places = [_place(address, PORTS[scheme]) for address in rest.partition("/")[0].split(",")]
    if not all(re.fullmatch(r"[A-Za-z0-9.:_-]+", host) for host, _ in places):
        raise BadValue(f"--master {master[:100]}: this names no host. {_HOW}")
    reasons = list(map(_silence, places))
    if all(reasons):
        host, port = places[0]
        raise Refused(f"nobody answers at {host}:{port} ({reasons[0]}). Is Spark running there?")


def _place(address: str, port: int) -> tuple[str, int]:
    parts = urlsplit(f"//{address}")
    try:
        found = parts.port
    except ValueError:  # no number of a port
        return "", port
    return parts.hostname or "", found or port


def _silence(place: tuple[str, int]) -> str:
    """Why nobody answers; empty where somebody does."""
    try:
        socket.create_connection(place, PATIENCE).close()
    except OSError as error:
        return (error.strerror or str(error)).lower()
    return ""
