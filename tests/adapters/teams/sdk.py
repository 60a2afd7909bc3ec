"""An independent judge: the types of Microsoft's own Bot Framework SDK."""

import warnings
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any


def unknown_properties(activity: Mapping[str, Any]) -> list[str]:
    """What the SDK finds in an activity that no activity has."""
    return _unknown("Activity", activity)


def unknown_in_card_answer(body: Mapping[str, Any]) -> list[str]:
    """What the SDK finds in the answer to a pressed button that no such answer has."""
    return _unknown("AdaptiveCardInvokeResponse", body)


def unknown_in_query_answer(body: Mapping[str, Any]) -> list[str]:
    """What the SDK finds in the answer to a query that no such answer has."""
    # The library cannot read its own type for the whole answer.
    others = [name for name in body if name != "composeExtension"]
    return others + _unknown("MessagingExtensionResult", body.get("composeExtension") or {})


def unknown_in_dialog_answer(body: Mapping[str, Any]) -> list[str]:
    """What the SDK finds in the answer that opens a dialog that no such answer has."""
    # The library cannot read its own types for what is around the dialog.
    task = body.get("task") or {}
    others = [*(body.keys() - {"task"}), *(task.keys() - {"type", "value"})]
    return others + _unknown("TaskModuleTaskInfo", task.get("value") or {})


def _unknown(kind: str, values: Mapping[str, Any]) -> list[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library is at its end, and says so
        try:
            read = _reader()(kind, dict(values))
        except Exception as error:  # it raises several kinds where a value does not fit
            return [f"value that fits: {error}"]
        return list(_left_over(read))


@cache
def _reader() -> Any:
    """Reads JSON into the types of both of the library's modules, which refer to each other."""
    from botbuilder import schema
    from botbuilder.schema import teams
    from msrest import Deserializer

    return Deserializer({**_types(schema), **_types(teams)})


def _types(module: object) -> dict[str, type]:
    return {name: value for name, value in vars(module).items() if isinstance(value, type)}


def _left_over(read: Any, path: str = "") -> Iterator[str]:
    if isinstance(read, list):
        for number, item in enumerate(read):
            yield from _left_over(item, f"{path}[{number}]")
    elif hasattr(read, "_attribute_map"):
        # An entity is open by nature: what it holds depends on its type.
        if type(read).__name__ != "Entity":
            yield from (f"{path}.{name}".lstrip(".") for name in read.additional_properties or ())
        for name in read._attribute_map:
            yield from _left_over(getattr(read, name), f"{path}.{name}".lstrip("."))
