"""What terminals send that is no key: replies, reports and control strings, and pastes."""

from __future__ import annotations

from typing import Final

_ST: Final = "\x1b\\"

REPLIES: Final[tuple[str, ...]] = (
    # XTVERSION, DECRQSS, XTGETTCAP and other DCS.
    f"\x1bP>|tmux 3.4{_ST}", f"\x1bP>|XTerm(390){_ST}", f"\x1bP>|kitty(0.35.2){_ST}",
    f"\x1bP1$r2 q{_ST}", f"\x1bP1$r0;1m{_ST}", f"\x1bP0$r{_ST}", f"\x1bP1+r524742=382f382f38{_ST}",
    f"\x1bP0+r544e{_ST}", f"\x1bP!|00000000{_ST}", f"\x1bP!|7E565445{_ST}",
    f"\x1bPq#0;2;0;0;0{_ST}",
    # OSC: colours, titles, the clipboard, notes of a shell.
    f"\x1b]4;1;rgb:cdcd/0000/0000{_ST}", "\x1b]10;rgb:ffff/ffff/ffff\x07",
    f"\x1b]11;rgb:1e1e/1e1e/1e1e{_ST}", "\x1b]11;rgb:0000/0000/0000\x07",
    f"\x1b]12;rgb:ffff/0000/0000{_ST}", f"\x1b]17;rgb:0/0/0{_ST}", f"\x1b]52;c;IHFuVQ=={_ST}",
    "\x1b]52;c;cXVU\x07", f"\x1b]lhost: ~{_ST}", f"\x1b]Licon{_ST}", "\x1b]0;title q U\x07",
    f"\x1b]133;A{_ST}", f"\x1b]8;;https://example.org{_ST}", f"\x1b]1337;ReportCellSize=18;9{_ST}",
    # APC (kitty graphics), PM, SOS.
    f"\x1b_Gi=31;OK{_ST}", f"\x1b_Gi=1;ENOENT:file not found{_ST}", f"\x1b^private q{_ST}",
    f"\x1bXstart of string q{_ST}",
    # Device attributes, status, cursor and window reports.
    "\x1b[?1;2c", "\x1b[?62;4;6;22c", "\x1b[?64;1;2;6;9;15;18;21;22c", "\x1b[>0;276;0c",
    "\x1b[>41;390;0c",
    "\x1b[>1;4000;33c", "\x1b[=0;1;0c", "\x1b[0n", "\x1b[3n", "\x1b[?10n", "\x1b[?13n",
    "\x1b[?27;1;0;0n", "\x1b[24;80R", "\x1b[?24;80;1R", "\x1b[8;24;80t", "\x1b[4;480;640t",
    "\x1b[3;0;0t",
    "\x1b[6;18;9t", "\x1b[9;50;132t", "\x1b[1t", "\x1b[2t", "\x1b[?997;1n", "\x1b[?997;2n",
    "\x1b[?1;1$y", "\x1b[?7;2$y", "\x1b[4;2$y", "\x1b[2;1;1;120;120;1;0x", "\x1b[?0u", "\x1b[?31u",
    "\x1b[1;1;1;1;1&w", "\x1b[>4;2m", "\x1b[?4m", "\x1b[1;2;3;4#q",
    # Cut short, or of no known kind.
    "\x1b[99;99~", "\x1b[201~", "\x1b[57344u", "\x1b[1;2;3;4;5;6;7;8;9;10;11;12;13;14;15z", _ST,
)  # fmt: skip
"""None of these is a key, and nothing in them may act as one."""

MODIFIED: Final[tuple[tuple[str, str], ...]] = (
    ("\x1b[27;2;32~", "space"), ("\x1b[32;2u", "space"), ("\x1b[13;2u", "enter"),
    ("\x1b[27;2;13~", "enter"), ("\x1b[27;5;13~", ""), ("\x1b[27;5;112~", "ctrl+p"),
    ("\x1b[112;5u", "ctrl+p"), ("\x1b[27;2;9~", "shift+tab"), ("\x1b[9;2u", "shift+tab"),
    ("\x1b[27;6;9~", ""), ("\x1b[105;5u", ""), ("\x1b[27;3;120~", ""), ("\x1b[120;9u", ""),
    ("\x1b[97;2u", "A"), ("\x1b[27;2;65~", "A"), ("\x1b[27;2;63~", "question_mark"),
    ("\x1b[27u", "escape"),
    ("\x1b[127;2u", "backspace"), ("\x1b[97;1:3u", ""), ("\x1b[97;1:1u", "a"),
)  # fmt: skip
"""A key with modifiers, and the key that it names, if it is one here."""

PASTES: Final = ("abc", "南村\n北村", "a\x1b[31mb", "line\r\nline", "q U 1 \t", "\x1b", "")
"""Texts to paste, without their marks."""
