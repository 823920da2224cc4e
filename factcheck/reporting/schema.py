"""The JSON Schema of the JSON report, which the file beside this one publishes.

``python -m factcheck.reporting.schema`` writes the file anew after a change to the records.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from factcheck.records import Report, Verdict
from factcheck.reporting.text import to_json
from factcheck.reporting.trail import Decision

SCHEMA = Path(__file__).with_name("report.schema.json")


def report_schema() -> dict[str, Any]:
    """Return the schema (draft 2020-12) of the JSON report, sign-off included."""
    schema = Report.model_json_schema(mode="serialization")
    decision = Decision.model_json_schema(mode="serialization")
    definitions: dict[str, Any] = schema["$defs"] | decision.pop("$defs") | {"Decision": decision}
    definitions["Article"]["properties"].pop("text", None)
    definitions["Finding"]["properties"]["decisions"] = {
        "description": "What people decided about the finding, oldest first; left out where nobody did.",
        "items": {"$ref": "#/$defs/Decision"},
        "type": "array",
    }
    counts = ("claims", *(verdict.value for verdict in Verdict))
    count = {"type": "integer", "minimum": 0}
    summary = {"type": "object", "properties": dict.fromkeys(counts, count), "required": list(counts)}
    properties = schema["properties"] | {"summary": schema["properties"]["summary"] | summary}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "$defs": definitions,
        "properties": properties,
    }


if __name__ == "__main__":
    SCHEMA.write_text(to_json(report_schema()), encoding="utf-8")
