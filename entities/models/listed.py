from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from .agreements import Agreement, DatedQuerySet


class PublishedAgreement(models.Model):
    """One flat row per public agreement, from which every public list and count of agreements is answered.

    Derived: the function ``entente_list_agreements`` writes it, called by statement triggers on agreements, parties,
    subjects and organisations. Its rows are those of ``Agreement.objects.published()``; ``manage.py relist``
    recomputes it and says what differed. ``sides`` is what the register says, else what the visible parties make it.
    """

    agreement = models.OneToOneField(Agreement, models.CASCADE, primary_key=True, related_name="listing")
    key = models.CharField(
        max_length=300
    )  # the beginning of the agreement's own: an index row has its limits
    kind = models.CharField(_("kind"), max_length=12)
    sides = models.CharField(max_length=12)
    register = models.CharField(_("register"), max_length=200)
    signed_earliest = models.DateField(null=True)
    signed_latest = models.DateField(null=True)
    in_force_earliest = models.DateField(null=True)
    ended_earliest = models.DateField(null=True)
    country_ids = ArrayField(models.BigIntegerField(), default=list)
    organisation_ids = ArrayField(models.BigIntegerField(), default=list)
    tag_ids = ArrayField(models.BigIntegerField(), default=list)

    objects = DatedQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(
                F("signed_earliest").desc(nulls_last=True),
                F("signed_latest").desc(nulls_last=True),
                "key",
                "agreement",
                name="entities_listed_newest",
            ),
            models.Index(
                F("signed_earliest").asc(nulls_last=True),
                F("signed_latest").asc(nulls_last=True),
                "key",
                "agreement",
                name="entities_listed_oldest",
            ),
            models.Index(fields=["key", "agreement"], name="entities_listed_title"),
            GinIndex(fields=["country_ids", "organisation_ids", "tag_ids"], name="entities_listed_arrays"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}"
