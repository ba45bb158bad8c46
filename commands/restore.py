"""`duban restore`: put a campaign back as a backup holds it."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Mapping

from campaigns.errors import UsageError
from campaigns.reading.loader import load
from commands.backup import complain_of_unchecked, file_given, held
from commands.lookup import paths
from commands.lookup.context import asked_now, current_person
from commands.lookup.moments import read_now
from commands.lookup.names import normal
from commands.output.console import Console, one_line
from i18n.messages import msg
from storage.backup.file import open_backup
from storage.backup.restore import restore
from storage.errors import shown


def run(options: Namespace, environ: Mapping[str, str], console: Console) -> int:
    """Verify a backup, put its campaign in place, and print where and what.

    Raises UsageError where a campaign is in the way, or the backup is of another one
    than `-c` names.
    """
    data = paths.data_folder(options.data, environ)
    file = file_given(options.file)
    with open_backup(os.fsencode(file.absolute())) as backup:
        told = backup.manifest
        _check_campaign(options.campaign, told.campaign)
        done = restore(
            backup,
            os.fsencode(data.absolute()),
            by=current_person(environ),
            at=read_now(asked_now(options, environ), told.zone),
            replace=options.force,
            damaged=options.damaged,
        )
    console.print(one_line(f"{shown(done.folder)}: {held(done.manifest, console.tr)}"))
    if done.kept is not None:
        console.complain(msg("What was there is kept as {folder}.", folder=shown(done.kept)))
    if done.manifest.damaged:
        units = ", ".join(done.manifest.damaged)
        console.complain(msg("These units are damaged as they were: {units}.", units=units))
    complain_of_unchecked(done.manifest, console)
    return 0


def _check_campaign(asked: str | None, held_campaign: str) -> None:
    """Raise UsageError if `-c` names another campaign than the backup's."""
    if asked is None:
        return
    file = paths.definition_file(asked)
    named = load(file).campaign.id if file is not None else normal(asked)
    if named != held_campaign:
        raise UsageError(
            msg("This is a backup of {held}, not of {asked}. Leave -c out, or name {held}.",
                held=held_campaign, asked=named)
        )  # fmt: skip
