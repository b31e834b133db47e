from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from . import roles
from .models import User


class RoleBackend(ModelBackend):
    """Signing in is Django's; what somebody may do is looked up by role, so a changed role counts at once.

    About single objects it says no, as Django's own does: whose draft it is, the articles know.
    """

    def get_all_permissions(self, user_obj: User | AnonymousUser, obj: Model | None = None) -> set[str]:
        if not isinstance(user_obj, User) or not user_obj.is_active or obj is not None:
            return set()
        return set(roles.everything() if user_obj.is_superuser else roles.permissions_of(user_obj.role))

    get_group_permissions = get_all_permissions

    def get_user_permissions(self, user_obj: User | AnonymousUser, obj: Model | None = None) -> set[str]:
        return set()

    def has_module_perms(self, user_obj: User | AnonymousUser, app_label: str) -> bool:
        return any(
            permission.startswith(f"{app_label}.") for permission in self.get_all_permissions(user_obj)
        )

    def with_perm(  # type: ignore[override]  # a permission here is always its name
        self, perm: str, is_active: bool = True, include_superusers: bool = True, obj: Model | None = None
    ) -> QuerySet[User]:
        allowed = Q(role__in=roles.roles_with(perm))
        if include_superusers:
            allowed |= Q(is_superuser=True)
        users = User.objects.filter(allowed) if obj is None else User.objects.none()
        return users if is_active is None else users.filter(is_active=is_active)


def address_seen_by_proxy(request: HttpRequest) -> str:
    """Whom the proxy in front of us talks to: the last entry is its own, clients may invent the others."""
    return request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")[-1].strip() or request.META["REMOTE_ADDR"]
