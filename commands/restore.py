"""`duban restore`: restore a campaign from a backup."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path

from campaigns.errors import UsageError
from campaigns.plain_text import one_line
from campaigns.reading.loader import load
from commands.backup import backup_file, complain_of_unchecked, contents
from commands.lookup import paths
from commands.lookup.context import asked_now, current_person
from commands.lookup.moments import read_now
from commands.lookup.names import normal
from commands.output.console import Console
from i18n.messages import msg
from storage.backup.file import open_backup
from storage.backup.restore import restore
from storage.errors import shown
from storage.paths import definition_file


def run(options: Namespace, environ: Mapping[str, str], console: Console) -> int:
    """Verify a backup, restore its campaign, and print the folder and what is in it.

    Raises UsageError if the campaign exists already (without `--force`), or the backup is of
    another campaign than `-c` names.
    """
    data = paths.data_folder(options.data, environ)
    file = backup_file(options.file)
    with open_backup(os.fsencode(file.absolute())) as backup:
        manifest = backup.manifest
        _check_campaign(options.campaign, manifest.campaign)
        done = restore(
            backup,
            os.fsencode(Path(data).absolute()),
            by=current_person(environ),
            at=read_now(asked_now(options, environ), manifest.zone),
            replace=options.force,
            damaged=options.damaged,
        )
    console.print(one_line(f"{shown(done.folder)}: {contents(done.manifest, console.tr)}"))
    if done.kept is not None:
        kept = shown(done.kept)
        console.complain(msg("The campaign as it was before is kept in {folder}.", folder=kept))
    if done.manifest.damaged:
        units = ", ".join(done.manifest.damaged)
        console.complain(
            msg("These units are damaged, as they were when the backup was taken: {units}.",
                units=units)
        )  # fmt: skip
    complain_of_unchecked(done.manifest, console)
    return 0


def _check_campaign(option: str | None, campaign: str) -> None:
    """Raise UsageError if `-c` names another campaign than the backup's."""
    if option is None:
        return
    file = definition_file(option)
    named = load(Path(file)).campaign.id if file is not None else normal(option)
    if named != campaign:
        raise UsageError(
            msg("This is a backup of {campaign}, not of {named}. Leave -c out, or give "
                "-c {campaign}.", campaign=campaign, named=named)
        )  # fmt: skip
