"""Sound and film as devices write them: the smallest that have something to hide in every format."""

from __future__ import annotations

import io
import wave

from tests.samples.pictures import SECRET

MOMENT = b"\xe1\xe2\xe3\xe4"
"""A time in a film's head."""


def box(name: bytes, content: bytes) -> bytes:
    return (len(content) + 8).to_bytes(4, "big") + name + content


def film() -> bytes:
    """An MP4 whose user data says where it was taken, before and inside of the pictures' track."""
    place = box(b"udta", box(b"\xa9xyz", SECRET))
    times = bytes(4) + MOMENT * 2
    media = box(b"mdia", box(b"mdhd", times + b"kept") + box(b"minf", b"kept"))
    track = box(b"trak", box(b"tkhd", times + b"kept") + media + box(b"meta", SECRET))
    head = box(b"moov", box(b"mvhd", b"\x01" + bytes(3) + MOMENT * 4 + b"kept") + track + place)
    return box(b"ftyp", b"isom\0\0\2\0isomiso2mp41") + head + box(b"uuid", SECRET) + box(b"mdat", b"pictures")


def chunk(name: bytes, content: bytes) -> bytes:
    return name + len(content).to_bytes(4, "little") + content + b"\0" * (len(content) % 2)


def wav() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(range(100)) * 2)
    content = out.getvalue() + chunk(b"bext", SECRET) + chunk(b"LIST", b"INFO" + chunk(b"IART", SECRET))
    return content[:4] + (len(content) - 8).to_bytes(4, "little") + content[8:]


def avi() -> bytes:
    head = chunk(b"LIST", b"hdrl" + chunk(b"avih", b"kept") + chunk(b"IDIT", SECRET))
    content = b"AVI " + head + chunk(b"LIST", b"movi" + chunk(b"00dc", b"pictures"))
    return chunk(b"RIFF", content)


def flac() -> bytes:
    blocks = ((0, b"kept" * 9), (4, SECRET), (0x80 | 6, SECRET))
    return (
        b"fLaC" + b"".join(bytes((kind,)) + len(c).to_bytes(3, "big") + c for kind, c in blocks) + b"\xff\xf8"
    )


def mp3() -> bytes:
    front = b"ID3\3\0\x40\0\0\0" + bytes((len(SECRET),)) + SECRET
    items = chunk(b"item", SECRET)
    foot = (len(items) + 32).to_bytes(4, "little")
    behind = b"APETAGEX" + bytes(24) + items + b"APETAGEX" + bytes(4) + foot + bytes(16)
    return front + b"\xff\xfb\x90\x64" * 200 + behind + b"TAG" + SECRET.ljust(125)


def page(serial: int, number: int, *packets: bytes) -> bytes:
    lengths = b"".join(b"\xff" * (len(each) // 255) + bytes((len(each) % 255,)) for each in packets)
    head = b"OggS" + bytes(10) + serial.to_bytes(4, "little") + number.to_bytes(4, "little") + bytes(4)
    return checked(head + bytes((len(lengths),)) + lengths + b"".join(packets))


def checked(whole: bytes) -> bytes:
    """A page of Ogg with its checksum, bit by bit as the standard writes it."""
    value = 0
    for byte in whole[:22] + bytes(4) + whole[26:]:
        for bit in range(7, -1, -1):
            value = (value << 1) ^ (0x04C11DB7 if (value >> 31) ^ (byte >> bit & 1) else 0)
            value &= 0xFFFFFFFF
    return whole[:22] + value.to_bytes(4, "little") + whole[26:]


def ogg(magic: bytes = b"OpusTags", ending: bytes = b"") -> bytes:
    words = [len(each).to_bytes(4, "little") + each for each in (b"maker", b"ARTIST=" + SECRET * 12)]
    comments = magic + words[0] + (1).to_bytes(4, "little") + words[1] + ending
    return page(7, 0, b"OpusHead kept") + page(7, 1, comments) + page(7, 2, b"sound", b"more sound")


def element(name: bytes, content: bytes, *, is_endless: bool = False) -> bytes:
    size = b"\x01" + b"\xff" * 7 if is_endless else (len(content) | 1 << 28).to_bytes(4, "big")
    return name + size + content


def webm() -> bytes:
    """Recorded live: neither the segment nor its first cluster says how long it is."""
    info = element(b"\x15\x49\xa9\x66", element(b"\x44\x61", MOMENT * 2) + element(b"\x7b\xa9", SECRET))
    live = element(
        b"\x1f\x43\xb6\x75", element(b"\xe7", b"\1") + element(b"\xa3", b"pictures"), is_endless=True
    )
    tags = element(b"\x12\x54\xc3\x67", SECRET)
    known = element(b"\x1f\x43\xb6\x75", element(b"\xa3", b"more pictures"))
    return element(b"\x1a\x45\xdf\xa3", b"kept") + element(
        b"\x18\x53\x80\x67", info + live + known + tags, is_endless=True
    )
