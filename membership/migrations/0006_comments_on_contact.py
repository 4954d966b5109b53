from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("membership", "0005_sealed_manifest"),
    ]

    operations = [
        migrations.AlterField(
            model_name="returncomment",
            name="section",
            field=models.CharField(
                blank=True,
                choices=[
                    ("economic", "Economic key data"),
                    ("industrial", "Industrial characteristics"),
                    ("cooperations", "Present cooperations"),
                    ("wishes", "Cooperation wishes"),
                    ("contact", "Contact and resolution"),
                    ("attachments", "Attachments"),
                    ("", "General"),
                ],
                max_length=12,
                verbose_name="section",
            ),
        ),
        migrations.AlterField(
            model_name="returncommentevent",
            name="section",
            field=models.CharField(
                blank=True,
                choices=[
                    ("economic", "Economic key data"),
                    ("industrial", "Industrial characteristics"),
                    ("cooperations", "Present cooperations"),
                    ("wishes", "Cooperation wishes"),
                    ("contact", "Contact and resolution"),
                    ("attachments", "Attachments"),
                    ("", "General"),
                ],
                max_length=12,
                verbose_name="section",
            ),
        ),
    ]
