"""Every address of the site × every role: what a look gives, and what a bare POST gives.

`login` sends to the sign-in page, `302` leads on, `302!` leads on with a refusal, `200` of a POST is a
form with its errors. The admin has its own table in tests/admin.
"""

from pathlib import Path

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from companies.actions.sheets import token_of
from tests.scene import NOW, ROLES, Scene

TABLE = Path(__file__).with_name("role_matrix.txt")


def names(resolver, namespace=""):
    """The names of all addresses, the admin's left out."""
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            if pattern.namespace != "admin":
                inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
                yield from names(pattern, inner)
        elif pattern.name:
            yield namespace + pattern.name


def table():
    """(method, name) → codes in the order of ROLES."""
    lines = [line.split() for line in TABLE.read_text().splitlines() if line and line[0] != "#"]
    return {(line[0], line[1]): line[2:] for line in lines}


def addresses(scene):
    """The arguments that each address needs, from the scene."""
    slug, city, circular = [scene.city.slug], [scene.city.slug], [scene.circular.slug]
    open_form, asked = [scene.returned.pk], [scene.application.pk]
    draft, institution = [scene.draft.pk], [scene.institution.pk]
    officer, invitation = [scene.registered.pk], [scene.invitation.pk]
    file = scene.draft.attachments.get().pk
    attachment = [*asked, scene.attachment.pk]
    open_attachment = [*open_form, scene.returned.attachments.get().pk]
    statement = [*circular, scene.statement.pk]
    return {
        "account_confirm_email": ["unknown"],
        "account_reset_password_from_key": ["1", "unknown"],
        "mfa_remove_webauthn": [1],
        "mfa_edit_webauthn": [1],
        "city": slug,
        "cities:officer": officer,
        **{f"cities:officer_{verb}": officer for verb in ("confirm", "refuse", "level", "end")},
        **{f"cities:{name}": city for name in ("invite_officer", "profile_edit", "figures_edit", "versions")},
        "cities:compare": city,
        "cities:version": [*city, 1],
        "cities:changes": [*city, 1, 2],
        "cities:industry": ["23"],
        "cities:institution": institution,
        **{f"cities:institution_{verb}": institution for verb in ("edit", "end")},
        "cities:invite_contact": institution,
        "cities:contact_end": [*institution, scene.contact.pk],
        "cities:invitation_resend": invitation,
        "cities:invitation_revoke": invitation,
        "cities:invitation": ["unknown-token"],
        "cities:register_for": ["bingen"],
        "verify": [scene.circular.code],
        "membership:place_end": [scene.place.pk],
        "membership:application": asked,
        "membership:application_step": [*open_form, "economic"],
        **{f"membership:application_{verb}": open_form for verb in ("submit", "retract")},
        **{
            f"membership:application_{verb}": asked
            for verb in ("return", "pass_on", "decide", "accept", "decline", "postpone", "take_up")
        },
        "membership:application_version": [*asked, 1],
        "membership:application_changes": [*asked, 1, 1],
        "membership:application_attachment": attachment,
        "membership:application_attachment_remove": open_attachment,
        "membership:circular_draft": draft,
        **{f"membership:draft_{verb}": draft for verb in ("preview", "issue", "discard", "attach")},
        "membership:draft_attachment": [*draft, file],
        "membership:draft_paper": [*draft, "de"],
        "membership:draft_detach": [*draft, file],
        "membership:circular": circular,
        **{
            f"membership:circular_{verb}": circular
            for verb in ("state", "ask", "remind", "extend", "cancel", "close", "again")
        },
        "membership:circular_attachment": [*circular, scene.circular.attachments.get().pk],
        "membership:circular_paper": [*circular, "de"],
        "membership:circular_dossier": circular,
        "membership:statements": circular,
        "membership:statement_new": circular,
        "membership:statement_contest": statement,
        "membership:statement_proof": statement,
        "membership:question_answer": [*circular, scene.question.pk],
        "membership:withdrawal": [scene.withdrawal.pk],
        **{
            f"membership:withdrawal_{verb}": [scene.withdrawal.pk]
            for verb in ("request", "communicate", "revoke")
        },
        "membership:personal_answer": [*circular, scene.token],
        "membership:personal_attachment": [*circular, scene.token, scene.circular.attachments.get().pk],
        "membership:deadline_file": circular,
        "membership:observer_comment": circular,
        **{
            f"membership:{name}": [scene.information.slug]
            for name in ("acknowledge", "acknowledgements", "link_revoke", "link_revoke_own")
        },
        "membership:rule": ["two-thirds"],
        "membership:rule_version_new": ["two-thirds"],
        **company_addresses(scene.companies),
        "letters:inbox_letter": [scene.delivery.pk],
        "letters:letter": [scene.circular.letter_id],
        "letters:hand_over": [scene.circular.letter_id],
        **{f"letters:{name}": [scene.letter.pk, scene.delivery.pk] for name in ("resend", "redirect")},
        "letters:delivery": [scene.circular.letter_id, scene.handed_over.pk],
        "letters:proof": [scene.handed_over.pk],
    }


def company_addresses(scene):
    """Those of the company database."""
    company, contact = [scene.company.pk], [scene.company.pk, scene.contact.pk]
    document = [scene.company.pk, scene.document.pk]
    of_one = (
        "company", "company_pdf", "logo", "company_edit", "publish", "confirm", "withdraw", "archive",
        "restore", "send_link", "contact_new", "document_new", "logo_edit", "logo_remove", "merge",
    )  # fmt: skip
    return {
        "companies:city_companies": [scene.company.city.slug],
        **{f"companies:city_restore{ending}": [scene.company.city.slug] for ending in ("", "_all")},
        **{f"companies:{name}": company for name in of_one},
        **{f"companies:{name}": contact for name in ("contact_edit", "contact_end")},
        **{f"companies:{name}": document for name in ("document", "document_remove")},
        **{f"companies:duplicate{ending}": [scene.pair.pk] for ending in ("", "_apart")},
        **{f"companies:sheet{ending}": [scene.sheet.pk] for ending in ("", "_take_over", "_refuse")},
        "companies:own_sheet": [token_of(scene.sheet.link)],
        **import_addresses(scene),
    }


def import_addresses(scene):
    """Those of a file that is checked, of its second row, and of one that is carried out."""
    run = [scene.checked.pk]
    of_one = ("import", *(f"import_{name}" for name in ("file", "rows", "leave_out", "carry_out", "cancel")))
    of_a_row = ("import_row", *(f"import_row_{name}" for name in ("leave_out", "take_in", "settle")))
    return {
        **{f"companies:{name}": run for name in of_one},
        **{f"companies:{name}": [*run, 2] for name in of_a_row},
        "companies:import_columns": [scene.uploaded.pk],
        "companies:import_undo": [scene.done.pk],
    }


def given(name, scene):
    """What a form cannot do without: for whom it speaks."""
    if name in ("membership:circular_state", "membership:circular_ask"):
        return {"elector": scene.statement.elector_id}
    if name == "membership:acknowledge":
        return {"city": scene.city.pk}
    return {}


def code_of(response):
    if response.status_code != 302:
        return str(response.status_code)
    if "/accounts/login/" in response["Location"]:
        return "login"
    refused = any(message.level_tag == "error" for message in get_messages(response.wsgi_request))
    return "302!" if refused else "302"


def sessions(scene):
    """Everybody signs in, once."""
    signed_in = {}
    for role in ROLES:
        client = Client()
        if scene.people[role]:
            client.force_login(scene.people[role])
        signed_in[role] = client.cookies.output(attrs=[], header="")
    return signed_in


def client_of(session):
    client = Client()
    client.cookies.load(session)
    return client


def seen(signed_in, method, name, arguments, given):
    """What every role gets; nothing that happens stays."""
    url, codes = reverse(name, args=arguments), []
    for role in ROLES:
        point = transaction.savepoint()
        codes.append(code_of(getattr(client_of(signed_in[role]), method)(url, given)))
        transaction.savepoint_rollback(point)
    return codes


def test_every_address_has_a_row_for_looking_and_for_posting():
    wanted = {(method, name) for name in names(get_resolver()) for method in ("get", "post")}
    assert wanted == set(table())


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_everybody_gets_what_is_theirs(settings, method):
    settings.SECOND_FACTOR_REQUIRED = False
    scene, expected = Scene(), {name: codes for (verb, name), codes in table().items() if verb == method}
    arguments = addresses(scene)
    with time_machine.travel(NOW, tick=False):
        signed_in = sessions(scene)
        found = {
            name: seen(signed_in, method, name, arguments.get(name), given(name, scene)) for name in expected
        }
    assert found == expected
