"""Codes as people read, say and type them."""

from __future__ import annotations

import re
import uuid

import pytest

from consult.responses.codes import ALPHABET, normalise, receipt

SECRET_KEY = "a key that only tests know"
RESPONSE = uuid.UUID("7a8da3e2-a5bc-4988-9e0e-4383c0dd00f1")


@pytest.mark.parametrize(
    "written",
    [
        "7K3M-Q2X9-B4T0",
        "7k3m q2x9 b4t0",
        " 7k3mq2x9b4to ",
        "7K3M–Q2X9–B4TO",
        "7K3M_Q2X9.B4T0",
        "7K3M‑Q2X9\u00a0B4T0",
    ],
)
def test_code_is_understood_however_it_is_written(written: str) -> None:
    assert normalise(written) == "7K3MQ2X9B4T0"


@pytest.mark.parametrize("misread", ["1111-0000", "IlLi-OoOo", "1l1I-0O0o"])
def test_letters_that_look_like_digits_are_digits(misread: str) -> None:
    assert normalise(misread) == "11110000"


def test_alphabet_has_no_letter_that_is_mistaken_for_another() -> None:
    assert len(set(ALPHABET)) == 32
    assert not set("ILOU") & set(ALPHABET)


def test_receipt_is_short_and_readable() -> None:
    assert re.fullmatch(rf"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", receipt(RESPONSE, SECRET_KEY))


def test_receipt_is_the_same_every_time() -> None:
    assert receipt(RESPONSE, SECRET_KEY) == receipt(uuid.UUID(RESPONSE.hex), SECRET_KEY)


def test_receipt_cannot_be_worked_out_without_the_installations_key() -> None:
    assert receipt(RESPONSE, SECRET_KEY) != receipt(RESPONSE, "another key")


def test_receipts_of_many_responses_use_every_symbol_about_equally() -> None:
    symbols = "".join(receipt(uuid.UUID(int=number), SECRET_KEY) for number in range(2_000)).replace("-", "")
    expected = len(symbols) / 32

    assert all(0.8 * expected < symbols.count(each) < 1.2 * expected for each in ALPHABET)
