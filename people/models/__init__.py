"""Models of the people: accounts, organisations, the staff register, training, consents."""

from people.models.consent import Consent, ConsentAnswer, ConsentText
from people.models.correction import CorrectionRequest
from people.models.invitation import Invitation
from people.models.organisation import Organisation, OrganisationQuerySet, OrganisationStatus
from people.models.retention import RetentionRules
from people.models.rights import DataArchive, ErasureRequest
from people.models.role import OrganisationRole
from people.models.rules import StaffRules
from people.models.staff import StaffPosition, StaffQuerySet, StaffRecord
from people.models.staff_import import StaffImport, StaffImportRow
from people.models.staff_move import StaffMove
from people.models.staff_parts import Award, Education, SupportForm, TeachingLoad
from people.models.staff_work import CardOpening, QuarterConfirmation, StaffLink
from people.models.subject import Subject
from people.models.teacher_page import TeacherPage, TeacherPageQuerySet
from people.models.training import TrainingQuerySet, TrainingRecord
from people.models.user import User, UserManager

__all__ = [
    "Award",
    "CardOpening",
    "Consent",
    "ConsentAnswer",
    "ConsentText",
    "CorrectionRequest",
    "DataArchive",
    "Education",
    "ErasureRequest",
    "Invitation",
    "Organisation",
    "OrganisationQuerySet",
    "OrganisationRole",
    "OrganisationStatus",
    "QuarterConfirmation",
    "RetentionRules",
    "StaffImport",
    "StaffImportRow",
    "StaffLink",
    "StaffMove",
    "StaffPosition",
    "StaffQuerySet",
    "StaffRecord",
    "StaffRules",
    "Subject",
    "SupportForm",
    "TeacherPage",
    "TeacherPageQuerySet",
    "TeachingLoad",
    "TrainingQuerySet",
    "TrainingRecord",
    "User",
    "UserManager",
]
