"""A questionnaire as canonical JSON, and back: what is stored, published and compared.

Expressions are kept as their source: it is what authors wrote and what they get back; the tree
follows from it. What has its default value is left out, and a question names its choice list
instead of repeating it. Order inside lists is the order of asking; order of keys means nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields
from types import MappingProxyType
from typing import Any

from consult.expressions import Expression, ExpressionError
from consult.i18n import Localized
from consult.questionnaires.specification import Group, Notice, Questionnaire
from consult.questions.question import Choice, Question

FORMAT = 1
"""Grows when an older document would be read wrongly."""


class DocumentError(ValueError):
    """What was given is not the document of a questionnaire."""


def to_document(questionnaire: Questionnaire) -> dict[str, Any]:
    """Plain JSON values only: dicts, lists, strings, integers, booleans.

    Raises DocumentError if a question carries other choices than the list it names, as one does whose list
    was attached from a file.
    """
    if questionnaire.data is not None:
        raise DocumentError("files are attached: it is the questionnaire without them that has a document")
    for question in questionnaire.questions.values():
        listed = questionnaire.choice_lists.get(question.list_name, ())
        if question.choices is not listed and question.choices != listed:
            raise DocumentError(f"{question.key} does not carry the choices of {question.list_name!r}")
    return {"format": FORMAT, **_encoded_fields(questionnaire)}


def from_document(document: Mapping[str, Any]) -> Questionnaire:
    """The questionnaire that :func:`to_document` described. Raises DocumentError."""
    if document.get("format") != FORMAT:
        raise DocumentError(f"unknown format {document.get('format')!r}")
    content = {name: value for name, value in document.items() if name != "format"}
    try:
        lists = _choice_lists(content.pop("choice_lists", {}))
        given = _decoded_fields(Questionnaire, content)
        return Questionnaire(**given | {"items": _items(content["items"], lists), "choice_lists": lists})
    except (AttributeError, ExpressionError, KeyError, TypeError, ValueError) as problem:
        raise DocumentError(f"not a questionnaire: {problem!r}") from problem


def digest(document: Mapping[str, Any]) -> str:
    """SHA-256 (hexadecimal) of the canonical JSON: equal exactly when the questionnaires are."""
    return _sha256(document)


def notice_digest(document: Mapping[str, Any]) -> str:
    """SHA-256 (hexadecimal) of the privacy notice in all languages: what a consent is given to."""
    return _sha256(document.get("notice", {}))


def canonical(document: Mapping[str, Any]) -> bytes:
    """UTF-8 JSON with sorted keys and no spaces: one sequence of bytes per content."""
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def _sha256(document: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(document)).hexdigest()


def _encoded_fields(instance: Any) -> dict[str, Any]:
    encoded = {
        field.name: _encoded(value)
        for field in fields(instance)
        if field.compare and (value := getattr(instance, field.name)) != _default(field)
    }
    if isinstance(instance, Question):
        encoded.pop("choices", None)
    if isinstance(instance, Group):
        encoded.setdefault("items", [])  # what tells a group from a question
    return encoded


def _encoded(value: Any) -> Any:
    if isinstance(value, Expression):
        return value.source
    if isinstance(value, Mapping):
        return {key: _encoded(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [_encoded(inner) for inner in value]
    if isinstance(value, Choice | Group | Notice | Question):
        return _encoded_fields(value)
    return value


def _default(field: Field[Any]) -> Any:
    return field.default if field.default_factory is MISSING else field.default_factory()


def _texts(value: Any) -> Mapping[str, str]:
    return MappingProxyType({str(name): str(text) for name, text in value.items()})


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(value)
    return value


def _notice(value: Any) -> Notice:
    return Notice(**_decoded_fields(Notice, value))


# By the field's declared type: a new field of a known type needs nothing here.
_DECODERS: Mapping[str, Callable[[Any], Any]] = MappingProxyType(
    {
        "str": _text,
        "bool": _truth,
        "int | None": _whole,
        "Localized": lambda value: Localized(_texts(value)),
        "Expression | None": lambda value: Expression.parse(_text(value)),
        "Mapping[str, str]": _texts,
        "Mapping[str, Localized]": lambda value: MappingProxyType(
            {str(name): Localized(_texts(texts)) for name, texts in value.items()}
        ),
        "Notice": _notice,
        "tuple[str, ...]": lambda value: tuple(_text(inner) for inner in value),
    }
)


def _decoded_fields(kind: type, content: Mapping[str, Any]) -> dict[str, Any]:
    """Keyword arguments for ``kind``; fields of other types than :data:`_DECODERS` knows pass as they are."""
    declared = {field.name: str(field.type) for field in fields(kind) if field.compare}
    return {
        name: _DECODERS[declared[name]](value) if declared[name] in _DECODERS else value
        for name, value in content.items()
    }


def _choice_lists(content: Any) -> Mapping[str, tuple[Choice, ...]]:
    return MappingProxyType(
        {
            name: tuple(Choice(**_decoded_fields(Choice, choice)) for choice in choices)
            for name, choices in content.items()
        }
    )


def _items(content: Any, lists: Mapping[str, tuple[Choice, ...]]) -> tuple[Question | Group, ...]:
    return tuple(_group(item, lists) if "items" in item else _question(item, lists) for item in content)


def _group(content: Any, lists: Mapping[str, tuple[Choice, ...]]) -> Group:
    return Group(
        **_decoded_fields(Group, content | {"items": ()}) | {"items": _items(content["items"], lists)}
    )


def _question(content: Any, lists: Mapping[str, tuple[Choice, ...]]) -> Question:
    given = _decoded_fields(Question, content)
    return Question(**given, choices=lists.get(given.get("list_name", ""), ()))
