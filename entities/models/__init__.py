from .addresses import Address
from .agreements import Agreement, AgreementParty, AgreementRelation, TaggedAgreement
from .countries import Country, Succession
from .imported import ImportedRow, SavedMapping, UnknownName
from .listed import PublishedAgreement
from .merged import Distinct, Merged
from .names import Name
from .organisations import Organisation
from .people import Person, Position
from .sources import Source, SourceName
from .tags import Tag, TagSynonym

__all__ = [
    "Address",
    "Agreement",
    "AgreementParty",
    "AgreementRelation",
    "Country",
    "Distinct",
    "ImportedRow",
    "Merged",
    "Name",
    "Organisation",
    "Person",
    "Position",
    "PublishedAgreement",
    "SavedMapping",
    "Source",
    "SourceName",
    "Succession",
    "Tag",
    "TagSynonym",
    "TaggedAgreement",
    "UnknownName",
]
