"""Addresses of officers, invitations and registration."""

from django.urls import path

from cities.views import acceptance, invitations, officers, registration

urlpatterns = [
    path("officers/", officers.OfficerList.as_view(), name="officers"),
    path("officers/<int:pk>/", officers.OfficerPage.as_view(), name="officer"),
    path("officers/<int:pk>/confirm/", officers.OfficerConfirm.as_view(), name="officer_confirm"),
    path("officers/<int:pk>/refuse/", officers.OfficerRefuse.as_view(), name="officer_refuse"),
    path("officers/<int:pk>/level/", officers.OfficerLevelChange.as_view(), name="officer_level"),
    path("officers/<int:pk>/end/", officers.OfficerEnd.as_view(), name="officer_end"),
    path("cities/<slug:slug>/invite/", invitations.InviteOfficer.as_view(), name="invite_officer"),
    path("institutions/<int:pk>/invite/", invitations.InviteContact.as_view(), name="invite_contact"),
    path("invitations/", invitations.InvitationList.as_view(), name="invitations"),
    path("invitations/staff/", invitations.InviteStaff.as_view(), name="invite_staff"),
    path("invitations/<int:pk>/resend/", invitations.InvitationResend.as_view(), name="invitation_resend"),
    path("invitations/<int:pk>/revoke/", invitations.InvitationRevoke.as_view(), name="invitation_revoke"),
    path("invitations/<str:token>/", acceptance.AcceptInvitation.as_view(), name="invitation"),
    path("register/", registration.ChooseCity.as_view(), name="register"),
    path("register/add/", registration.RegisterNewCity.as_view(), name="register_new"),
    path("register/sent/", registration.Registered.as_view(), name="registered"),
    path("register/city/<slug:slug>/", registration.Register.as_view(), name="register_for"),
]
