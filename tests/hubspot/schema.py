"""A small part of JSON Schema: type, required, properties, items, values, enum, ref.

`values` is what JSON Schema calls additionalProperties. Keys that a schema does not name are fine,
as they are for any reader of such an API.
"""

import json
import pathlib

FOLDER = pathlib.Path(__file__).resolve().parent / "schemas"
TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}


def load(folder=FOLDER):
    """Every schema of the folder by its name; within a file, a schema by its own."""
    schemas = {}
    for path in sorted(folder.glob("*.json")):
        for name, schema in json.loads(path.read_text()).items():
            if name in schemas:
                raise ValueError(f"{path}: a second schema {name}")
            schemas[name] = schema
    return schemas


def is_a(value, name):
    if name == "integer" and isinstance(value, bool):
        return False
    return isinstance(value, TYPES[name])


def faults(value, schema, schemas, where="$"):
    """What is wrong, one line each."""
    if "ref" in schema:
        schema = schemas[schema["ref"]]
    types = schema.get("type", [])
    types = types if isinstance(types, list) else [types]
    if types and not any(is_a(value, name) for name in types):
        return [f"{where}: {type(value).__name__}, expected {' or '.join(types)}"]
    found = []
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{where}: {value!r} is none of {schema['enum']}")
    if isinstance(value, dict):
        for key in schema.get("required", []):
            if key not in value:
                found.append(f"{where}: no {key}")
        for key, item in value.items():
            inner = schema.get("properties", {}).get(key, schema.get("values"))
            if inner:
                found += faults(item, inner, schemas, f"{where}.{key}")
    if isinstance(value, list) and "items" in schema:
        for i, item in enumerate(value):
            found += faults(item, schema["items"], schemas, f"{where}[{i}]")
    return found
