"""What happens to a copy, for apps above that draw conclusions from it.

Sent inside the transaction of the action, with ``delivery`` and ``at``: what a receiver does is kept or
undone together with it, and a receiver that fails undoes the action.
"""

from django.dispatch import Signal

copy_opened = Signal()
copy_handed_over = Signal()
copy_bounced = Signal()
