"""Addresses of circulars, statements, consent rules and decisions."""

from django.urls import path

from membership.views import (
    circulars,
    circulars_page,
    circulars_verbs,
    decisions,
    dossiers,
    drafts,
    papers,
    rules,
    statements,
)

DRAFT = "circulars/drafts/<int:pk>"
CIRCULAR = "circulars/<slug:slug>"
DECISION = "applications/<int:pk>"

urlpatterns = [
    path("circulars/", circulars.CircularList.as_view(), name="circulars"),
    path(f"{DRAFT}/", drafts.DraftEdit.as_view(), name="circular_draft"),
    path(f"{DRAFT}/preview/", drafts.DraftPreview.as_view(), name="draft_preview"),
    path(f"{DRAFT}/paper/<slug:language>/", papers.DraftPaper.as_view(), name="draft_paper"),
    path(f"{DRAFT}/issue/", drafts.DraftIssue.as_view(), name="draft_issue"),
    path(f"{DRAFT}/discard/", drafts.DraftDiscard.as_view(), name="draft_discard"),
    path(f"{DRAFT}/attachments/", drafts.DraftAttach.as_view(), name="draft_attach"),
    path(f"{DRAFT}/attachments/<int:file>/", drafts.DraftAttachmentFile.as_view(), name="draft_attachment"),
    path(f"{DRAFT}/attachments/<int:file>/remove/", drafts.DraftDetach.as_view(), name="draft_detach"),
    path(f"{CIRCULAR}/", circulars_page.CircularPage.as_view(), name="circular"),
    path(f"{CIRCULAR}/state/", statements.CircularState.as_view(), name="circular_state"),
    path(f"{CIRCULAR}/ask/", statements.CircularAsk.as_view(), name="circular_ask"),
    path(f"{CIRCULAR}/remind/", circulars_verbs.CircularRemind.as_view(), name="circular_remind"),
    path(f"{CIRCULAR}/extend/", circulars_verbs.CircularExtend.as_view(), name="circular_extend"),
    path(f"{CIRCULAR}/cancel/", circulars_verbs.CircularCancel.as_view(), name="circular_cancel"),
    path(f"{CIRCULAR}/close/", circulars_verbs.CircularClose.as_view(), name="circular_close"),
    path(f"{CIRCULAR}/again/", circulars_verbs.CircularAgain.as_view(), name="circular_again"),
    path(
        f"{CIRCULAR}/attachments/<int:pk>/",
        circulars.CircularAttachmentFile.as_view(),
        name="circular_attachment",
    ),
    path(f"{CIRCULAR}/paper/<slug:language>/", papers.CircularPaper.as_view(), name="circular_paper"),
    path(f"{CIRCULAR}/dossier/", dossiers.CircularDossier.as_view(), name="circular_dossier"),
    path(f"{CIRCULAR}/statements/", statements.StatementList.as_view(), name="statements"),
    path(f"{CIRCULAR}/statements/new/", statements.StatementNew.as_view(), name="statement_new"),
    path(
        f"{CIRCULAR}/statements/<int:pk>/contest/",
        statements.StatementContest.as_view(),
        name="statement_contest",
    ),
    path(
        f"{CIRCULAR}/statements/<int:pk>/proof/", statements.StatementProof.as_view(), name="statement_proof"
    ),
    path(
        f"{CIRCULAR}/questions/<int:pk>/answer/", statements.QuestionAnswer.as_view(), name="question_answer"
    ),
    path("rules/", rules.RuleList.as_view(), name="rules"),
    path("rules/new/", rules.RuleNew.as_view(), name="rule_new"),
    path("rules/<slug:key>/", rules.RulePage.as_view(), name="rule"),
    path("rules/<slug:key>/new/", rules.RuleVersionNew.as_view(), name="rule_version_new"),
    path(f"{DECISION}/decide/", decisions.DecisionPage.as_view(), name="application_decide"),
    path(f"{DECISION}/accept/", decisions.ApplicationAccept.as_view(), name="application_accept"),
    path(f"{DECISION}/decline/", decisions.ApplicationDecline.as_view(), name="application_decline"),
    path(f"{DECISION}/postpone/", decisions.ApplicationPostpone.as_view(), name="application_postpone"),
    path(f"{DECISION}/take-up/", decisions.ApplicationTakeUp.as_view(), name="application_take_up"),
]
