"""The count of changes of every row, proposals, and the three roles of the desk."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

#: Records with a publication state of their own, and the rows beside them.
RECORDS = ("party", "participant", "series", "source", "commitment", "meeting", "mention", "milestone", "deadline")
BESIDE = ("participantname", "commitmentname", "attendance", "report", "citation")
DESK = ("add", "change", "delete", "view")
#: For each role what it may do beyond the one before: the actions, by application and model.
ROLES = (
    ("Editor", {("tracker", name): DESK for name in (*RECORDS, *BESIDE)} | {("tracker", "redirect"): ("view",), ("tracker", "proposal"): ("view",)}),
    ("Reviewer", {("tracker", name): ("publish",) for name in RECORDS} | {("tracker", "redirect"): ("add", "change"), ("tracker", "proposal"): ("change",)}),
    ("Administrator", {("tracker", "redirect"): ("delete",), ("auth", "user"): ("add", "change", "view"), ("auth", "group"): ("view",)}),
)


def allowed(apps, app, model, action):
    """Return a permission; on a new database none has been made yet."""
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app, model=model)
    name = f"Can {action} {apps.get_model(app, model)._meta.verbose_name_raw}"
    found, _ = apps.get_model("auth", "Permission").objects.get_or_create(content_type=kind, codename=f"{action}_{model}", defaults={"name": name})
    return found


def make_roles(apps, schema_editor):
    held = []
    for role, actions in ROLES:
        held += [allowed(apps, app, model, action) for (app, model), some in actions.items() for action in some]
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=role)
        group.permissions.add(*held)


def unmake_roles(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=[role for role, _ in ROLES]).delete()
    apps.get_model("auth", "Permission").objects.filter(content_type__app_label="tracker", codename__in=[f"publish_{name}" for name in RECORDS]).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0007_what_was_loaded'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='commitment',
            options={'default_permissions': ('add', 'change', 'delete', 'view', 'publish'), 'verbose_name': 'commitment', 'verbose_name_plural': 'commitments'},
        ),
        migrations.AlterModelOptions(
            name='deadline',
            options={'default_permissions': ('add', 'change', 'delete', 'view', 'publish'), 'verbose_name': 'deadline', 'verbose_name_plural': 'deadlines'},
        ),
        migrations.AlterModelOptions(
            name='meeting',
            options={'default_permissions': ('add', 'change', 'delete', 'view', 'publish'), 'verbose_name': 'meeting', 'verbose_name_plural': 'meetings'},
        ),
        migrations.AlterModelOptions(
            name='mention',
            options={'default_permissions': ('add', 'change', 'delete', 'view', 'publish'), 'verbose_name': 'mention', 'verbose_name_plural': 'mentions'},
        ),
        migrations.AlterModelOptions(
            name='milestone',
            options={'default_permissions': ('add', 'change', 'delete', 'view', 'publish'), 'verbose_name': 'milestone', 'verbose_name_plural': 'milestones'},
        ),
        migrations.AlterModelOptions(
            name='participant',
            options={'default_permissions': ('add', 'change', 'delete', 'view', 'publish'), 'verbose_name': 'participant', 'verbose_name_plural': 'participants'},
        ),
        migrations.AlterModelOptions(
            name='party',
            options={'default_permissions': ('add', 'change', 'delete', 'view', 'publish'), 'verbose_name': 'party', 'verbose_name_plural': 'parties'},
        ),
        migrations.AlterModelOptions(
            name='series',
            options={'default_permissions': ('add', 'change', 'delete', 'view', 'publish'), 'verbose_name': 'series', 'verbose_name_plural': 'series'},
        ),
        migrations.AlterModelOptions(
            name='source',
            options={'default_permissions': ('add', 'change', 'delete', 'view', 'publish'), 'verbose_name': 'source', 'verbose_name_plural': 'sources'},
        ),
        migrations.AddField(
            model_name='attendance',
            name='revision',
            field=models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name='revision'),
        ),
        migrations.AddField(
            model_name='citation',
            name='revision',
            field=models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name='revision'),
        ),
        migrations.AddField(
            model_name='commitment',
            name='revision',
            field=models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name='revision'),
        ),
        migrations.AddField(
            model_name='commitmentname',
            name='revision',
            field=models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name='revision'),
        ),
        migrations.AddField(
            model_name='deadline',
            name='revision',
            field=models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name='revision'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='revision',
            field=models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name='revision'),
        ),
        migrations.AddField(
            model_name='mention',
            name='revision',
            field=models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name='revision'),
        ),
        migrations.AddField(
            model_name='milestone',
            name='revision',
            field=models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name='revision'),
        ),
        migrations.AddField(
            model_name='participant',
            name='revision',
            field=models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name='revision'),
        ),
        migrations.AddField(
            model_name='participantname',
            name='revision',
            field=models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name='revision'),
        ),
        migrations.AddField(
            model_name='party',
            name='revision',
            field=models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name='revision'),
        ),
        migrations.AddField(
            model_name='redirect',
            name='revision',
            field=models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name='revision'),
        ),
        migrations.AddField(
            model_name='report',
            name='revision',
            field=models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name='revision'),
        ),
        migrations.AddField(
            model_name='series',
            name='revision',
            field=models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name='revision'),
        ),
        migrations.AddField(
            model_name='source',
            name='revision',
            field=models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name='revision'),
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=12, verbose_name='kind of record')),
                ('row', models.BigIntegerField(verbose_name='number of the row')),
                ('title', models.CharField(help_text='What the record was called when the change was proposed.', max_length=300, verbose_name='title')),
                ('revision', models.PositiveIntegerField(verbose_name='revision')),
                ('changes', models.JSONField(verbose_name='changes')),
                ('reason', models.TextField(verbose_name='reason')),
                ('made', models.DateTimeField(verbose_name='proposed')),
                ('decided', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                ('answer', models.TextField(blank=True, help_text='Why it was declined.', verbose_name='answer')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('edit', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposal', to='tracker.edit', verbose_name='edit')),
            ],
            options={
                'verbose_name': 'proposal',
                'verbose_name_plural': 'proposals',
                'indexes': [models.Index(fields=['decided', 'kind', 'row'], name='proposal_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='proposal_has_a_reason', violation_error_message='Say why the record should change.'), models.CheckConstraint(condition=models.Q(models.Q(('decided__isnull', True), ('edit__isnull', True)), models.Q(('decided__isnull', False), ('edit__isnull', False)), models.Q(('decided__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='proposal_is_declined_with_an_answer', violation_error_message='Say why the proposal is declined: its author will read it.')],
            },
        ),
        migrations.RunPython(make_roles, unmake_roles),
    ]
