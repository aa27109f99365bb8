"""Takes Wagtail's English initial data away and names the roots in Russian."""

from django.db import migrations

ROOT_PAGE = "Все страницы"
ROOT_COLLECTION = "Все файлы"
EMPTY_SITE = "Портал ещё не наполнен"


def rename(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    Collection = apps.get_model("wagtailcore", "Collection")
    Group = apps.get_model("auth", "Group")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    Task = apps.get_model("wagtailcore", "Task")

    Page.objects.filter(depth=1, title="Root").update(title=ROOT_PAGE, draft_title=ROOT_PAGE)
    Page.objects.filter(depth=2, title="Welcome to your new Wagtail site!").update(
        title=EMPTY_SITE, draft_title=EMPTY_SITE
    )
    Collection.objects.filter(depth=1, name="Root").update(name=ROOT_COLLECTION)
    # Nobody can be in these groups or have used this workflow before the portal's own are made.
    Group.objects.filter(name__in=("Moderators", "Editors"), user__isnull=True).delete()
    Workflow.objects.filter(name="Moderators approval", workflow_states__isnull=True).delete()
    Task.objects.filter(name="Moderators approval", task_states__isnull=True).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("people", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]

    operations = [migrations.RunPython(rename, migrations.RunPython.noop)]
