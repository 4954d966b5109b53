from django.urls import path

from alliance.letters.views import inbox, letters

app_name = "letters"
urlpatterns = [
    path("inbox/", inbox.Inbox.as_view(), name="inbox"),
    path("inbox/<int:pk>/", inbox.InboxLetter.as_view(), name="inbox_letter"),
    path("letters/", letters.LetterList.as_view(), name="letters"),
    path("letters/<int:pk>/", letters.LetterPage.as_view(), name="letter"),
    path(
        "letters/<int:letter_id>/deliveries/<int:pk>/resend/", letters.DeliveryResend.as_view(), name="resend"
    ),
]
