"""What writing needs: locators, stumps, accounts, histories of keywords, and how far the lexicon has come."""

import django.db.models.deletion
from django.db import migrations, models

import nanashi.models.keys


class Migration(migrations.Migration):
    dependencies = [
        ("nanashi", "0002_bigram_index"),
    ]

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "key",
                    nanashi.models.keys.KeyField(
                        default=nanashi.models.keys.random_key, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                ("name_norm", models.CharField(max_length=160, unique=True)),
                ("password_salt", models.BinaryField(max_length=16)),
                ("password_proof", models.BinaryField(max_length=32)),
                ("password_lock", models.BinaryField(max_length=60)),
                ("code_salt", models.BinaryField(max_length=16)),
                ("code_proof", models.BinaryField(max_length=32)),
                ("code_lock", models.BinaryField(max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name="Backfill",
            fields=[
                (
                    "key",
                    nanashi.models.keys.KeyField(
                        default=nanashi.models.keys.random_key, primary_key=True, serialize=False
                    ),
                ),
                ("keyword_key", nanashi.models.keys.KeyField(null=True)),
                ("spellings", models.JSONField(default=list)),
                ("before", nanashi.models.keys.KeyField(null=True)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="LexiconChange",
            fields=[
                ("version", nanashi.models.keys.KeyField(primary_key=True, serialize=False)),
                ("keyword_key", nanashi.models.keys.KeyField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="LexiconState",
            fields=[
                ("key", nanashi.models.keys.KeyField(primary_key=True, serialize=False)),
                ("entries", models.PositiveIntegerField(default=0)),
                ("sealed_on", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Stump",
            fields=[
                ("key", nanashi.models.keys.KeyField(primary_key=True, serialize=False)),
                ("public_id", models.CharField(max_length=15, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="Tombstone",
            fields=[
                (
                    "key",
                    nanashi.models.keys.KeyField(
                        default=nanashi.models.keys.random_key, primary_key=True, serialize=False
                    ),
                ),
                ("digest", models.BinaryField(max_length=32, unique=True)),
                ("struck", models.BooleanField(default=False)),
            ],
        ),
        migrations.AddField(
            model_name="entry",
            name="hand",
            field=models.CharField(blank=True, max_length=16),
        ),
        migrations.AddField(
            model_name="entry",
            name="locator",
            field=models.BinaryField(max_length=32, null=True, unique=True),
        ),
        migrations.AddField(
            model_name="keyword",
            name="counted",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="keyword",
            name="counted_defined",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="keyword",
            name="retired",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="keyword",
            name="see_also",
            field=models.JSONField(default=list),
        ),
        migrations.AlterField(
            model_name="reference",
            name="entry",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="references",
                to="nanashi.entry",
            ),
        ),
        migrations.AlterField(
            model_name="reference",
            name="target",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="referred_by",
                to="nanashi.entry",
            ),
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "key",
                    nanashi.models.keys.KeyField(
                        default=nanashi.models.keys.random_key, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(choices=[("retire", "retire"), ("merge", "merge")], max_length=6)),
                ("day", models.DateField()),
                ("quarter", models.SmallIntegerField()),
                ("editor", models.CharField(max_length=16)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("objection", models.CharField(blank=True, max_length=500)),
                ("objector", models.CharField(blank=True, max_length=16)),
                (
                    "into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="merges_into",
                        to="nanashi.keyword",
                    ),
                ),
                (
                    "keyword",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="nanashi.keyword",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                (
                    "key",
                    nanashi.models.keys.KeyField(
                        default=nanashi.models.keys.random_key, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("day", models.DateField()),
                ("editor", models.CharField(max_length=16)),
                ("content", models.JSONField()),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "keyword",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="nanashi.keyword",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("keyword", "number"), name="revision_number")
                ],
            },
        ),
    ]
