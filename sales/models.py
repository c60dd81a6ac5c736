"""The index by which Django finds every model. Nobody inside imports it; scripts and shells may."""

from sales.access.models import Login, Seat, Signed
from sales.customers.models import ContactPoint, Customer, Person
from sales.intake.models import Import, ImportRow, StoredFile
from sales.leads.models import Interaction, Lead, LeadEvent, Note, Offer
from sales.ledger.models import Account, CommissionEntry, LedgerBook
from sales.registry.models import (
    Agent,
    Block,
    Design,
    Droid,
    Region,
    RegistrySync,
    Service,
    ServiceOwner,
    Terms,
)
from sales.wins.models import BookingRequest, CreditShare, HandOff, Refund, Win, WinPricing

__all__ = [
    "Account",
    "Agent",
    "Block",
    "BookingRequest",
    "CommissionEntry",
    "ContactPoint",
    "CreditShare",
    "Customer",
    "Design",
    "Droid",
    "HandOff",
    "Import",
    "ImportRow",
    "Interaction",
    "Lead",
    "LeadEvent",
    "LedgerBook",
    "Login",
    "Note",
    "Offer",
    "Person",
    "Refund",
    "Region",
    "RegistrySync",
    "Seat",
    "Service",
    "ServiceOwner",
    "Signed",
    "StoredFile",
    "Terms",
    "Win",
    "WinPricing",
]
