"""The people of the demonstration; only with DEMO=1."""

PASSWORD = "demo"  # noqa: S105
