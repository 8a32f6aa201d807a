"""The diary's tables: random keys, no author, no time finer than a quarter of an hour."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import nanashi.models.keys

OCCURRENCES = """
CREATE TABLE nanashi_occurrence (
    keyword_id {key} NOT NULL REFERENCES nanashi_keyword (key) DEFERRABLE INITIALLY DEFERRED,
    entry_id {key} NOT NULL REFERENCES nanashi_entry (key) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (keyword_id, entry_id)
) {options}"""
KEY_TYPE = {"sqlite": "integer", "postgresql": "bigint"}
OPTIONS = {"sqlite": "WITHOUT ROWID", "postgresql": ""}


def create_occurrences(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """A composite key with a hidden rowid would keep the order of publishing; Django has no WITHOUT ROWID."""
    vendor = schema_editor.connection.vendor
    schema_editor.execute(OCCURRENCES.format(key=KEY_TYPE[vendor], options=OPTIONS[vendor]))
    schema_editor.execute("CREATE INDEX nanashi_occurrence_entry ON nanashi_occurrence (entry_id)")


def drop_occurrences(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute("DROP TABLE nanashi_occurrence")


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("key", nanashi.models.keys.KeyField(primary_key=True, serialize=False)),
                ("public_id", models.CharField(max_length=15, unique=True)),
                ("old_id", models.CharField(max_length=14, null=True, unique=True)),
                ("identity", models.BinaryField(max_length=16, null=True, unique=True)),
                ("day", models.DateField()),
                ("quarter", models.SmallIntegerField(null=True)),
                ("title", models.CharField(blank=True, max_length=300)),
                ("source_text", models.TextField()),
                ("body", models.TextField()),
                ("excerpt", models.CharField(blank=True, max_length=200)),
                ("lang", models.CharField(blank=True, max_length=35)),
                ("edited_on", models.DateField(null=True)),
                ("series", models.CharField(max_length=64, null=True)),
                ("part", models.PositiveIntegerField(null=True)),
                ("quoted_from", models.JSONField(null=True)),
                ("unlinked", models.JSONField(default=list)),
            ],
            options={
                "indexes": [models.Index(fields=["series", "part"], name="series_parts")],
            },
        ),
        migrations.CreateModel(
            name="Keyword",
            fields=[
                (
                    "key",
                    nanashi.models.keys.KeyField(
                        default=nanashi.models.keys.random_key, primary_key=True, serialize=False
                    ),
                ),
                ("word", models.CharField(max_length=100, unique=True)),
                ("norm", models.CharField(max_length=400, unique=True)),
                ("reading", models.CharField(blank=True, max_length=200)),
                ("shelf", models.CharField(max_length=2)),
                ("sort_key", models.CharField(max_length=400)),
                ("definition", models.TextField(blank=True)),
                ("definition_html", models.TextField(blank=True)),
                ("explicit", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [models.Index(fields=["shelf", "sort_key", "key"], name="keyword_index")],
            },
        ),
        migrations.CreateModel(
            name="Alias",
            fields=[
                (
                    "key",
                    nanashi.models.keys.KeyField(
                        default=nanashi.models.keys.random_key, primary_key=True, serialize=False
                    ),
                ),
                ("text", models.CharField(max_length=100)),
                ("norm", models.CharField(max_length=400, unique=True)),
                (
                    "keyword",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="nanashi.keyword",
                    ),
                ),
            ],
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Occurrence",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "keyword_id",
                                "entry_id",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="occurrences",
                                to="nanashi.entry",
                            ),
                        ),
                        (
                            "keyword",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="occurrences",
                                to="nanashi.keyword",
                            ),
                        ),
                    ],
                ),
            ],
            database_operations=[migrations.RunPython(create_occurrences, drop_occurrences)],
        ),
        migrations.CreateModel(
            name="Reference",
            fields=[
                (
                    "key",
                    nanashi.models.keys.KeyField(
                        default=nanashi.models.keys.random_key, primary_key=True, serialize=False
                    ),
                ),
                ("written_id", models.CharField(db_index=True, max_length=15)),
                ("is_reply", models.BooleanField()),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="references",
                        to="nanashi.entry",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="referred_by",
                        to="nanashi.entry",
                    ),
                ),
            ],
        ),
    ]
