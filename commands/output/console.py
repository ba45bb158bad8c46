"""The console: data goes to stdout, messages to stderr, in whatever encoding they have."""

from __future__ import annotations

import os
import sys

from campaigns.glyphs import ASCII_GLYPHS, UNICODE_GLYPHS
from campaigns.plain_text import escaped, one_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Final, TextIO

    from campaigns.errors import DubanError
    from campaigns.glyphs import Glyphs
    from campaigns.reading.problems import InvalidDefinition
    from i18n.catalogue import Translator
    from i18n.messages import Message

STORE_FAULT: Final = 4
"""The exit code if progress could not be read or written (docs/commands.md, "Exit codes")."""

_DEFAULT_WIDTH: Final = 80
_RESET: Final = "\x1b[0m"


class Console:
    """A command's two streams, the reader's language, and what the terminal can show."""

    def __init__(
        self, out: TextIO, err: TextIO, tr: Translator, *, color: bool, ascii_only: bool
    ) -> None:
        self.out = out
        self.err = err
        self.tr = tr
        self.color = color
        self.ascii_only = ascii_only
        self.has_recorded = False
        """Whether the change is already recorded, so that an error only concerns the output."""

    @property
    def unicode_output(self) -> bool:
        """Whether stdout can show every character, so that JSON need not escape any."""
        return _is_utf8(self.out)

    @property
    def glyphs(self) -> Glyphs:
        """The glyphs to use: ASCII with `--ascii`, or if stdout cannot show others."""
        if self.ascii_only or not _can_write(self.out, UNICODE_GLYPHS.all):
            return ASCII_GLYPHS
        return UNICODE_GLYPHS

    @property
    def width(self) -> int:
        """The width of tables in columns: the terminal's, or 80 if stdout is not a terminal."""
        try:
            return os.get_terminal_size(self.out.fileno()).columns or _DEFAULT_WIDTH
        except (OSError, ValueError):
            return _DEFAULT_WIDTH

    def choose_looks(self, environ: Mapping[str, str], *, ascii_only: bool, no_color: bool) -> None:
        """Decide on glyphs and colours by the options, the environment and stdout."""
        self.ascii_only = ascii_only
        self.color = wants_color(no_color, environ) and self.out.isatty()

    def write(self, text: str) -> None:
        """Write data as it is. A broken pipe, as with `duban log | head`, is not an error."""
        try:
            self.out.write(text)
        except BrokenPipeError:
            _discard(self.out)

    def print(self, text: str) -> None:
        """Write one line of data."""
        self.write(text + "\n")

    def print_json(self, content: object) -> None:
        """Write data as a line of JSON, in ASCII unless stdout can show every character."""
        import json

        text = json.dumps(content, ensure_ascii=not self.unicode_output, allow_nan=False)
        self.print(escaped(text))

    def note(self, text: str) -> None:
        """Write a line to stderr, if it is still open."""
        try:
            self.err.write(one_line(f"duban: {text}") + "\n")
            self.err.flush()
        except OSError:
            return

    def complain(self, message: Message) -> None:
        """Write a message to stderr, in one line and the reader's language."""
        self.note(self.tr.render(message))

    def fail(self, error: DubanError) -> int:
        """Report an error (every problem, for an invalid definition) and give its exit code."""
        # Imported here: only errors need it.
        from campaigns.reading.problems import InvalidDefinition

        if isinstance(error, InvalidDefinition):
            self.list_problems(error, self.err)
        else:
            self.complain(error.message)
        return error.exit_code

    def list_problems(self, error: InvalidDefinition, stream: TextIO) -> None:
        """Write the problems as `file:line:column: message`, one a line, and note their count."""
        for problem in error.problems:
            try:
                stream.write(one_line(self.tr.render(problem.line)) + "\n")
            except BrokenPipeError:
                break
        self.note(self.tr.count("{n} problem", "{n} problems", len(error.problems)))

    def finish(self) -> None:
        """Flush stdout. Raises OSError if it cannot be written."""
        try:
            self.out.flush()
        except BrokenPipeError:
            _discard(self.out)
        except OSError:
            _discard(self.out)
            raise

    def paint(self, text: str, code: str) -> str:
        """A text in a colour, given as SGR code such as `31`, if colours are used."""
        return f"\x1b[{code}m{text}{_RESET}" if self.color and code else text


def standard_console(tr: Translator) -> Console:
    """The console of this process. Characters that a stream cannot show become `?`."""
    out, err = _stream(sys.stdout), _stream(sys.stderr)
    return Console(out, err, tr, color=False, ascii_only=False)


def wants_color(no_color: bool, environ: Mapping[str, str]) -> bool:
    """Whether colours may be used: no `--no-color`, no NO_COLOR, and no dumb terminal."""
    refused = no_color or environ.get("NO_COLOR") or environ.get("TERM") == "dumb"
    return not refused


def _stream(stream: TextIO | None) -> TextIO:
    if stream is None:  # closed by the calling process
        return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")
    return stream


def _discard(stream: TextIO) -> None:
    """Discard further output, so that Python's own flush at exit does not fail again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, stream.fileno())
    except (OSError, ValueError):
        return
    finally:
        os.close(nowhere)


def _is_utf8(stream: TextIO) -> bool:
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return str(encoding).lower().replace("_", "-") in {"utf-8", "utf8"}


def _can_write(stream: TextIO, text: str) -> bool:
    if _is_utf8(stream):
        return True
    try:
        text.encode(stream.encoding)
    except (LookupError, UnicodeEncodeError):
        return False
    return True
