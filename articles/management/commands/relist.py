from django.core.management.base import BaseCommand
from django.db import connection, models, transaction

from articles.models import Article, PublishedStory
from entities.models import Agreement, PublishedAgreement


class Command(BaseCommand):
    help = "Recompute the rows from which public lists are answered, and say how many had differed."

    def handle(self, *args: object, **options) -> None:
        stories = recomputed(PublishedStory, "entente_list_stories", Article.objects.published())
        self.stdout.write("{} stories listed, {} had differed".format(*stories))
        agreements = recomputed(PublishedAgreement, "entente_list_agreements", Agreement.objects.published())
        self.stdout.write("{} agreements listed, {} had differed".format(*agreements))


@transaction.atomic
def recomputed(model: type[models.Model], function: str, published: models.QuerySet) -> tuple[int, int]:
    """Write the derived rows anew; return how many there are and how many were different before."""
    before = {row[0]: row for row in model.objects.values_list()}
    model.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [list(published.values_list("pk", flat=True))])
    after = {row[0]: row for row in model.objects.values_list()}
    return len(after), sum(before.get(pk) != after.get(pk) for pk in before.keys() | after.keys())
