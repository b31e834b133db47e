"""Write a screenshot with a palette: pages have few colours, and so it needs a third of the bytes."""

import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from itertools import batched

SIGNATURE = b"\x89PNG\r\n\x1a\n"
BITS = 0xF8  # of a part; colours that are equal in them become the one of them that is seen most


def with_palette(png: bytes) -> bytes:
    """The same picture in at most 256 colours; ``png`` has three bytes a pixel, as browsers write it."""
    chunks = list(_chunks(png))
    width, height, *form = struct.unpack(">IIBBBBB", chunks[0][1])
    if form != [8, 2, 0, 0, 0]:
        raise ValueError("not a picture of three plain bytes a pixel")
    data = zlib.decompress(b"".join(body for kind, body in chunks if kind == b"IDAT"))
    rows = list(_rows(data, width * 3))
    counts = Counter(pixel for row in rows for pixel in batched(row, 3, strict=True))
    palette: dict[tuple[int, ...], tuple[int, ...]] = {}
    for colour, _count in counts.most_common():
        palette.setdefault(tuple(part & BITS for part in colour), colour)
    kept = list(palette.values())[:256]
    at = {colour: _nearest(kept, palette[tuple(part & BITS for part in colour)]) for colour in counts}
    body = b"".join(b"\0" + bytes(at[pixel] for pixel in batched(row, 3, strict=True)) for row in rows)
    return SIGNATURE + b"".join(
        (
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", b"".join(bytes(colour) for colour in kept)),
            _chunk(b"IDAT", zlib.compress(body, 9)),
            _chunk(b"IEND", b""),
        )
    )


def _nearest(kept: list[tuple[int, ...]], colour: tuple[int, ...]) -> int:
    return min(
        range(len(kept)), key=lambda at: sum((a - b) ** 2 for a, b in zip(kept[at], colour, strict=True))
    )


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        at += 12 + size


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _rows(data: bytes, width: int) -> Iterator[bytes]:
    """The rows without the filters (PNG, section 9) that were laid over them."""
    above = bytes(width)
    for start in range(0, len(data), width + 1):
        how, row = data[start], bytearray(data[start + 1 : start + 1 + width])
        for i in range(width):
            left, corner = (row[i - 3], above[i - 3]) if i >= 3 else (0, 0)
            guess = (0, left, above[i], (left + above[i]) // 2, _paeth(left, above[i], corner))[how]
            row[i] = (row[i] + guess) & 255
        above = bytes(row)
        yield above


def _paeth(left: int, above: int, corner: int) -> int:
    guess = left + above - corner
    return min((left, above, corner), key=lambda value: abs(guess - value))
