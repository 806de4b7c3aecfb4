"""What DDI says of the whole survey: who, when, how, and what people were told. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from xml.etree import ElementTree as ET

from consult.i18n import Localized
from consult.questions.rich_text import plain_text
from consult.reports.columns import channel_names
from consult.reports.method import method_said
from consult.reports.research.elements import add, add_each
from consult.reports.source import Source
from consult.reports.tally import Tally
from consult.reports.wording import Said, Wording


def add_document(root: ET.Element, w: Wording, source: Source) -> None:
    """Of the document itself."""
    citation = add(add(root, "docDscr"), "citation")
    _add_titles(citation, w, source)
    production = add(citation, "prodStmt")
    _add_said(production, "producer", w, w.text(source.organisation))
    add(production, "prodDate", source.made_on.isoformat(), date=source.made_on.isoformat())
    add(production, "software", "consult", version=version("consult"))


def add_study(root: ET.Element, w: Wording, source: Source, tally: Tally) -> None:
    """``w``: the languages in which it is described."""
    study = add(root, "stdyDscr")
    _add_citation(study, w, source)
    _add_information(study, w, source, tally)
    sections = [(title, _together(w, sentences)) for title, sentences in method_said(w, source, tally)]
    asking, answering, counting, weighting, privacy = (said for _, said in sections)
    collection = add(add(study, "method"), "dataColl")
    _add_said(collection, "sampProc", w, answering)
    names = channel_names(w)
    for channel in tally.channels:
        _add_said(collection, "collMode", w, names[channel])
    _add_said(collection, "resInstru", w, asking)
    _add_said(collection, "weight", w, weighting)
    use = add(add(study, "dataAccs"), "useStmt")
    _add_said(use, "confDec", w, privacy)
    keeping = w.gettext(
        "These are answers of single people. Do not try to find out who they are, and do not pass the files "
        "on."
    )
    _add_said(use, "conditions", w, keeping)
    _add_said(study, "notes", w, counting, type="counting")
    _add_notices(study, source)


def _add_citation(study: ET.Element, w: Wording, source: Source) -> None:
    citation = add(study, "citation")
    _add_titles(citation, w, source)
    responsible = add(citation, "rspStmt")
    _add_said(responsible, "AuthEnty", w, w.text(source.organisation))
    _add_said(add(citation, "prodStmt"), "producer", w, w.text(source.organisation))
    _add_said(add(citation, "distStmt"), "distrbtr", w, w.text(source.organisation))
    editions = add(citation, "verStmt")
    for each in source.versions:
        add(editions, "version", str(each.number), date=each.published_on.isoformat(), type="form")


def _add_titles(citation: ET.Element, w: Wording, source: Source) -> None:
    titles = add(citation, "titlStmt")
    spoken = dict(zip(w.languages, w.text(source.title, source.slug), strict=True))
    first = source.languages[0] if source.languages[0] in spoken else w.languages[0]
    add(titles, "titl", spoken.pop(first), first)
    add_each(titles, "parTitl", {code: text for code, text in spoken.items() if code in source.title})
    add(titles, "IDNo", source.slug)


def _add_information(study: ET.Element, w: Wording, source: Source, tally: Tally) -> None:
    about = add(study, "stdyInfo")
    notice = source.versions[-1].notice if source.versions else None
    if notice is not None:
        add_each(about, "abstract", _plain(notice.introduction) or _plain(notice.purpose))
    summary = add(about, "sumDscr")
    for event, day in (("start", tally.first_on), ("end", tally.last_on)):
        if day is not None:
            add(summary, "collDate", day.isoformat(), event=event, date=day.isoformat())
    _add_said(summary, "anlyUnit", w, w.gettext("A response: what one person answered."))
    _add_said(summary, "dataKind", w, w.gettext("Survey answers"))


def _add_notices(study: ET.Element, source: Source) -> None:
    """What was told before the first question, by version of the form: consent was given to it."""
    said: set[tuple[str, Localized]] = set()
    for each in source.versions:
        notice = each.notice
        for kind in ("introduction", "authority", "purpose", "contact"):
            text: Localized = getattr(notice, kind)
            if text and (kind, text) not in said:
                said.add((kind, text))
                add_each(
                    study, "notes", _plain(text), type="notice", subject=kind, level=f"version {each.number}"
                )


def _add_said(parent: ET.Element, tag: str, w: Wording, said: Said, **attributes: str) -> None:
    texts: dict[str, str] = {}
    for code, text in zip(w.languages, said, strict=True):
        if text and text not in texts.values():
            texts[code] = text
    add_each(parent, tag, texts, **attributes)


def _together(w: Wording, sentences: Iterable[Said]) -> Said:
    told = list(sentences)
    return Said(" ".join(each[place] for each in told) for place in range(len(w.languages)))


def _plain(text: Localized) -> dict[str, str]:
    return {code: plain_text(each) for code, each in text.items()}
