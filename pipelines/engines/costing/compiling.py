"""How functions inside the kernel are compiled: without the wrappers by which Python would call them.

Every wrapper takes the tables of state apart and puts them together again, in code that takes far
longer to compile than the function itself.
"""

from __future__ import annotations

from functools import partial

from numba import njit

inner = partial(njit, no_cpython_wrapper=True, no_cfunc_wrapper=True)()
