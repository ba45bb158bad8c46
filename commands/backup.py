"""`duban backup`: the campaign's progress, history and definitions in one file."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from campaigns.errors import UsageError
from commands.lookup import paths
from commands.lookup.context import open_context
from commands.output.console import Console, one_line
from commands.output.version import version
from i18n.catalogue import Translator
from i18n.messages import msg
from storage.backup.manifest import Manifest
from storage.backup.take import take_backup
from storage.disk.layout import Layout

UNSOUND: Final = 4


def run(options: Namespace, environ: Mapping[str, str], console: Console) -> int:
    """Take the backup and print its file, units, events and digest.

    Gives 4 where units were damaged or could not be checked: then they are in it as they are.
    """
    context = open_context(options, environ, console)
    data = paths.data_folder(options.data, environ)
    target = file_given(options.file)
    manifest = take_backup(
        Layout(os.fsencode((data / context.desk.campaign.id).absolute())),
        os.fsencode(target.absolute()),
        campaign=context.desk.campaign.id,
        version=version(),
        by=context.desk.person,
        at=context.desk.clock(),
        zone=context.desk.zone,
        overwrite=options.force,
    )
    console.print(one_line(f"{target}: {held(manifest, console.tr)}"))
    if manifest.damaged:
        console.complain(
            msg("These units are damaged, and are in the backup as they are: {units}. Mend them "
                "from an earlier backup.", units=", ".join(manifest.damaged))
        )  # fmt: skip
    complain_of_unchecked(manifest, console)
    return UNSOUND if manifest.damaged or manifest.unchecked else 0


def complain_of_unchecked(manifest: Manifest, console: Console) -> None:
    """Say which units a backup holds without anybody knowing whether they are sound."""
    if manifest.unchecked:
        console.complain(
            msg("These units are as they were but could not be checked, for a newer duban wrote "
                "them: {units}. Update duban.", units=", ".join(manifest.unchecked))
        )  # fmt: skip


def file_given(text: str) -> Path:
    """The backup that was named. Raises UsageError for an empty name."""
    if not text:
        raise UsageError(msg("The name of the backup is empty. Give the path of a file."))
    return Path(text)


def held(manifest: Manifest, tr: Translator) -> str:
    """What a backup holds, in one line."""
    return tr(
        "{units}, {events}, digest {digest}",
        units=tr.count("{n} unit", "{n} units", len(manifest.chains)),
        events=tr.count("{n} event", "{n} events", manifest.events),
        digest=manifest.digest,
    )
