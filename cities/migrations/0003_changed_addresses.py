from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cities", "0002_industries"),
    ]

    operations = [
        migrations.AddField(
            model_name="officer",
            name="address_changed_at",
            field=models.DateTimeField(
                blank=True,
                help_text="When the person last changed the address; the secretariat is told then.",
                null=True,
                verbose_name="e-mail address changed at",
            ),
        ),
        migrations.AddField(
            model_name="officerevent",
            name="address_changed_at",
            field=models.DateTimeField(
                blank=True,
                help_text="When the person last changed the address; the secretariat is told then.",
                null=True,
                verbose_name="e-mail address changed at",
            ),
        ),
    ]
