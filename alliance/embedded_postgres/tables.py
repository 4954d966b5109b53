"""Making many tables at once, so that an empty machine is ready in seconds."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.models import CreateModel
from django.db.migrations.state import ProjectState


class ChangeTables(Operation):
    """Several changes as one, so that Django builds its picture of all models once, not once a change.

    All of them see the models as they are in the end: a table that is made gets all its columns and
    constraints at once, so what is added to it afterwards is there already.
    """

    serialization_expand_args = ["changes"]

    def __init__(self, changes: Sequence[Operation]):
        self.changes = changes

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (type(self).__qualname__, [], {"changes": self.changes})

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)
        for change in self.changes:
            change.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for change in self.needed():
            change.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for change in reversed(self.needed()):
            change.database_backwards(app_label, schema_editor, from_state, to_state)

    def needed(self) -> list[Operation]:
        """The changes without those of tables that are only made here."""
        made = {change.name_lower for change in self.changes if isinstance(change, CreateModel)}
        return [
            change
            for change in self.changes
            if isinstance(change, CreateModel) or getattr(change, "model_name", "").lower() not in made
        ]

    def describe(self) -> str:
        return f"Make {len(self.changes)} changes"


class CreateTables(ChangeTables):
    """Several `CreateModel` as one."""

    serialization_expand_args = ["tables"]

    def __init__(self, tables: Sequence[CreateModel]):
        super().__init__(tables)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (type(self).__qualname__, [], {"tables": self.changes})

    def describe(self) -> str:
        return f"Create {len(self.changes)} tables"
