"""`duban backup`: write the campaign's progress, history and definitions to one file."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path

from campaigns.errors import UsageError
from campaigns.plain_text import one_line
from commands.lookup.context import open_context
from commands.output.console import STORE_FAULT, Console
from commands.output.version import version
from i18n.catalogue import Translator
from i18n.messages import msg
from storage.backup.manifest import Manifest
from storage.backup.take import take_backup
from storage.disk.layout import Layout


def run(options: Namespace, environ: Mapping[str, str], console: Console) -> int:
    """Take the backup and print its file, units, events and digest.

    Gives 4 if units are damaged or could not be checked; they are backed up as they are.
    """
    context = open_context(options, environ, console)
    target = backup_file(options.file)
    manifest = take_backup(
        Layout(context.folder),
        os.fsencode(target.absolute()),
        campaign=context.desk.campaign.id,
        version=version(),
        by=context.desk.person,
        at=context.desk.clock(),
        zone=context.desk.zone,
        overwrite=options.force,
    )
    console.print(one_line(f"{target}: {contents(manifest, console.tr)}"))
    if manifest.damaged:
        console.complain(
            msg("These units are damaged, and were backed up as they are: {units}. Restore them "
                "from an earlier backup.", units=", ".join(manifest.damaged))
        )  # fmt: skip
    complain_of_unchecked(manifest, console)
    return STORE_FAULT if manifest.damaged or manifest.unchecked else 0


def complain_of_unchecked(manifest: Manifest, console: Console) -> None:
    """Report the units in a backup that only a newer duban can check."""
    if manifest.unchecked:
        console.complain(
            msg("These units were copied but could not be checked, because a newer duban wrote "
                "them: {units}. Update duban.", units=", ".join(manifest.unchecked))
        )  # fmt: skip


def backup_file(text: str) -> Path:
    """The path of a backup from the command line. Raises UsageError if it is empty."""
    if not text:
        raise UsageError(msg("The name of the backup is empty. Give the path of a file."))
    return Path(text)


def contents(manifest: Manifest, tr: Translator) -> str:
    """The contents of a backup in one line: units, events and digest."""
    return tr(
        "{units}, {events}, digest {digest}",
        units=tr.count("{n} unit", "{n} units", len(manifest.chains)),
        events=tr.count("{n} event", "{n} events", manifest.events),
        digest=manifest.digest,
    )
