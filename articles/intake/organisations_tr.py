"""Organisations in Turkish text: bodies by the word that ends their name, companies, and capitals that stand for either."""

from . import acronyms_tr, bodies_tr, firms_tr
from .sentences import Sentences


def find(text: str, sentences: Sentences, busy: bytearray) -> list[tuple[int, int, str, float, str]]:
    bodies = bodies_tr.find(text, busy)
    firms = firms_tr.find(text, busy, bodies)
    return bodies + firms + acronyms_tr.find(text, busy, bodies + firms)
