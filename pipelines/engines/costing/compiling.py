"""How functions inside the kernel are compiled: lean, and each of them once.

Wrappers by which Python would call a function take the tables of state apart and put them together
again, in code that takes far longer to compile than the function itself. Tables are held by whoever
called the kernel, so nothing inside counts references to them. And a constant among the arguments
is a number like any other: by itself the compiler would make a function anew for every constant.

Two of the means are not public in numba: the option `_nrt` and `get_call_template`. The public ones
do not do it: without the first, counting references to ten tables at every call makes the loop half
as fast; instead of the second, signatures could be given, but these compile when the module is
imported, each function by itself, and nothing of that is kept on disk. Both only save time, so a
version of numba without them needs no more than this file changed; a test sees them go.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit, types

F = TypeVar("F", bound=Callable[..., Any])

LEAN: dict[str, Any] = {
    "no_cpython_wrapper": True, "no_cfunc_wrapper": True, "error_model": "numpy", "_nrt": False,
}  # fmt: skip


def inner(function: F) -> F:
    """A function that only compiled functions call."""
    compiled: Any = njit(**LEAN)(function)
    for_types = compiled.get_call_template

    def for_plain_types(args: tuple[Any, ...], kws: dict[str, Any]) -> Any:
        plain = {name: types.unliteral(kind) for name, kind in kws.items()}
        return for_types(tuple(types.unliteral(kind) for kind in args), plain)

    compiled.get_call_template = for_plain_types
    return cast(F, compiled)
