"""Run one command: parse the command line, call its module, turn errors into exit codes.

The exit code of an error is that of its class (campaigns/errors.py, storage/errors.py).
"""

from __future__ import annotations

from campaigns.errors import DubanError, UsageError
from commands.figures import quick
from commands.line.plain import parse as parse_plain
from commands.output.console import STORE_FAULT, Console, standard_console
from i18n.catalogue import choose_language, language_of, open_catalogue
from i18n.messages import msg

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Final

    from commands.lookup.options import Options
    from desk.opening import Opening

_CHANGING: Final = frozenset({"mark", "undo", "redo", "demo", "restore"})
_TIMELESS: Final = frozenset({"check", "units", "backup", "doctor"})


def run(
    argv: Sequence[str], environ: Mapping[str, str], open_interface: Callable[[Opening], int]
) -> int:
    """Run one command and give its exit code (docs/commands.md), never a traceback.

    A plain `status` is answered from the roll-up if possible, without argparse. With
    DUBAN_DEBUG=1, unexpected errors are raised. Ctrl+C raises KeyboardInterrupt.
    """
    console = standard_console(open_catalogue("en"))
    try:
        arguments = _readable(argv)
        plain = parse_plain(arguments)
        code = None
        if plain is not None and plain.command == "status":
            code = quick.run(plain, environ, console)
        if code is None:
            code = _run(arguments, plain, environ, console, open_interface)
        console.finish()
    except Exception as error:
        if isinstance(error.__cause__, KeyboardInterrupt):
            # Until 3.12, Python wraps an exception that comes while a class is being made.
            raise error.__cause__ from None
        if environ.get("DUBAN_DEBUG") and not isinstance(error, DubanError):
            raise
        return _fail(console, error)
    return code


def _run(
    arguments: list[str],
    plain: Options | None,
    environ: Mapping[str, str],
    console: Console,
    open_interface: Callable[[Opening], int],
) -> int:
    """Run the command, after parsing the command line if it is not `plain`."""
    language = _language_option(arguments)
    console.tr = open_catalogue(choose_language(language, environ, None))
    try:
        options = plain or _parsed(arguments, console)
    except SystemExit as end:  # --help and --version have printed
        return int(end.code or 0)
    if language is None:
        _check_language(environ)
    _check(options)
    console.choose_looks(environ, ascii_only=options.ascii, no_color=options.no_color)
    prepared = _dispatch(options, environ, console)
    return prepared if isinstance(prepared, int) else open_interface(prepared)


def _parsed(arguments: list[str], console: Console) -> Options:
    # Imported here: what is asked most needs no argparse.
    from commands.line.parser import parse

    return parse(arguments, console.tr)


def _dispatch(options: Options, environ: Mapping[str, str], console: Console) -> int | Opening:
    """Import and run one command. Gives its exit code, or how to open the interface."""
    from importlib import import_module

    from commands.line.light_msgspec import import_msgspec

    import_msgspec()
    module = import_module(f"commands.{options.command or 'tui'}")
    outcome: int | Opening = module.run(options, environ, console)
    return outcome


def _check_language(environ: Mapping[str, str]) -> None:
    """Raise UsageError if DUBAN_LANG is not a language of duban."""
    value = environ.get("DUBAN_LANG")
    if value and language_of(value) is None:
        raise UsageError(msg("DUBAN_LANG is “{value}”. Set it to zh or en.", value=value))


def _check(options: Options) -> None:
    """Raise UsageError for `--as-of` with a command that cannot use it."""
    if options.as_of is None:
        return
    if options.command in _CHANGING:
        raise UsageError(
            msg("“{command}” cannot be used with --as-of: the past cannot be changed.",
                command=options.command)
        )  # fmt: skip
    if options.command in _TIMELESS:
        raise UsageError(
            msg("“{command}” cannot be used with --as-of: it shows no progress.",
                command=options.command)
        )  # fmt: skip


def _language_option(arguments: Sequence[str]) -> str | None:
    """The value of `--lang`, needed to report errors in the rest of the command line."""
    language = None
    for index, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            language = argument.partition("=")[2]
        elif argument == "--lang" and index + 1 < len(arguments):
            language = arguments[index + 1]
    return language


def _readable(arguments: Sequence[str]) -> list[str]:
    """The arguments, decoded as UTF-8 if they are UTF-8 and the locale could not decode them."""
    return [_decoded(argument) for argument in arguments]


def _decoded(argument: str) -> str:
    try:
        return argument.encode("utf-8", "surrogateescape").decode()
    except UnicodeError:
        return argument


def _fail(console: Console, error: Exception) -> int:
    """Report an error in one line, and give its exit code."""
    if isinstance(error, DubanError):
        return console.fail(error)
    if isinstance(error, OSError) and console.has_recorded:
        reason = error.strerror or str(error)
        console.complain(
            msg("The change was recorded, but the answer could not be written: {reason}.",
                reason=reason)
        )  # fmt: skip
        return STORE_FAULT
    if isinstance(error, OSError):
        console.complain(
            msg(
                "{file} cannot be used: {reason}. Ask the administrator.",
                file=error.filename or msg("A file"),
                reason=error.strerror or str(error),
            )
        )
        return STORE_FAULT
    console.complain(
        msg(
            "This should not have happened ({kind}: {text}). "
            "Set DUBAN_DEBUG=1, run it again and report what it prints.",
            kind=type(error).__name__,
            text=str(error),
        )
    )
    return STORE_FAULT
