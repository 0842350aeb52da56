"""PagerDuty's OpenAPI document as a JSON Schema, after corrections; each has its reason."""

from collections.abc import Callable
from typing import Any, NamedTuple

import orjson
from jsonschema import Draft4Validator
from referencing import Registry
from referencing.jsonschema import DRAFT4

from shared_data import shared_path

Json = dict[str, Any]
SPEC = "urn:pagerduty"
UNDOCUMENTED = (
    *("link", "unlink", "priority_change", "responder_request", "reopen", "unsnooze"),
    *("field_value_change", "custom_field_value_change"),  # documented for an incident's own list alone
)
INCLUDED = (
    *("User", "Team", "Service", "EscalationPolicy", "Schedule", "Incident"),
    *("ContactMethod", "NotificationRule", "Integration"),
)


class Correction(NamedTuple):
    reason: str
    apply: Callable[[Json], None]


def every_schema(node: Any, change: Callable[[Json], None]) -> None:
    if isinstance(node, dict):
        for value in node.values():
            every_schema(value, change)
        change(node)
    elif isinstance(node, list):
        for value in node:
            every_schema(value, change)


def allow_null(schema: Json) -> None:
    """A property that may be missing may be null."""
    properties = schema.get("properties")
    if not isinstance(properties, dict):
        return
    for name, value in properties.items():
        if name not in schema.get("required", ()) and isinstance(value, dict):
            properties[name] = {"anyOf": [value, {"type": "null"}]}


def loosen_alternatives(schema: Json) -> None:
    if isinstance(schema.get("oneOf"), list):
        schema["anyOf"] = schema.pop("oneOf")


def translate_nullable(schema: Json) -> None:
    if schema.get("nullable") is True:
        kind = schema.get("type")
        if isinstance(kind, str):
            schema["type"] = [kind, "null"]
        if isinstance(schema.get("enum"), list):
            schema["enum"] = [*schema["enum"], None]


def schemas(spec: Json) -> Json:
    known: Json = spec["components"]["schemas"]
    return known


def acknowledge_type(spec: Json) -> None:
    schemas(spec)["AcknowledgeLogEntry"]["allOf"][1]["properties"]["type"]["enum"] = ["acknowledge_log_entry"]


def undocumented_entries(spec: Json) -> None:
    kinds = schemas(spec)["LogEntry"]["allOf"][1]["properties"]["type"]["enum"]
    kinds += [f"{name}_log_entry" for name in UNDOCUMENTED]
    plain = {
        "allOf": [
            {"$ref": "#/components/schemas/LogEntry"},
            {"properties": {"type": {"enum": [f"{name}_log_entry" for name in UNDOCUMENTED]}}},
        ]
    }
    for path in ("/log_entries", "/incidents/{id}/log_entries"):
        content = spec["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
        content["schema"]["allOf"][1]["properties"]["log_entries"]["items"]["oneOf"].append(plain)


def included_objects(spec: Json) -> None:
    known = schemas(spec)

    def widen(schema: Json) -> None:
        for name in INCLUDED:
            if schema.get("$ref") == f"#/components/schemas/{name}Reference" and name in known:
                del schema["$ref"]
                schema["anyOf"] = [{"$ref": f"#/components/schemas/{name}{end}"} for end in ("Reference", "")]

    every_schema(spec, widen)


CORRECTIONS = (
    Correction("an acknowledgement must have two types at once: the wire says acknowledge", acknowledge_type),
    Correction("types that are seen on the wire are missing in the document", undocumented_entries),
    Correction("include[] puts objects where the document knows references only", included_objects),
    Correction("OpenAPI's nullable is no JSON Schema", lambda spec: every_schema(spec, translate_nullable)),
    Correction(
        "alternatives overlap: whatever has a type is a WebsiteChannel, a full user is a reference too",
        lambda spec: every_schema(spec, loosen_alternatives),
    ),
    Correction(
        "what is not required may be null, as resolved_at of an open incident is",
        lambda spec: every_schema(spec, allow_null),
    ),
)


def corrected() -> Json:
    """The document with all corrections; skips the test where it is absent."""
    spec: Json = orjson.loads(shared_path("pagerduty/rest-openapiv3.json").read_bytes())
    for correction in CORRECTIONS:
        correction.apply(spec)
    return spec


class Document:
    def __init__(self) -> None:
        self._spec = corrected()
        self._registry: Registry[Any] = Registry().with_resource(SPEC, DRAFT4.create_resource(self._spec))

    def faults(self, method: str, path: str, status: int, body: Any) -> list[str]:
        """What is wrong with an answer, in words; KeyError where the document does not know it."""
        responses = self._spec["paths"][path][method.lower()]["responses"]
        answer = responses[str(status)]
        pointer = answer.get("$ref") or f"#/paths/{_escaped(path)}/{method.lower()}/responses/{status}"
        schema = {"$ref": f"{SPEC}{pointer}/content/application~1json/schema"}
        validator = Draft4Validator(schema, registry=self._registry)
        return [f"{error.json_path}: {error.message[:300]}" for error in validator.iter_errors(body)]


def _escaped(path: str) -> str:
    return path.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")
