"""The one table of what each role may do.

An entry is a permission (`articles.add_article`), an action on everything of an app (`view entities`)
or all of an app (`all articles`).
"""

from collections.abc import Iterable
from functools import cache

from django.apps import apps
from django.contrib.auth import get_permission_codename

CONTRIBUTOR = (
    "view articles",
    "view entities",
    "articles.add_article",
    "articles.change_article",  # their own drafts: ArticleQuerySet.on_desk
    "articles.add_articletext",
    "articles.change_articletext",
    "articles.add_mention",
    "articles.change_mention",
    "articles.delete_mention",
    "articles.change_proposal",
    "articles.add_taggedarticle",
    "articles.change_taggedarticle",
    "articles.delete_taggedarticle",
)
EDITOR = (
    *CONTRIBUTOR,
    "all articles",
    "all entities",
    "all imports",
    "view history",
    "history.undo_batch",
    "view jobs",
    "jobs.change_job",
)
ADMINISTRATOR = (
    *EDITOR,
    "accounts.view_user",
    "accounts.add_user",
    "accounts.change_user",
    "accounts.view_invitation",
    "accounts.add_invitation",
    "accounts.change_invitation",
    "axes.view_accessattempt",
    "axes.delete_accessattempt",  # lets somebody in again who is locked out
)
TABLE = {"contributor": CONTRIBUTOR, "editor": EDITOR, "administrator": ADMINISTRATOR}


@cache
def permissions_of(role: str) -> frozenset[str]:
    return frozenset(permission for entry in TABLE[role] for permission in _expand(entry))


def roles_with(permission: str) -> list[str]:
    return [role for role in TABLE if permission in permissions_of(role)]


@cache
def everything() -> frozenset[str]:
    return frozenset(permission for app in apps.get_app_configs() for permission in _of_app(app.label))


def _expand(entry: str) -> Iterable[str]:
    if " " not in entry:
        return [entry]
    action, app_label = entry.split()
    return _of_app(app_label, only=None if action == "all" else action)


def _of_app(app_label: str, only: str | None = None) -> Iterable[str]:
    for model in apps.get_app_config(app_label).get_models():
        for action in model._meta.default_permissions:
            if only in (None, action):
                yield f"{app_label}.{get_permission_codename(action, model._meta)}"
        if only is None:
            yield from (f"{app_label}.{codename}" for codename, _name in model._meta.permissions)
