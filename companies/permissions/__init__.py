from companies.permissions.companies import (
    NotKeeper,
    contacts_seen_by,
    may_keep,
    require_keeper,
    sight_of,
)

__all__ = ["NotKeeper", "contacts_seen_by", "may_keep", "require_keeper", "sight_of"]
