"""What a status reads by hand is what the parser would have read."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.errors import UsageError
from commands.figures.quick import parse as quick_parse
from commands.line.parser import parse
from i18n.catalogue import open_catalogue

WORDS = (
    *("status", "--format", "--lang", "--now", "-c", "--campaign", "-d", "--data", "--ascii"),
    *("--no-color", "--items", "--as-of", "--", "", "-", "-x", "x.yaml", "zh", "en", "short"),
    *("table", "csv", "json", "log", "2022-06-15T10:00"),
    *("--format=short", "--lang=zh", "--now=soon", "--campaign=x", "-c=x", "--ascii=1", "--data="),
)
lines = st.lists(st.sampled_from(WORDS), max_size=5)
placed = st.tuples(lines, lines).map(lambda parts: [*parts[0], "status", *parts[1]])


@given(st.one_of(lines, placed))
@settings(max_examples=1000, deadline=None)
def test_a_plain_command_line_is_read_as_the_parser_reads_it(arguments: list[str]) -> None:
    plain = quick_parse(arguments)
    if plain is None:
        return
    read = vars(parse(arguments, open_catalogue("en")))
    unasked = read.keys() - vars(plain).keys()
    assert {name: read[name] for name in vars(plain)} == vars(plain)
    assert unasked == {"mouse", "version"}


def test_most_plain_command_lines_are_understood() -> None:
    arguments = ["--now", "2022-06-15", "-c", "x", "--data=y", "status", "--format", "csv"]
    plain = quick_parse(arguments)
    assert plain is not None
    assert (plain.now, plain.campaign, plain.data, plain.format) == ("2022-06-15", "x", "y", "csv")


def test_what_the_parser_refuses_is_not_understood() -> None:
    for arguments in (["status", "--format", "xml"], ["status", "--lang", "fr"], ["status", "x"]):
        assert quick_parse(arguments) is None
        try:
            parse(arguments, open_catalogue("en"))
        except UsageError:
            continue
        raise AssertionError(arguments)
