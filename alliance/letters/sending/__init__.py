"""A delivery as a mail, and the mail server it is handed to."""

from alliance.letters.sending.answers import Answer, Outcome
from alliance.letters.sending.links import link_of, link_to
from alliance.letters.sending.post import Pauses, Post
from alliance.letters.sending.stencils import Mail, Stencil, Stencils

__all__ = ["Answer", "Mail", "Outcome", "Pauses", "Post", "Stencil", "Stencils", "link_of", "link_to"]
