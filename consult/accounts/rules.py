"""Who may do what: one table of every office route. The check by it is in access.py."""

from __future__ import annotations

from dataclasses import dataclass

from consult.accounts.models import Role


@dataclass(frozen=True, slots=True)
class Rule:
    """``roles`` None: whoever is signed in. Else one of them in the organisation of the object in the
    address, or, on a list page, in any of the person's own organisations.

    ``is_fresh``: the password must have been given within the last minutes.
    ``before_second_factor``: also for somebody who has yet to set up a second factor that is required.
    """

    roles: frozenset[Role] | None = None
    is_public: bool = False
    is_fresh: bool = False
    before_second_factor: bool = False


def _roles(*roles: Role, is_fresh: bool = False) -> Rule:
    return Rule(roles=frozenset(roles), is_fresh=is_fresh)


_PUBLIC = Rule(is_public=True)
_SIGNED_IN = Rule()
_OWN_ACCOUNT = Rule(before_second_factor=True)
_OWN_ACCOUNT_FRESH = Rule(before_second_factor=True, is_fresh=True)
_COLLECTOR = _roles(Role.COLLECTOR)
_TRANSLATOR = _roles(Role.TRANSLATOR, Role.STAFF)
_STAFF = _roles(Role.STAFF)
_SURVEYS = _roles(Role.TRANSLATOR, Role.ANALYST, Role.STAFF)
_QUOTES = _roles(Role.ANALYST, Role.STAFF)
_RESULTS = _roles(Role.ANALYST, Role.STAFF, Role.ADMIN)
_DOWNLOADS = _roles(Role.COLLECTOR, Role.ANALYST, Role.STAFF, Role.ADMIN)
_ANSWERABLE = _roles(Role.STAFF, Role.ADMIN)
_ADMIN = _roles(Role.ADMIN)
_ADMIN_FRESH = _roles(Role.ADMIN, is_fresh=True)

RULES: dict[str, Rule] = {
    # health, style sheets, the door
    "healthz": _PUBLIC,
    "readyz": _PUBLIC,
    "static": _PUBLIC,
    # pictures and sound beside forms, by their content
    "medium": _SIGNED_IN,
    "start": _PUBLIC,
    # accounts
    "accounts.login": _PUBLIC,
    "accounts.code": _PUBLIC,
    "accounts.logout": _OWN_ACCOUNT,
    "accounts.confirm": _OWN_ACCOUNT,
    "accounts.forgotten": _PUBLIC,
    "accounts.reset": _PUBLIC,
    "accounts.invitation": _PUBLIC,
    "accounts.account": _OWN_ACCOUNT,
    "accounts.password": _OWN_ACCOUNT,
    "accounts.second_factor": _OWN_ACCOUNT_FRESH,
    "accounts.recovery_codes": _OWN_ACCOUNT_FRESH,
    "accounts.remove_second_factor": _OWN_ACCOUNT_FRESH,
    # organisations
    "organisations.work": _SIGNED_IN,
    "organisations.organisations": _ADMIN,
    "organisations.settings": _ADMIN,
    "organisations.people": _ADMIN,
    "organisations.invite": _ADMIN,
    "organisations.renew": _ADMIN,
    "organisations.withdraw": _ADMIN,
    "organisations.person": _ADMIN_FRESH,
    "organisations.remove": _ADMIN_FRESH,
    "organisations.lift_pause": _ADMIN,
    "organisations.reset_link": _ADMIN_FRESH,
    "organisations.reset_second_factor": _ADMIN_FRESH,
    # authoring
    "authoring.survey_list": _SURVEYS,
    "authoring.survey": _SURVEYS,
    "authoring.download": _SURVEYS,
    "authoring.xform": _SURVEYS,
    "authoring.preview": _SURVEYS,
    "authoring.preview_frame": _SURVEYS,
    "authoring.flow": _SURVEYS,
    "authoring.advice": _SURVEYS,
    "authoring.notes": _SURVEYS,
    "authoring.versions": _SURVEYS,
    "authoring.decide": _STAFF,
    "authoring.new": _STAFF,
    "authoring.upload": _STAFF,
    "authoring.publish": _STAFF,
    "authoring.open_": _STAFF,
    "authoring.close": _STAFF,
    "authoring.lock": _STAFF,
    "authoring.files": _STAFF,
    "authoring.notice": _STAFF,
    "authoring.sessions": _STAFF,
    "authoring.collectors": _STAFF,
    "authoring.translation": _TRANSLATOR,
    "authoring.add_language": _STAFF,
    "authoring.remove_language": _STAFF,
    "authoring.poster": _SURVEYS,
    # collecting
    "collecting.work": _COLLECTOR,
    "collecting.survey": _COLLECTOR,
    "collecting.new": _COLLECTOR,
    "collecting.go_on": _COLLECTOR,
    "collecting.page": _COLLECTOR,
    "collecting.save": _COLLECTOR,
    "collecting.review": _COLLECTOR,
    "collecting.submit": _COLLECTOR,
    "collecting.discard": _COLLECTOR,
    "collecting.entry": _COLLECTOR,
    "collecting.correct": _COLLECTOR,
    # reports
    "reports.survey_list": _RESULTS,
    "reports.results": _RESULTS,
    "reports.pulse": _RESULTS,
    "reports.progress": _RESULTS,
    "reports.targets": _STAFF,
    "reports.compare": _RESULTS,
    "reports.missing": _RESULTS,
    "reports.weighted": _RESULTS,
    "reports.trends": _RESULTS,
    # results for everybody
    "reports.editions": _RESULTS,
    "reports.new_edition": _RESULTS,
    "reports.make_edition": _STAFF,
    "reports.edition_draft": _RESULTS,
    "reports.edition_draft_file": _RESULTS,
    "reports.publish_edition": _STAFF,
    "reports.edition": _RESULTS,
    "reports.withdraw_edition": _STAFF,
    "reports.profile": _STAFF,
    "reports.upload_profile": _STAFF,
    "reports.drop_profile": _STAFF,
    "reports.profile_template": _STAFF,
    "reports.definitions": _RESULTS,
    "reports.new_definition": _RESULTS,
    "reports.definition": _RESULTS,
    "reports.keep_new_definition": _RESULTS,
    "reports.change_definition": _RESULTS,
    "reports.definition_file": _RESULTS,
    "reports.remove_definition_page": _RESULTS,
    "reports.drop_definition": _RESULTS,
    "reports.download": _RESULTS,
    "reports.printed": _RESULTS,
    "reports.quotes": _RESULTS,
    "reports.quote_list": _RESULTS,
    "reports.quote": _RESULTS,
    "reports.propose_quote": _QUOTES,
    "reports.clear_quote": _STAFF,
    "reports.withdraw_quote": _STAFF,
    "reports.sent_files": _RESULTS,
    "reports.sent_file": _RESULTS,
    "reports.archive": _RESULTS,
    "reports.own_entries": _COLLECTOR,
    # files that take a while: whoever ordered one
    "reports.my_downloads": _DOWNLOADS,
    "reports.job": _DOWNLOADS,
    "reports.job_file": _DOWNLOADS,
    "reports.job_again": _DOWNLOADS,
    "reports.job_remove": _DOWNLOADS,
    "reports.downloads": _ANSWERABLE,
}
