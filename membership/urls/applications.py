"""Addresses of applications."""

from django.urls import path, re_path

from membership.views import applications as pages
from membership.views import applications_steps as steps
from membership.views import applications_verbs as verbs
from membership.views import applications_versions as versions

ONE = "applications/<int:pk>/"
urlpatterns = [
    path("applications/", pages.ApplicationList.as_view(), name="applications"),
    path("applications/new/", pages.ApplicationBegin.as_view(), name="application_new"),
    path(ONE, pages.ApplicationPage.as_view(), name="application"),
    path(f"{ONE}submit/", verbs.ApplicationSubmit.as_view(), name="application_submit"),
    path(f"{ONE}return/", verbs.ApplicationReturn.as_view(), name="application_return"),
    path(f"{ONE}pass-on/", verbs.ApplicationPassOn.as_view(), name="application_pass_on"),
    path(f"{ONE}retract/", verbs.ApplicationRetract.as_view(), name="application_retract"),
    path(f"{ONE}versions/<int:number>/", versions.VersionPage.as_view(), name="application_version"),
    path(
        f"{ONE}versions/<int:before>/changes/<int:after>/",
        versions.ChangesPage.as_view(),
        name="application_changes",
    ),
    path(
        f"{ONE}attachments/<int:attachment>/",
        versions.AttachmentDownload.as_view(),
        name="application_attachment",
    ),
    path(
        f"{ONE}attachments/<int:attachment>/remove/",
        verbs.AttachmentRemove.as_view(),
        name="application_attachment_remove",
    ),
    re_path(
        rf"^applications/(?P<pk>\d+)/(?P<step>{'|'.join(steps.STEPS)})/$",
        steps.application_step,
        name="application_step",
    ),
]
