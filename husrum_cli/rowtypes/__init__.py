"""Rows as they are typed or imported, and as they are exported.

A row type declares, once: the columns of an import file, which are the options of the command that adds such a row; what they refer to; where they are
stored; and by what a row is matched to one in the file. Import, export, the options of commands and the documentation come from the declaration.

A new kind of row is one NamedTuple and one `RowType` in a module here, and a line in `registry.MODULES`:

    class ReminderRow(NamedTuple):
        person: Annotated[Person, columns.person()]
        date: Annotated[str, day("dato", help="The day to come back to them.")]
        note: Annotated[str | None, columns.note()] = None

    REMINDERS = RowType("reminders", ReminderRow, ("person", "date"))

Where the domain has rules about adding one, pass the function that checks them as `add`; if a row takes more than one table, pass `more` and `amend`, or
derive from `RowType` as meetings and events do. A command takes the options with `@takes(REMINDERS, "date", "note")` and gets a `Typed[ReminderRow]`.
"""
