# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks documents against the JSON Schema of the manifest: validate.py FILE... Prints what does not fit."""
import json
import os
import sys

import jsonschema

path = os.path.join(os.path.dirname(__file__), "../../share/albs/manifest.schema.json")
with open(path, encoding="utf-8") as file:
    schema = json.load(file)
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
bad = 0
for name in sys.argv[1:]:
    with open(name, encoding="utf-8") as file:
        for problem in validator.iter_errors(json.load(file)):
            print(f"{name}: {problem.json_path}: {problem.message[:200]}")
            bad = 1
sys.exit(bad)
