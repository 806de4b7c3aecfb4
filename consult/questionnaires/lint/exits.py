"""Choices that let people out: by their code, or by the words of their label in the languages we know."""

from __future__ import annotations

import re

from consult.questionnaires.lint.remark import plain
from consult.questions.question import Choice

_REFUSALS = frozenset(
    (
        *("prefer_not", "prefer_not_to_answer", "prefer_not_to_say", "pnta", "pns", "refused", "refuse"),
        *("no_answer", "noanswer", "decline", "declined", "rather_not_say", "refus", "pas_de_reponse"),
    )
)
_EXITS = _REFUSALS | {
    *("dont_know", "do_not_know", "dontknow", "dk", "dnk", "idk", "not_applicable", "na", "n_a", "none"),
    *("not_sure", "unsure", "nsp", "ne_sait_pas", "sans_objet", "aucun"),
}
_REFUSING = re.compile(
    r"\b(prefer not|rather not|(don't|do not) (want|wish) to (answer|say)|decline to|refuse[ds]?\b"
    r"|no answer\b)"
    r"|\b(préf[èé]r\w+ ne pas|ne (souhaite|veu[xt]|désire) pas (répondre|le dire)|refus|pas de réponse)"
    r"|\b(prefiero no|prefiere no|no (deseo|quiero) (responder|contestar|decir))"
    r"|أفضل عدم|أفضّل عدم|لا أرغب في|أرفض|不愿|不想回答|拒绝",
    re.IGNORECASE,
)
_LEAVING = re.compile(
    r"\b((don't|do not) know|not sure|not applicable|does not apply|n/a|none of (these|the above))\b"
    r"|\b(ne sa(is|it) pas|sans objet|ne s'applique pas|aucune? de ces|n/?d)\b"
    r"|\bno (sé|sabe|aplica)\b|لا أعرف|لا ينطبق|不知道|不适用",
    re.IGNORECASE,
)


def is_refusal(choice: Choice) -> bool:
    """Whether it means "I prefer not to answer"."""
    return choice.key.lower() in _REFUSALS or _says(choice, _REFUSING)


def is_exit(choice: Choice) -> bool:
    """Whether it lets people go on without an answer: refusing, not knowing, not being concerned."""
    is_known = choice.key.lower() in _EXITS or choice.is_exclusive
    return is_known or is_refusal(choice) or _says(choice, _LEAVING)


def _says(choice: Choice, pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(plain(text)) for text in choice.label.values())
