"""What the launcher says when it cannot help itself."""

import psycopg2


class CannotStart(psycopg2.OperationalError):
    """The embedded server cannot be started; the sentence says why and what would help.

    It is an OperationalError, so that Django shows it as any other failure to connect.
    """
