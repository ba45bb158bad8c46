"""One unit's file and its archive: tables, records, chain."""
