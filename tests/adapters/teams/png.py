"""Reads a PNG, for tests that look at what an icon shows."""

import struct
import zlib


def pixels(png: bytes) -> list[list[tuple[int, ...]]]:
    """The rows of a PNG of 8-bit colours, with or without alpha. https://www.w3.org/TR/png"""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    place, packed, header = 8, b"", b""
    while place < len(png):
        length, kind = struct.unpack(">I4s", png[place : place + 8])
        body = png[place + 8 : place + 8 + length]
        assert struct.unpack(">I", png[place + 8 + length :][:4])[0] == zlib.crc32(kind + body)
        header = body if kind == b"IHDR" else header
        packed += body if kind == b"IDAT" else b""
        place += 12 + length
    width, height, depth, colours, *_, interlaced = struct.unpack(">IIBBBBB", header)
    assert (depth, interlaced) == (8, 0)
    step = {2: 3, 6: 4}[colours]
    raw = zlib.decompress(packed)
    rows, above = [], bytes(width * step)
    for start in range(0, len(raw), width * step + 1):
        above = unfiltered(raw[start], raw[start + 1 : start + 1 + width * step], above, step)
        rows.append([tuple(above[at : at + step]) for at in range(0, len(above), step)])
    assert len(rows) == height
    return rows


def unfiltered(kind: int, line: bytes, above: bytes, step: int) -> bytes:
    row = bytearray()
    for at, value in enumerate(line):
        left = row[at - step] if at >= step else 0
        corner = above[at - step] if at >= step else 0
        guess = left + above[at] - corner
        nearest = min((left, above[at], corner), key=lambda near: abs(guess - near))
        row.append((value + (0, left, above[at], (left + above[at]) // 2, nearest)[kind]) % 256)
    return bytes(row)
