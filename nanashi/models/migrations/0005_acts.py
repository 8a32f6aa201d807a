"""Entries that are queued by their keys; what the program did to a keyword as a code, not in somebody's language.

A restored revision was noted in the language of whoever restored it, which says something of them: those notes
become codes. Open proposals have an index, as the worker looks for those that are due.
"""

import re

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

NOTES = re.compile(r"revision ([0-9]+) restored|第([0-9]+)版に戻した")


def notes_to_acts(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    revisions = apps.get_model("nanashi", "Revision")
    noted = models.Q(note__startswith="revision ") | models.Q(note__startswith="第")
    for key, note in list(revisions.objects.filter(noted).values_list("key", "note")):
        if found := NOTES.fullmatch(note):
            number = found[1] or found[2]
            revisions.objects.filter(key=key).update(note="", act="restored", act_on=number)


class Migration(migrations.Migration):
    dependencies = [("nanashi", "0004_estimates")]

    operations = [
        migrations.AddField(
            model_name="backfill",
            name="entries",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="revision",
            name="act",
            field=models.CharField(blank=True, db_default="", default="", max_length=8),
        ),
        migrations.AddField(
            model_name="revision",
            name="act_on",
            field=models.CharField(blank=True, db_default="", default="", max_length=100),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(condition=models.Q(objection=""), fields=["day"], name="proposal_open"),
        ),
        migrations.RunPython(notes_to_acts, migrations.RunPython.noop),
    ]
