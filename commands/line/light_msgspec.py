"""Importing msgspec without typing_extensions.

msgspec asks it first for what `typing` has as well; importing it would take a sixth of the time
of a `status` that has something to judge.
"""

from __future__ import annotations

import sys
from typing import Any, cast

_NAME = "typing_extensions"


def import_msgspec() -> None:
    """Import msgspec, letting it believe that typing_extensions is not installed.

    Does nothing if typing_extensions is imported already. Others can import it afterwards.
    """
    if _NAME in sys.modules:
        return
    modules = cast("dict[str, Any]", sys.modules)
    modules[_NAME] = None
    try:
        import msgspec  # noqa: F401
    except ImportError:
        return  # A version that needs it: whoever imports msgspec next, imports both.
    finally:
        del modules[_NAME]
