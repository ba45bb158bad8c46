"""What is read without argparse is what argparse would have read."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.errors import UsageError
from commands.line.parser import parse
from commands.line.plain import parse as plain_parse
from i18n.catalogue import open_catalogue

WORDS = (
    *(
        "status",
        "tui",
        "--format",
        "--lang",
        "--now",
        "-c",
        "--campaign",
        "-d",
        "--data",
        "--ascii",
    ),
    *("--no-color", "--items", "--as-of", "--", "", "-", "-x", "x.yaml", "zh", "en", "short"),
    *("table", "csv", "json", "log", "2022-06-15T10:00"),
    *("--format=short", "--lang=zh", "--now=soon", "--campaign=x", "-c=x", "--ascii=1", "--data="),
)
lines = st.lists(st.sampled_from(WORDS), max_size=5)
commands = st.sampled_from(("status", "tui"))
placed = st.tuples(lines, commands, lines).map(lambda parts: [*parts[0], parts[1], *parts[2]])


@given(st.one_of(lines, placed))
@settings(max_examples=1000, deadline=None)
def test_a_plain_command_line_is_read_as_the_parser_reads_it(arguments: list[str]) -> None:
    plain = plain_parse(arguments)
    if plain is None:
        return
    read = vars(parse(arguments, open_catalogue("en")))
    unasked = read.keys() - vars(plain).keys()
    assert {name: read[name] for name in vars(plain)} == vars(plain)
    assert unasked <= {"mouse", "version"}


def test_most_plain_command_lines_are_understood() -> None:
    arguments = ["--now", "2022-06-15", "-c", "x", "--data=y", "status", "--format", "csv"]
    plain = plain_parse(arguments)
    assert plain is not None
    assert (plain.now, plain.campaign, plain.data, plain.format) == ("2022-06-15", "x", "y", "csv")


def test_what_the_parser_refuses_is_not_understood() -> None:
    for arguments in (["status", "--format", "xml"], ["status", "--lang", "fr"], ["status", "x"]):
        assert plain_parse(arguments) is None
        try:
            parse(arguments, open_catalogue("en"))
        except UsageError:
            continue
        raise AssertionError(arguments)


def test_the_interface_is_understood_with_and_without_its_name() -> None:
    for arguments in ([], ["tui"]):
        plain = plain_parse([*arguments, "-c", "x", "--ascii"])
        assert plain is not None
        assert (plain.command, plain.campaign, plain.ascii) == ((*arguments, None)[0], "x", True)
