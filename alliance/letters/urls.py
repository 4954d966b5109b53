from django.urls import path

from alliance.letters.views import copies, inbox, letters

app_name = "letters"
urlpatterns = [
    path("inbox/", inbox.Inbox.as_view(), name="inbox"),
    path("inbox/<int:pk>/", inbox.InboxLetter.as_view(), name="inbox_letter"),
    path("letters/", letters.LetterList.as_view(), name="letters"),
    path("letters/<int:pk>/", letters.LetterPage.as_view(), name="letter"),
    path("letters/<int:pk>/hand-over/", copies.LetterHandOver.as_view(), name="hand_over"),
    path("letters/<int:letter_id>/deliveries/<int:pk>/", copies.CopyPage.as_view(), name="delivery"),
    path(
        "letters/<int:letter_id>/deliveries/<int:pk>/resend/", copies.DeliveryResend.as_view(), name="resend"
    ),
    path(
        "letters/<int:letter_id>/deliveries/<int:pk>/redirect/",
        copies.DeliveryRedirect.as_view(),
        name="redirect",
    ),
    path("inbox/proofs/<int:pk>/", copies.Proof.as_view(), name="proof"),
]
