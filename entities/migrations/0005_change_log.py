"""Every table of the register is under the change log; records count their revisions."""

from django.db import migrations

from history.triggers import count_revisions, log_changes

RECORDS = (
    "entities_country",
    "entities_organisation",
    "entities_person",
    "entities_agreement",
    "entities_source",
)
OWNERS = ("country_id", "organisation_id", "person_id", "agreement_id")


class Migration(migrations.Migration):
    dependencies = [("entities", "0004_imported_rows"), ("history", "0001_initial")]
    operations = [
        *(operation for table in RECORDS for operation in log_changes(table)),
        *(operation for table in RECORDS for operation in count_revisions(table)),
        *log_changes("entities_name", owner=OWNERS),
        *log_changes("entities_succession", owner="predecessor_id"),
        *log_changes("entities_position", owner="person_id"),
        *log_changes("entities_agreementparty", owner="agreement_id"),
        *log_changes("entities_agreementrelation", owner="source_id"),
        *log_changes("entities_tag"),
        *log_changes("entities_tagsynonym", owner="tag_id"),
        *log_changes("entities_taggedagreement", owner="content_object_id"),
        *log_changes("entities_address"),
    ]
