from django.core.management.base import BaseCommand
from django.db import connection, transaction

from articles.models import Article, PublishedStory


class Command(BaseCommand):
    help = "Recompute the rows from which public lists are answered, and say how many had differed."

    def handle(self, *args: object, **options) -> None:
        with transaction.atomic():
            before = {row[0]: row for row in PublishedStory.objects.values_list()}
            PublishedStory.objects.all().delete()
            published = list(Article.objects.published().values_list("pk", flat=True))
            with connection.cursor() as cursor:
                cursor.execute("SELECT entente_list_stories(%s)", [published])
            after = {row[0]: row for row in PublishedStory.objects.values_list()}
        differed = sum(before.get(pk) != after.get(pk) for pk in before.keys() | after.keys())
        self.stdout.write(f"{len(after)} stories listed, {differed} had differed")
