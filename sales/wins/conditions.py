"""What the database asks before it takes a win or its pricing, as constraints for both engines (DESIGN section 7)."""

from carolverse.db.constraints import Refuse

_NOT_FOR_SALE = (
    'NOT EXISTS (SELECT 1 FROM {sales.Service} s JOIN {sales.Agent} a ON a."key" = s."owner_id"'
    ' WHERE s."key" = NEW."service_id" AND s."sellable" AND s."retired_at" IS NULL AND s."quarantine" = \'\''
    ' AND a."is_agent" AND a."retired_at" IS NULL)'
)
_NOT_THE_OWNER_NOW = (
    'NOT EXISTS (SELECT 1 FROM {sales.Service} s WHERE s."key" = NEW."service_id"'
    ' AND s."owner_id" = NEW."owner_id" AND s."owner_revision" = NEW."owner_revision")'
)
_LEAD_HAS_LIVE_WIN = (
    'EXISTS (SELECT 1 FROM {sales.Win} w WHERE w."lead_id" = NEW."lead_id" AND NOT EXISTS'
    ' (SELECT 1 FROM {sales.Refund} r WHERE r."win_id" = w."key" AND r."kind" = \'void\'))'
)
_NOT_IN_FORCE = (
    'NOT EXISTS (SELECT 1 FROM {sales.Terms} t WHERE t."id" = NEW."terms_id" AND t."kind" = \'terms\''
    ' AND t."starts" <= NEW."sold_date") OR EXISTS (SELECT 1 FROM {sales.Terms} t JOIN {sales.Terms} l'
    ' ON l."service_id" = t."service_id" AND l."currency" = t."currency" WHERE t."id" = NEW."terms_id"'
    ' AND l."starts" <= NEW."sold_date" AND ((l."starts" = t."starts" AND l."revision" > t."revision")'
    ' OR (l."starts" > t."starts" AND l."kind" <> \'withdrawn\' AND NOT EXISTS (SELECT 1 FROM {sales.Terms} n'
    ' WHERE n."service_id" = l."service_id" AND n."currency" = l."currency" AND n."starts" = l."starts"'
    ' AND n."revision" > l."revision"))))'
)
_SHARES_NOT_WHOLE = (
    'COALESCE((SELECT SUM(c."weight") FROM {sales.CreditShare} c WHERE c."win_id" = NEW."win_id"'
    ' AND c."set_number" = (SELECT MAX(m."set_number") FROM {sales.CreditShare} m'
    ' WHERE m."win_id" = NEW."win_id")), 0) <> 10000'
)
_SHARES_ABOVE_WHOLE = (
    'NEW."weight" + COALESCE((SELECT SUM(c."weight") FROM {sales.CreditShare} c'
    ' WHERE c."win_id" = NEW."win_id" AND c."set_number" = NEW."set_number"), 0) > 10000'
)
_REFUNDS_ABOVE_BASE = (
    'NEW."amount_minor" + COALESCE((SELECT SUM(r."amount_minor") FROM {sales.Refund} r WHERE'
    ' r."win_id" = NEW."win_id" AND r."instalment" = NEW."instalment"), 0) >'
    ' (SELECT w."amount_minor" FROM {sales.Win} w WHERE w."key" = NEW."win_id")'
)
_IS_VOID = 'EXISTS (SELECT 1 FROM {sales.Refund} r WHERE r."win_id" = NEW."win_id" AND r."kind" = \'void\')'
WIN_SERVICE_FOR_SALE = Refuse(
    name="win_service_for_sale",
    when="insert",
    condition=_NOT_FOR_SALE,
    message="the service is not registered, retired, not accepted or not for sale",
)
WIN_OWNER_IN_FORCE = Refuse(
    name="win_owner_in_force",
    when="insert",
    condition=_NOT_THE_OWNER_NOW,
    message="the service has another owner now",
)
WIN_LEAD_HAS_ONE_LIVE_WIN = Refuse(
    name="win_lead_has_one_live_win",
    when="insert",
    condition=_LEAD_HAS_LIVE_WIN,
    message="the lead has a win that is not cancelled",
)
WIN_TERMS_IN_FORCE = Refuse(
    name="win_terms_in_force",
    when="insert",
    condition=_NOT_IN_FORCE,
    message="these terms were not in force on the sale date",
)
WIN_SHARES_MAKE_A_WHOLE = Refuse(
    name="win_shares_make_a_whole",
    when="insert",
    condition=_SHARES_NOT_WHOLE,
    message="the shares of credit do not make 10000",
)
CREDIT_SHARES_NOT_ABOVE_A_WHOLE = Refuse(
    name="credit_shares_not_above_a_whole",
    when="insert",
    condition=_SHARES_ABOVE_WHOLE,
    message="the shares of credit exceed 10000",
)
REFUNDS_NOT_ABOVE_THE_BASE = Refuse(
    name="refunds_not_above_the_base",
    when="insert",
    condition=_REFUNDS_ABOVE_BASE,
    message="more is refunded than was sold",
)
# Also keeps INSERT OR REPLACE from taking the void's place: win_voided_once is conditional, which SQLite's guard of
# append-only rows can't see.
REFUND_NOT_AFTER_VOID = Refuse(
    name="refund_not_after_void",
    when="insert",
    condition=_IS_VOID,
    message="the win is cancelled: nothing is left to refund",
)
