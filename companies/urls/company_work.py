"""Addresses under which a city's officers and the secretariat keep the entries."""

from django.urls import path

from companies.views import company_forms, company_verbs, contacts, documents, restoring

urlpatterns = [
    path("cities/<slug:slug>/companies/restore/", restoring.RestoreCompanies.as_view(), name="city_restore"),
    path(
        "cities/<slug:slug>/companies/restore/all/", restoring.RestoreAll.as_view(), name="city_restore_all"
    ),
    path("companies/new/", company_forms.CompanyNew.as_view(), name="company_new"),
    path("companies/<int:pk>/edit/", company_forms.CompanyEdit.as_view(), name="company_edit"),
    path("companies/<int:pk>/publish/", company_verbs.Publish.as_view(), name="publish"),
    path("companies/<int:pk>/confirm/", company_verbs.Confirm.as_view(), name="confirm"),
    path("companies/<int:pk>/withdraw/", company_verbs.Withdraw.as_view(), name="withdraw"),
    path("companies/<int:pk>/archive/", company_verbs.Archive.as_view(), name="archive"),
    path("companies/<int:pk>/restore/", company_verbs.Restore.as_view(), name="restore"),
    path("companies/<int:pk>/link/", company_verbs.SendLink.as_view(), name="send_link"),
    path("companies/<int:pk>/contacts/new/", contacts.ContactNew.as_view(), name="contact_new"),
    path("companies/<int:pk>/contacts/<int:contact>/", contacts.ContactEdit.as_view(), name="contact_edit"),
    path("companies/<int:pk>/contacts/<int:contact>/end/", contacts.ContactEnd.as_view(), name="contact_end"),
    path("companies/<int:pk>/documents/new/", documents.DocumentNew.as_view(), name="document_new"),
    path("companies/<int:pk>/logo/new/", documents.LogoNew.as_view(), name="logo_edit"),
    path("companies/<int:pk>/logo/remove/", documents.LogoRemove.as_view(), name="logo_remove"),
    path(
        "companies/<int:pk>/documents/<int:document>/remove/",
        documents.DocumentRemove.as_view(),
        name="document_remove",
    ),
]
