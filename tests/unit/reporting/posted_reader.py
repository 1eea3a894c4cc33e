"""A reader without a browser: posts what the page in a browser would post, and reads the answers."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from reporting.access import Role, Viewer
from reporting.dashboard.app import create_app


class Reader:
    """Posts the app's callbacks the way the page in a browser does."""

    def __init__(self, published: Path, role: Role) -> None:
        self.app = create_app(published, Viewer(role))
        self.client: FlaskClient = self.app.server.test_client()
        self.client.get("/_dash-layout")

    def post(self, output: str, values: dict[str, Any], *, changed: str) -> Any:
        """The answer of the callback with this output; of several, the one that `changed` starts."""
        known = json.loads(self.client.get("/_dash-dependencies").data)
        spec = min(
            (one for one in known if output in one["output"]),
            key=lambda one: (
                changed not in [f"{part['id']}.{part['property']}" for part in one["inputs"]]
            ),
        )

        def filled(parts: list[dict[str, Any]]) -> list[Any]:
            return [
                {**part, "value": values.get(f"{part['id']}.{part['property']}")}
                if "{" not in str(part["id"])
                else [
                    {
                        "id": {"type": "bars", "name": "x"},
                        "property": part["property"],
                        "value": values.get("bars"),
                    }
                ]
                for part in parts
            ]

        names = spec["output"].strip(".").split("...")
        outputs = [dict(zip(("id", "property"), n.rsplit(".", 1), strict=True)) for n in names]
        body = {
            "output": spec["output"],
            "outputs": outputs if len(outputs) > 1 else outputs[0],
            "inputs": filled(spec["inputs"]),
            "state": filled(spec["state"]),
            "changedPropIds": [changed],
        }
        done = self.client.post("/_dash-update-component", json=body)
        assert done.status_code in (200, 204), done.data
        return done

    def page(self, address: str) -> str:
        path, _, query = address.partition("?")
        values = {"address.pathname": path, "address.search": f"?{query}" if query else ""}
        return self.post("page.children", values, changed="address.pathname").text

    def grid(self, address: str, **asked: Any) -> str:
        path, _, query = address.partition("?")
        request = {"startRow": 0, "endRow": 100, "sortModel": [], "filterModel": {}, **asked}
        values = {
            "address.pathname": path,
            "address.search": f"?{query}" if query else "",
            "grid.getRowsRequest": request,
        }
        return self.post("grid.getRowsResponse", values, changed="grid.getRowsRequest").text

    def file(self, table: str, kind: str, query: str) -> str:
        content = self.client.get(f"/export/{table}.{kind}?{query}").data
        if kind == "csv":
            return content.decode()
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return "".join(parts.read(name).decode() for name in parts.namelist())
