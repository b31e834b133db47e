from .addresses import Address
from .agreements import Agreement, AgreementParty, AgreementRelation, TaggedAgreement
from .countries import Country, Succession
from .imported import ImportedRow, SavedMapping, UnknownName
from .listed import PublishedAgreement
from .names import Name
from .organisations import Organisation
from .people import Person, Position
from .sources import Source
from .tags import Tag, TagSynonym

__all__ = [
    "Address",
    "Agreement",
    "AgreementParty",
    "AgreementRelation",
    "Country",
    "ImportedRow",
    "Name",
    "Organisation",
    "Person",
    "Position",
    "PublishedAgreement",
    "SavedMapping",
    "Source",
    "Succession",
    "Tag",
    "TagSynonym",
    "TaggedAgreement",
    "UnknownName",
]
