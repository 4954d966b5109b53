"""Drawing form fields by hand: twenty choices through Django's templates cost more than a table of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString, mark_safe

Widget = Mapping[str, Any]


class QuickRenderer(TemplatesSetting):
    """Draws selects and one-line inputs by hand, as Django's own templates would; all else by template."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        draw = BY_HAND.get(template_name)
        return draw(context["widget"]) if draw else super().render(template_name, context, request)


def attributes(widget: Widget) -> str:
    return "".join(_attribute(name, value) for name, value in widget["attrs"].items() if value is not False)


def _attribute(name: str, value: Any) -> str:
    return f" {escape(name)}" if value is True else f' {escape(name)}="{escape(str(value))}"'


def select(widget: Widget) -> SafeString:
    """A list of choices, in groups or not."""
    parts = [f'<select name="{escape(widget["name"])}"{attributes(widget)}>']
    for label, options, _index in widget["optgroups"]:
        drawn = "".join(_options(options))
        parts.append(f'<optgroup label="{_label(label)}">{drawn}</optgroup>' if label else drawn)
    return mark_safe("".join([*parts, "</select>"]))


def _options(options: list[Widget]) -> Iterator[str]:
    for one in options:
        value = escape(str(one["value"]))
        yield f'<option value="{value}"{attributes(one)}>{_label(one["label"])}</option>'


def _label(label: Any) -> str:
    """As in a template: what says of itself that it is HTML stays as it is."""
    text = str(label)
    return text if hasattr(text, "__html__") else escape(text)


def one_line(widget: Widget) -> SafeString:
    """A field for one line of text, a number or a day."""
    value = "" if widget["value"] is None else f' value="{escape(str(widget["value"]))}"'
    start = f'<input type="{escape(widget["type"])}" name="{escape(widget["name"])}"'
    return mark_safe(f"{start}{value}{attributes(widget)}>")


BY_HAND: dict[str, Callable[[Widget], SafeString]] = {
    "django/forms/widgets/select.html": select,
    **dict.fromkeys(
        (f"django/forms/widgets/{kind}.html" for kind in ("text", "number", "date", "email")), one_line
    ),
}
