"""The application of a city, after the paper's four headings."""

from typing import Any

import pghistory
import pgtrigger
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from alliance.accounts.models import User
from alliance.accounts.states import Language
from cities.models import City, CooperationFields, FigureFields, Industry, SectionTexts
from cities.states import Section
from membership.querysets import ApplicationQuerySet
from membership.states import OPEN_APPLICATION, ApplicationState, AttachmentKind

S = ApplicationState
OPEN_SQL = ", ".join(f"'{state.value}'" for state in OPEN_APPLICATION)
FOLLOW_STATE = f"""
    UPDATE membership_applicationcity SET is_open = NEW.state IN ({OPEN_SQL})
    WHERE application_id = NEW.id AND is_open IS DISTINCT FROM (NEW.state IN ({OPEN_SQL}));
    RETURN NULL;
"""
TAKE_STATE = f"""
    NEW.is_open := (SELECT state IN ({OPEN_SQL}) FROM membership_application WHERE id = NEW.application_id);
    RETURN NEW;
"""


def file_path(instance: models.Model, filename: str) -> str:
    """A name that says nothing, below a folder a noun; the given name is kept in its own field."""
    import uuid

    return f"{instance._meta.model_name}/{uuid.uuid4().hex}"


class FileFields(models.Model):
    """A stored file with what was found out about its content."""

    file = models.FileField(_("file"), upload_to=file_path, max_length=200)
    filename = models.CharField(_("name of the file"), max_length=255)
    media_type = models.CharField(_("type of the file"), max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField("SHA-256", max_length=64)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.filename


@pghistory.track()
class Application(FSMModelMixin, SectionTexts):
    """The request of one or several cities to join as one membership."""

    reference = models.CharField(_("reference number"), max_length=20, unique=True)
    state = FSMField(_("state"), choices=ApplicationState, default=ApplicationState.DRAFT, protected=True)
    cities = models.ManyToManyField(
        City, through="ApplicationCity", related_name="applications", verbose_name=_("cities")
    )
    industries = models.ManyToManyField(
        Industry, blank=True, related_name="applications", verbose_name=_("industries")
    )
    contact_name = models.CharField(_("contact"), max_length=200, blank=True)
    contact_function = models.CharField(_("contact's function"), max_length=200, blank=True)
    contact_email = models.EmailField(_("contact's e-mail address"), blank=True)
    contact_phone = models.CharField(_("contact's telephone"), max_length=50, blank=True)
    signatory_name = models.CharField(_("who signs"), max_length=200, blank=True)
    signatory_function = models.CharField(_("function of who signs"), max_length=200, blank=True)
    resolution_body = models.CharField(_("body that resolved"), max_length=200, blank=True)
    resolution_number = models.CharField(_("number of the resolution"), max_length=100, blank=True)
    resolution_date = models.DateField(_("date of the resolution"), null=True, blank=True)
    begun_at = models.DateTimeField(_("begun at"))
    begun_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("begun by"))
    edited_at = models.DateTimeField(_("edited at"))
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("submitted by")
    )
    returned_at = models.DateTimeField(_("returned at"), null=True, blank=True)
    returned_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("returned by")
    )
    passed_on_at = models.DateTimeField(_("found complete at"), null=True, blank=True)
    passed_on_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("found complete by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    retracted_at = models.DateTimeField(_("retracted at"), null=True, blank=True)
    retracted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("retracted by")
    )
    retraction_reason = models.TextField(_("reason of the retraction"), blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ApplicationState.values), name="application_state_is_known"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{move}_at__isnull": True, f"{move}_by__isnull": True})
                    | Q(**{f"{move}_at__isnull": False, f"{move}_by__isnull": False}),
                    name=f"application_{move}_pair",
                )
                for move in ("submitted", "returned", "passed_on", "retracted")
            ),
            models.CheckConstraint(
                condition=Q(state=S.RETRACTED, retracted_at__isnull=False)
                | (~Q(state=S.RETRACTED) & Q(retracted_at__isnull=True)),
                name="application_retracted_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[S.ACCEPTED, S.DECLINED, S.POSTPONED]) | Q(decided_at__isnull=False),
                name="application_decided_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[S.SUBMITTED, S.IN_CONSULTATION, S.ACCEPTED, S.DECLINED, S.POSTPONED])
                | Q(submitted_at__isnull=False),
                name="application_submitted_has_moment",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="application_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="cities_follow_state",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                func=FOLLOW_STATE,
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("membership:application", args=[self.pk])

    @property
    def name(self) -> str:
        """The names of the cities that apply, in the active language."""
        return " · ".join(city.name for city in self.cities.all())

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_APPLICATION

    @property
    def is_editable(self) -> bool:
        return self.state in (S.DRAFT, S.RETURNED)

    @transition(state, source=[S.DRAFT, S.RETURNED], target=S.SUBMITTED, custom={"label": _("Submit")})
    def submit(self, *, by: User, at: Any) -> None:
        self.submitted_by, self.submitted_at = by, at

    @transition(state, source=S.SUBMITTED, target=S.RETURNED, custom={"label": _("Return for correction")})
    def send_back(self, *, by: User, at: Any) -> None:
        self.returned_by, self.returned_at = by, at

    @transition(state, source=S.SUBMITTED, target=S.IN_CONSULTATION, custom={"label": _("Pass on")})
    def pass_on(self, *, by: User, at: Any) -> None:
        self.passed_on_by, self.passed_on_at = by, at

    @transition(state, source=S.IN_CONSULTATION, target=S.ACCEPTED, custom={"label": _("Accept")})
    def accept(self, *, at: Any) -> None:
        self.decided_at = at

    @transition(state, source=S.IN_CONSULTATION, target=S.DECLINED, custom={"label": _("Decline")})
    def decline(self, *, at: Any) -> None:
        self.decided_at = at

    @transition(state, source=S.IN_CONSULTATION, target=S.POSTPONED, custom={"label": _("Postpone")})
    def postpone(self, *, at: Any) -> None:
        self.decided_at = at

    @transition(state, source=S.POSTPONED, target=S.IN_CONSULTATION, custom={"label": _("Take up again")})
    def take_up_again(self, *, at: Any) -> None:
        self.decided_at = None

    @transition(
        state,
        source=[S.DRAFT, S.SUBMITTED, S.RETURNED, S.IN_CONSULTATION, S.POSTPONED],
        target=S.RETRACTED,
        custom={"label": _("Retract")},
    )
    def retract(self, *, by: User, at: Any, reason: str = "") -> None:
        self.retracted_by, self.retracted_at, self.retraction_reason = by, at, reason


# Which industries an application names stands in a table of its own.
pghistory.track(obj_field=None, model_name="ApplicationIndustryEvent")(Application.industries.through)


@pghistory.track()
class ApplicationCity(models.Model):
    """A city that applies; `is_open` follows the application's state by triggers."""

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="places", verbose_name=_("application")
    )
    city = models.ForeignKey(City, models.PROTECT, related_name="application_places", verbose_name=_("city"))
    is_open = models.BooleanField(_("application still stands"), default=True, editable=False)

    class Meta:
        verbose_name = _("city that applies")
        verbose_name_plural = _("cities that apply")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "city"], name="applicationcity_once"),
            models.UniqueConstraint(
                fields=["city"], condition=Q(is_open=True), name="one_open_application_a_city"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="takes_state_of_application",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=TAKE_STATE,
            ),
        ]

    def __str__(self) -> str:
        return str(self.city)


@pghistory.track()
class ApplicationFigure(FigureFields):
    """A key figure stated in an application; on accession it goes into the register."""

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="figures", verbose_name=_("application")
    )
    city = models.ForeignKey(City, models.PROTECT, related_name="+", verbose_name=_("city"))

    class Meta(FigureFields.Meta):
        verbose_name = _("key figure of an application")
        verbose_name_plural = _("key figures of applications")
        ordering = ["city", "indicator", "year", "concept", "territory"]
        constraints = [
            *FigureFields.Meta.constraints,
            models.UniqueConstraint(
                fields=["application", "city", "indicator", "year", "concept", "territory"],
                name="applicationfigure_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_indicator_display()} {self.year}"


@pghistory.track()
class ApplicationCooperation(CooperationFields):
    """A present cooperation stated in an application."""

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="cooperations", verbose_name=_("application")
    )
    city = models.ForeignKey(City, models.PROTECT, related_name="+", verbose_name=_("city"))

    class Meta:
        verbose_name = _("present cooperation of an application")
        verbose_name_plural = _("present cooperations of applications")
        ordering = ["since", "partner", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "city", "partner", "kind"], name="applicationcooperation_once"
            )
        ]


@pghistory.track()
class Attachment(FileFields):
    """A file attached to an application: checked by content, served only to who may read the application."""

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="attachments", verbose_name=_("application")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=AttachmentKind)
    language = models.CharField(_("language"), max_length=10, choices=Language)
    date = models.DateField(_("date"), null=True, blank=True)
    reference = models.CharField(_("reference"), max_length=100, blank=True)
    uploaded_at = models.DateTimeField(_("uploaded at"))
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("uploaded by"))
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["pk"]


@pghistory.track()
class ApplicationVersion(models.Model):
    """What an application said when it was submitted, kept for ever.

    `content` has the shape of `cities.ProfileVersion.content`, figures and cooperations by city slug,
    plus "cities", "contact", "signatory", "resolution" and "attachments" (with SHA-256).
    """

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="versions", verbose_name=_("application")
    )
    number = models.PositiveSmallIntegerField(_("version"), validators=[MinValueValidator(1)])
    content = models.JSONField(_("content"))
    submitted_at = models.DateTimeField(_("submitted at"))
    submitted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("submitted by"))

    class Meta:
        verbose_name = _("version of an application")
        verbose_name_plural = _("versions of applications")
        ordering = ["application", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="application_version_once")
        ]
        triggers = [
            pgtrigger.Protect(name="version_is_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.application} ({self.number})"


@pghistory.track()
class ReturnComment(models.Model):
    """What the secretariat asks the applicant to correct, section by section."""

    version = models.ForeignKey(
        ApplicationVersion, models.PROTECT, related_name="comments", verbose_name=_("version")
    )
    section = models.CharField(
        _("section"),
        max_length=12,
        choices=[
            *Section.choices,
            ("contact", _("Contact and resolution")),
            ("attachments", _("Attachments")),
            ("", _("General")),
        ],
        blank=True,
    )
    text = models.TextField(_("comment"))

    class Meta:
        verbose_name = _("comment on return")
        verbose_name_plural = _("comments on return")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "section"], name="return_comment_once_a_section")
        ]
        triggers = [
            pgtrigger.Protect(name="comment_is_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.text
