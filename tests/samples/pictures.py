"""Files as people send them: a photograph that says where it was taken, drawings, films, hidden things."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image, ImageCms, PngImagePlugin

SECRET = b"taken by Amal at home"


def photograph(width: int = 80, height: int = 60, *, turned: bool = False) -> bytes:
    """A JPEG with everything that a telephone adds: place, device, comment, colour profile."""
    exif = Image.Exif()
    exif[0x010F] = SECRET.decode()
    exif[0x0112] = 6 if turned else 1
    exif.get_ifd(0x8825).update({1: "N", 2: (43.0, 39.0, 0.0), 3: "W", 4: (79.0, 23.0, 0.0)})
    out = io.BytesIO()
    picture = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    picture.save(out, "JPEG", exif=exif, comment=SECRET, icc_profile=SECRET * 10)
    return out.getvalue()


def red_called_green() -> bytes:
    """A JPEG of what is pure red in numbers, with a profile that takes the first number for green."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = profile.index(b"rXYZ"), profile.index(b"gXYZ")
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    out = io.BytesIO()
    Image.new("RGB", (10, 10), (255, 0, 0)).save(out, "JPEG", quality=95, icc_profile=bytes(profile))
    return out.getvalue()


def drawing() -> bytes:
    """A transparent PNG with words in it that nobody sees."""
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", SECRET.decode())
    out = io.BytesIO()
    Image.new("RGBA", (90, 36), (0, 0, 0, 0)).save(out, "PNG", pnginfo=words)
    return out.getvalue()


def moving() -> bytes:
    """A GIF of two pictures."""
    out = io.BytesIO()
    first, second = Image.new("P", (20, 20), 1), Image.new("P", (20, 20), 2)
    first.save(out, "GIF", save_all=True, append_images=[second])
    return out.getvalue()


def bomb(width: int = 50_000, height: int = 50_000) -> bytes:
    """A PNG of a few hundred bytes that says it is enormous."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(b"\0" * 99_999))
        + _chunk(b"IEND", b"")
    )


def film(size: int = 2_000) -> bytes:
    return b"\0\0\0\x20ftypisom\0\0\2\0isomiso2mp41" + b"\0" * size


SOUND = b"ID3\4\0\0\0\0\0\0" + b"\xff\xfb\x90\x64" * 200
DOCUMENT = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PAGE = b"<!DOCTYPE html><script>alert(document.cookie)</script>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
