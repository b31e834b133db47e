import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("history", "0001_initial")]

    operations = [
        migrations.AlterModelOptions(
            name="batch",
            options={
                "ordering": ["-started_at", "-pk"],
                "permissions": [("undo_batch", "Can undo batches")],
                "verbose_name": "batch",
                "verbose_name_plural": "batches",
            },
        ),
        migrations.AddField(
            model_name="batch",
            name="undoes",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="undos",
                to="history.batch",
                verbose_name="takes back",
            ),
        ),
        migrations.AddField(
            model_name="batch",
            name="undone",
            field=models.BooleanField(default=False, editable=False, verbose_name="undone"),
        ),
    ]
