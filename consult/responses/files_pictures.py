"""Pictures written anew: what is seen stays; place, time, device and everything else a camera adds does not.

A profile says what its colours mean, and names screens and their owners: the colours become those every
screen shows (sRGB), and the profile goes too.

Decoding a stranger's picture is the risky part: few formats, and looked at before anything is unpacked.
"""

from __future__ import annotations

import io
import warnings
from typing import BinaryIO

from PIL import Image, ImageCms, ImageOps

from consult.questions.file_types import FileType

LONGEST_EDGE = 4_096
"""Pixels; what is larger is made smaller. A question says less with the parameter ``max-pixels``."""

MOST_PIXELS = 40_000_000
"""Of what has to be unpacked into memory (four bytes each)."""

MOST_PIXELS_OF_JPEG = 220_000_000
"""A JPEG can be unpacked at an eighth of its size; telephones take pictures of 200 million pixels."""

LARGEST_PROFILE = 1 << 20
"""Bytes; those of cameras and screens have a few thousand, those of printers some hundred thousand."""

_WITH_PROFILE = frozenset(("RGB", "RGBA", "L", "CMYK"))
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
            unpacked = _unpacked(image, min(longest_edge, LONGEST_EDGE))
            return _saved(_in_usual_colours(unpacked), _KEPT_AS[found.type])
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


def _in_usual_colours(image: Image.Image) -> Image.Image:
    """As its profile means them; as they are where it has none, or none that can be read."""
    profile = image.info.get("icc_profile")
    if not isinstance(profile, bytes) or not 0 < len(profile) <= LARGEST_PROFILE:
        return image
    plain = (
        image
        if image.mode in _WITH_PROFILE
        else image.convert("RGBA" if image.has_transparency_data else "RGB")
    )
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = "RGBA" if plain.mode == "RGBA" else "RGB"
        return (
            ImageCms.profileToProfile(plain, given, ImageCms.createProfile("sRGB"), outputMode=mode) or image
        )
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return image


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
