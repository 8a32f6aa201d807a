"""The estimates of entries with their stored results."""

import django.db.models.deletion
from django.db import migrations, models

import nanashi.models.keys


class Migration(migrations.Migration):
    dependencies = [("nanashi", "0003_writing")]

    operations = [
        migrations.CreateModel(
            name="Estimate",
            fields=[
                (
                    "key",
                    nanashi.models.keys.KeyField(
                        default=nanashi.models.keys.random_key, primary_key=True, serialize=False
                    ),
                ),
                ("ordinal", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                ("digest", models.CharField(max_length=32, unique=True)),
                ("record", models.JSONField()),
                ("base_written", models.CharField(blank=True, db_index=True, max_length=15)),
                ("base_block", models.PositiveSmallIntegerField(default=1)),
                ("state", models.PositiveSmallIntegerField()),
                ("rank", models.BigIntegerField()),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="estimates",
                        to="nanashi.entry",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "rank", "entry", "ordinal"], name="estimate_list")],
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "ordinal"), name="estimate_of_entry")
                ],
            },
        ),
    ]
