"""Pictures with a palette: a page of text and charts has few colours, and its picture then half the bytes."""

import base64
import struct
import zlib
from pathlib import Path

from playwright.sync_api import Page

COLOURS = 256
READ = """async (encoded) => {
  const picture = new Image();
  picture.src = "data:image/png;base64," + encoded;
  await picture.decode();
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const drawing = canvas.getContext("2d");
  drawing.drawImage(picture, 0, 0);
  const pixels = new Uint32Array(drawing.getImageData(0, 0, picture.width, picture.height).data.buffer);
  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) || 0) + 1);
  const kept = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a)).slice(0, COLOURS);
  const places = new Map(kept.map((colour, place) => [colour, place]));
  const part = (colour, shift) => (colour >>> shift) & 255;
  const apart = (a, b) => [0, 8, 16].reduce((sum, shift) => sum + (part(a, shift) - part(b, shift)) ** 2, 0);
  const nearest = (colour) =>
    kept.reduce((best, other, place) => (apart(colour, other) < apart(colour, kept[best]) ? place : best), 0);
  let text = "";
  for (const pixel of pixels) {
    if (!places.has(pixel)) places.set(pixel, nearest(pixel));
    text += String.fromCharCode(places.get(pixel));
  }
  const palette = kept.map((colour) => [0, 8, 16].map((shift) => part(colour, shift)));
  return { width: picture.width, height: picture.height, palette, places: btoa(text) };
}""".replace("COLOURS", str(COLOURS))
"""Run in a page without a policy on pictures: the most frequent colours, and for each pixel the nearest of them."""


def keep(page: Page, picture: bytes, file: Path) -> None:
    """Write a picture (PNG) with at most 256 colours; `page` is one that may run scripts, such as about:blank.

    The format: PNG specification, third edition, colour type 3, no filters.
    """
    read = page.evaluate(READ, base64.b64encode(picture).decode())
    width, height = read["width"], read["height"]
    places = base64.b64decode(read["places"])
    rows = b"".join(b"\0" + places[at : at + width] for at in range(0, width * height, width))
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    palette = bytes(part for colour in read["palette"] for part in colour)
    chunks = ((b"IHDR", head), (b"PLTE", palette), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
