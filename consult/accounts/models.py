"""Organisations, people, and the roles people have in organisations."""

from __future__ import annotations

import datetime as dt
import enum
import uuid
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, enum_by_value
from consult.i18n import Localized


class OrganisationKind(enum.Enum):
    """LIP: Local Immigration Partnership; RIF: its francophone counterpart; network: a set of them."""

    LIP = "lip"
    RIF = "rif"
    NETWORK = "network"


class Role(enum.Enum):
    """What a person may do in one organisation; a person can have several."""

    COLLECTOR = "collector"
    TRANSLATOR = "translator"
    ANALYST = "analyst"
    STAFF = "staff"
    ADMIN = "admin"


class Organisation(Base):
    """A partnership. ``small_group_threshold``: breakdowns of fewer responses are not shown."""

    __tablename__ = "organisation"
    __table_args__ = (
        sa.CheckConstraint("small_group_threshold >= 1", name="threshold_positive"),
        sa.CheckConstraint("default_language in ('en', 'fr')", name="default_language_official"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    slug: Mapped[str] = mapped_column(sa.String(64), unique=True)
    kind: Mapped[OrganisationKind] = mapped_column(enum_by_value(OrganisationKind))
    name: Mapped[Localized]
    profile: Mapped[dict[str, Any]] = mapped_column(default=dict)  # region, setting (rural, urban), sectors …
    default_language: Mapped[str] = mapped_column(sa.String(35), default="en")
    small_group_threshold: Mapped[int] = mapped_column(default=10)
    requires_second_factor: Mapped[bool] = mapped_column(default=False)

    memberships: Mapped[list[Membership]] = relationship(back_populates="organisation")


class Person(Base):
    """Somebody who works with the platform. Respondents never have one.

    Column names that Flask-Security prescribes keep its spelling.
    """

    __tablename__ = "person"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    email: Mapped[str] = mapped_column(sa.String(255), unique=True)
    name: Mapped[str] = mapped_column(sa.String(255), default="")
    language: Mapped[str] = mapped_column(sa.String(35), default="en")
    password: Mapped[str | None] = mapped_column(sa.String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(sa.String(64), unique=True)
    tf_primary_method: Mapped[str | None] = mapped_column(sa.String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(sa.String(255))
    tf_last_counter: Mapped[int | None] = mapped_column(sa.BigInteger)  # no code is taken twice
    mf_recovery_codes: Mapped[list[str] | None]

    memberships: Mapped[list[Membership]] = relationship(back_populates="person")

    is_authenticated: ClassVar[bool] = True  # Flask-Login asks; nobody is a person without having signed in

    def get_id(self) -> str:
        """What Flask-Login keeps in the cookie: changes with the password, and ends every session then."""
        return self.fs_uniquifier


class Membership(Base):
    """One role of one person in one organisation."""

    __tablename__ = "membership"

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("organisation.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(enum_by_value(Role), primary_key=True)

    person: Mapped[Person] = relationship(back_populates="memberships")
    organisation: Mapped[Organisation] = relationship(back_populates="memberships")


class Invitation(Base):
    """An invitation by link, one per address and organisation. Only a hash of the link's secret is kept."""

    __tablename__ = "invitation"
    __table_args__ = (
        sa.UniqueConstraint("organisation_id", "email"),
        sa.CheckConstraint("language in ('en', 'fr')", name="language_official"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("organisation.id"))
    email: Mapped[str] = mapped_column(sa.String(255))
    language: Mapped[str] = mapped_column(sa.String(35), default="en")
    roles: Mapped[list[str]]
    invited_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    expires_at: Mapped[dt.datetime]
    accepted_at: Mapped[dt.datetime | None]


class PasswordReset(Base):
    """A link by which a person chooses a new password; at most one a person. Gone once it is used."""

    __tablename__ = "password_reset"

    person_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    expires_at: Mapped[dt.datetime]


class SignIn(Base):
    """A browser in which somebody is signed in. Without its row a cookie is worth nothing.

    Only a hash of what the cookie carries is kept.
    """

    __tablename__ = "sign_in"

    token_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    started_at: Mapped[dt.datetime]


class Attempts(Base):
    """Failed attempts at one thing: an address's password, a person's code.

    ``subject`` is a keyed hash, so that an address nobody has is counted like one that somebody has.
    """

    __tablename__ = "attempts"

    subject: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    failures: Mapped[int]
    last_failed_at: Mapped[dt.datetime] = mapped_column(index=True)
    locked_until_at: Mapped[dt.datetime | None]
