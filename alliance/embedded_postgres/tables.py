"""Making many tables at once, so that an empty machine is ready in seconds."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.models import CreateModel
from django.db.migrations.state import ProjectState


class CreateTables(Operation):
    """Several `CreateModel` as one: Django builds its picture of all models once, not once a table."""

    serialization_expand_args = ["tables"]

    def __init__(self, tables: Sequence[CreateModel]):
        self.tables = tables

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (type(self).__qualname__, [], {"tables": self.tables})

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)
        for table in self.tables:
            table.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for table in self.tables:
            table.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for table in reversed(self.tables):
            table.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Create {len(self.tables)} tables"


class ChangeTables(Operation):
    """Several changes as one, for the same reason; what is changed is changed once.

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
