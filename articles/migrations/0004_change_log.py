"""Articles with all that belongs to them are under the change log; they count their revisions."""

from django.db import migrations

from history.triggers import count_revisions, log_changes


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_triggers"), ("history", "0001_initial")]
    operations = [
        *log_changes("articles_article"),
        *count_revisions("articles_article"),
        *log_changes("articles_articletext", key="article_id", owner="article_id"),
        *log_changes("articles_mention", owner="article_id"),
        *log_changes("articles_proposal", owner="article_id"),
        *log_changes("articles_taggedarticle", owner="content_object_id"),
    ]
