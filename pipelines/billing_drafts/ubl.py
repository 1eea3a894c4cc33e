"""A draft as UBL 2.1 Invoice, in the element order of its schema and with EN 16931 cardinalities.

The header of such an invoice takes one despatch reference, and validators warn against one at the
line; so an invoice over several shipments would lose the link to them. Every line carries its
shipment line in a note and as an additional property, and the order line in OrderLineReference.
"""

from __future__ import annotations

from decimal import Decimal
from xml.etree import ElementTree

from pipelines.billing_drafts.invoice import DraftInvoice, DraftLine

INVOICE = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
CUSTOMIZATION = "urn:cen.eu:en16931:2017"
PROFILE = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
COMMERCIAL_INVOICE = "380"
DRAFT_NOTE = "Draft: number and tax are the billing system's; amounts are before tax."

Element = ElementTree.Element


def ubl_invoice(invoice: DraftInvoice) -> str:
    """The XML of one draft, the same bytes for the same draft."""
    for prefix, space in (("", INVOICE), ("cac", CAC), ("cbc", CBC)):
        ElementTree.register_namespace(prefix, space)
    root = ElementTree.Element(f"{{{INVOICE}}}Invoice")
    _text(root, "CustomizationID", CUSTOMIZATION)
    _text(root, "ProfileID", PROFILE)
    _text(root, "ID", invoice.number)
    _text(root, "IssueDate", invoice.issue_date.isoformat())
    _text(root, "InvoiceTypeCode", COMMERCIAL_INVOICE)
    _text(root, "Note", DRAFT_NOTE)
    _text(root, "DocumentCurrencyCode", invoice.currency)
    _text(root, "BuyerReference", invoice.customer_po)
    if invoice.customer_po or invoice.order_id:
        order = _part(root, "OrderReference")
        _text(order, "ID", invoice.customer_po or invoice.order_id)
        _text(order, "SalesOrderID", invoice.order_id)
    if invoice.shipment_id:
        _text(_part(root, "DespatchDocumentReference"), "ID", invoice.shipment_id)
    _party(
        _part(root, "AccountingSupplierParty"),
        invoice.company_id,
        invoice.company_name,
        invoice.company_country,
    )
    _party(
        _part(root, "AccountingCustomerParty"),
        invoice.customer_code,
        invoice.customer_name,
        invoice.customer_country,
    )
    if invoice.terms:
        _text(_part(root, "PaymentTerms"), "Note", invoice.terms)
    for charge in invoice.charges:
        allowance = _part(root, "AllowanceCharge")
        _text(allowance, "ChargeIndicator", "true")
        _text(allowance, "AllowanceChargeReason", charge.kind)
        _amount(allowance, "Amount", charge.amount, invoice.currency)
    totals = _part(root, "LegalMonetaryTotal")
    _amount(totals, "LineExtensionAmount", invoice.line_total, invoice.currency)
    _amount(totals, "TaxExclusiveAmount", invoice.total, invoice.currency)
    if invoice.charges:
        _amount(totals, "ChargeTotalAmount", invoice.charge_total, invoice.currency)
    _amount(totals, "PayableAmount", invoice.total, invoice.currency)
    for line in invoice.lines:
        _line(root, line, invoice.currency)
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _line(root: Element, line: DraftLine, currency: str) -> None:
    element = _part(root, "InvoiceLine")
    _text(element, "ID", str(line.number))
    replaces = f"; replaces {line.supersedes_key}" if line.supersedes_key else ""
    shipped = f"shipment {line.shipment}; " if line.shipment else ""
    _text(element, "Note", f"{shipped}ready-to-bill key {line.key}{replaces}")
    _text(element, "InvoicedQuantity", _plain(line.qty), unitCode=line.uom)
    _amount(element, "LineExtensionAmount", line.amount, currency)
    if line.order_line:
        _text(_part(element, "OrderLineReference"), "LineID", line.order_line)
    item = _part(element, "Item")
    _text(item, "Name", line.description)
    _text(_part(item, "SellersItemIdentification"), "ID", line.item_code)
    if line.shipment:
        told = _part(item, "AdditionalItemProperty")
        _text(told, "Name", "Shipment line")
        _text(told, "Value", line.shipment)
    _text(_part(element, "Price"), "PriceAmount", _plain(line.unit_price), currencyID=currency)


def _party(parent: Element, code: str, name: str, country: str) -> None:
    party = _part(parent, "Party")
    if code:
        _text(_part(party, "PartyIdentification"), "ID", code)
    _text(_part(party, "PartyName"), "Name", name)
    if country:
        address = _part(party, "PostalAddress")
        _text(_part(address, "Country"), "IdentificationCode", country)
    _text(_part(party, "PartyLegalEntity"), "RegistrationName", name)


def _part(parent: Element, name: str) -> Element:
    return ElementTree.SubElement(parent, f"{{{CAC}}}{name}")


def _text(parent: Element, name: str, value: str, **attributes: str) -> None:
    """Add a basic element; an empty one says nothing and is left out."""
    if value:
        ElementTree.SubElement(parent, f"{{{CBC}}}{name}", attributes).text = value


def _amount(parent: Element, name: str, amount: Decimal, currency: str) -> None:
    _text(parent, name, f"{amount:.2f}", currencyID=currency)


def _plain(number: Decimal) -> str:
    """A decimal without an exponent and without zeros behind."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
