"""Words that lead, and negations that cancel each other out. English and French; short lists, on purpose.

*Leading*: words that say which answer is wanted, at the places where they do ("don't you think", "obviously",
"n'est-ce pas"). *Double negative*: two negations in one clause, a negation before a negative word ("not
unhappy", "pas impossible"), or a negated statement on a scale of agreement ("disagree" is the second).
Fixed turns ("whether or not", "if not, why not", "I do not know") do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from consult.i18n import lazy_gettext as _l
from consult.questionnaires.lint.remark import Remark, asked, plain, spoken
from consult.questionnaires.lint.scales import direction
from consult.questionnaires.specification import Questionnaire
from consult.questions.question import Question

_LEADING = {
    "en": r"\b((?<!why )(do|would|are|is|have|should|could)n't (you|we) (\w+ )?(think|agree|feel|find|say"
    r"|believe|like|prefer|sure)"
    r"|(isn't|wasn't|doesn't) (it|that|this) (\w+ )?(true|right|obvious|great|important|terrible|wonderful)"
    r"|as (everyone|everybody|we all|you) knows?|everyone (knows|agrees)|it is (clear|obvious"
    r"|well known) that|obviously"
    r"|of course,|surely,? (you|we|this|that))",
    "fr": r"\b(ne (pensez|trouvez|croyez|diriez|seriez)[- ]vous pas|n'(êtes|pensez|est)-(vous|ce) pas"
    r"|comme (chacun|tout le monde|nous) (le )?(sait|savons)|tout le monde sait|il est (clair"
    r"|évident|bien connu) que"
    r"|évidemment|bien entendu|bien sûr)",
}
_CLAUSES = re.compile(
    r"[.?!;:,()…\"«»“”–—]+|\b(?:but|because|and|or|so|when|that|who|which|mais|parce|et|ou|quand"
    r"|que|qui|car|donc)\b",
    re.I,
)
_FIXED = {
    "en": r"\b(whether or not|if (you do )?not|why (\w+ ){0,2}(not|\w+n't)( \w+)?|not only|(do|did"
    r"|does) not (know|apply)|(do|did|does)n't (know|apply)"
    r"|yes or no|no one else|no longer|no more than|no less than|prefer not to \w+|not sure"
    r"|neither|nor|no\.)\b",
    "fr": r"\b(oui ou non|sinon|n'est-ce pas|ne (sais|sait|savez) pas|non plus|ne s'applique pas"
    r"|si non|ni)\b",
}
_NEGATION = {
    "en": r"\b(not|never|none|nobody|nothing|nowhere|without|cannot|no)\b|\b\w+n't\b",
    "fr": r"\b(?:ne |n')(?:\S+ ){0,3}?\S*\b(?:pas|jamais|rien|personne|aucune?|guère)\b|\bsans\b",
}
_NEGATIVE = (
    r"(un(able|aware|happy|likely|willing|necessary|important|safe|fair|satisfied|welcome"
    r"|comfortable|usual|common)"
    r"|im(possible|probable)|in(capable|adequate|sufficient|effective)|dis(agree|satisfied|like"
    r"|approve|honest)"
    r"|unless|lack\w*|fail\w*|prevent\w*|forbid\w*|prohibit\w*|refus\w*|den(y|ied))",
    r"(impossible|incapable|insuffisante?s?|insatisfaite?s?|inutiles?|improbable|injuste|mécontente?s?"
    r"|désaccord|malheureu(x|se)|refus\w*|interdi\w*|empêch\w*)",
)
_BEFORE = {
    "en": rf"(\b(not|never)|n't)( (at all|very|entirely|completely|really|be|feel|feeling"
    rf"|been))? {_NEGATIVE[0]}\b",
    "fr": rf"\b(pas|jamais)( (du tout|très|vraiment|complètement|être|été))? {_NEGATIVE[1]}\b",
}
_RULES = {
    language: tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (_LEADING[language], _FIXED[language], _NEGATION[language], _BEFORE[language])
    )
    for language in ("en", "fr")
}


def leading(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Questions that say which answer is wanted."""
    for question in asked(questionnaire):
        for language, (pattern, *_rest) in _RULES.items():
            for code, text in spoken(question.label, language):
                if found := pattern.search(plain(text)):
                    yield Remark(
                        "wording_leading",
                        f"question:{question.key}:label",
                        _l("“%(words)s” tells people which answer you hope for.", words=found[0]),
                        _l("Ask neutrally, so that every answer is as easy to give."),
                        language=code,
                    )


def double_negatives(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Questions in which two negations must be worked out."""
    for question in asked(questionnaire):
        for language in _RULES:
            for code, text in spoken(question.label, language):
                # Whether people agree with it takes longest to find out, and matters least often.
                if has_double_negative(text, language, is_statement=True) and (
                    has_double_negative(text, language) or _is_agreed_with(question)
                ):
                    yield Remark(
                        "double_negative",
                        f"question:{question.key}:label",
                        _l("In “%(name)s”, two negations must be worked out at once.", name=question.key),
                        _l("Say it positively: “I feel safe” instead of “I do not feel unsafe”."),
                        language=code,
                    )


def has_double_negative(text: str, language: str, *, is_statement: bool = False) -> bool:
    """Whether a sentence of this language negates twice. ``is_statement``: people agree with it or not."""
    _leading, fixed, negation, before = _RULES[language]
    cleaned = fixed.sub(" ", plain(text))
    if before.search(cleaned):
        return True
    counts = [len(negation.findall(clause)) for clause in _CLAUSES.split(cleaned)]
    return max(counts, default=0) > 1 or (is_statement and sum(counts) > 0 and "?" not in text)


def _is_agreed_with(question: Question) -> bool:
    found = direction(question.choices)
    return found is not None and found[0] == "agreement"
