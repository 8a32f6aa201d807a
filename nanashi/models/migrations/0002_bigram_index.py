"""The search index."""

from django.db import migrations

from nanashi.models.bigram_index import CREATE, DROP


class Migration(migrations.Migration):
    dependencies = [("nanashi", "0001_tables")]
    operations = [migrations.RunSQL(CREATE, DROP)]
