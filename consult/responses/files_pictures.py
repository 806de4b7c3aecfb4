"""Pictures written anew: what is seen stays; place, time, device and everything else a camera adds does not.

Decoding a stranger's picture is the risky part: few formats, and looked at before anything is unpacked.
"""

from __future__ import annotations

import io
import warnings
from typing import BinaryIO

from PIL import Image, ImageOps

from consult.questions.file_types import FileType

LONGEST_EDGE = 4_096
"""Pixels; what is larger is made smaller. A question says less with the parameter ``max-pixels``."""

MOST_PIXELS = 40_000_000
"""Of what has to be unpacked into memory (four bytes each)."""

MOST_PIXELS_OF_JPEG = 220_000_000
"""A JPEG can be unpacked at an eighth of its size; telephones take pictures of 200 million pixels."""

_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/gif": "GIF", "image/webp": "WEBP"}
_KEPT_AS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/gif": "PNG", "image/webp": "JPEG"}


class Unreadable(Exception):
    """It is no picture, or a damaged one."""


class TooManyPixels(Exception):
    """It would take too much memory."""


def written_anew(picture: BinaryIO, found: FileType, longest_edge: int = LONGEST_EDGE) -> tuple[bytes, str]:
    """The picture without anything but its pixels, upright, and the type it has now.

    Photographs stay JPEG (WebP becomes JPEG unless it is transparent); what has sharp lines stays PNG; of a
    moving one the first picture is kept. Raises Unreadable, TooManyPixels.
    """
    try:
        with warnings.catch_warnings():
            # Pillow warns of what it takes for a bomb; our own limits are lower or said above.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image: Image.Image = Image.open(picture, formats=(_FORMATS[found.type],))
            return _saved(_unpacked(image, min(longest_edge, LONGEST_EDGE)), _KEPT_AS[found.type])
    except Image.DecompressionBombError:
        raise TooManyPixels from None
    except TooManyPixels:
        raise
    except (ArithmeticError, AttributeError, EOFError, IndexError, KeyError, MemoryError) as problem:
        raise Unreadable from problem
    except (OSError, SyntaxError, TypeError, ValueError) as problem:  # what decoders raise
        raise Unreadable from problem


def _unpacked(image: Image.Image, longest_edge: int) -> Image.Image:
    pixels = image.width * image.height
    if pixels > MOST_PIXELS_OF_JPEG:
        raise TooManyPixels
    if image.format == "JPEG" and max(image.size) > longest_edge:
        image.draft(None, (longest_edge, longest_edge))
    if image.width * image.height > MOST_PIXELS:
        raise TooManyPixels
    image.load()
    turned = ImageOps.exif_transpose(image)
    turned.thumbnail((longest_edge, longest_edge), Image.Resampling.LANCZOS)
    return turned


def _saved(image: Image.Image, kept_as: str) -> tuple[bytes, str]:
    is_transparent = image.has_transparency_data
    if kept_as == "JPEG" and not is_transparent:
        plain = image.convert("RGB")
    else:
        kept_as = "PNG"
        plain = image.convert("RGBA" if is_transparent else "L" if image.mode in ("1", "L") else "RGB")
    plain.info = {}  # comments and colour profiles would be written again
    out = io.BytesIO()
    if kept_as == "JPEG":
        plain.save(out, "JPEG", quality=88, optimize=True)
    else:
        plain.save(out, "PNG", optimize=True)
    return out.getvalue(), f"image/{kept_as.lower()}"
