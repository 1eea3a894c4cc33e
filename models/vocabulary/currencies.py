"""Currencies whose smallest unit is no hundredth, after ISO 4217; all others have two decimals."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Currency:
    code: str
    decimals: int  # of the smallest unit in which the ledger can post
    meaning: str


_CURRENCIES = (
    Currency("BHD", 3, "Bahraini dinar"),
    Currency("BIF", 0, "Burundian franc"),
    Currency("CLF", 4, "Unidad de fomento"),
    Currency("CLP", 0, "Chilean peso"),
    Currency("DJF", 0, "Djiboutian franc"),
    Currency("GNF", 0, "Guinean franc"),
    Currency("IQD", 3, "Iraqi dinar"),
    Currency("ISK", 0, "Icelandic krona"),
    Currency("JOD", 3, "Jordanian dinar"),
    Currency("JPY", 0, "Japanese yen"),
    Currency("KMF", 0, "Comorian franc"),
    Currency("KRW", 0, "South Korean won"),
    Currency("KWD", 3, "Kuwaiti dinar"),
    Currency("LYD", 3, "Libyan dinar"),
    Currency("OMR", 3, "Omani rial"),
    Currency("PYG", 0, "Paraguayan guarani"),
    Currency("RWF", 0, "Rwandan franc"),
    Currency("TND", 3, "Tunisian dinar"),
    Currency("UGX", 0, "Ugandan shilling"),
    Currency("UYI", 0, "Uruguay peso en unidades indexadas"),
    Currency("UYW", 4, "Unidad previsional"),
    Currency("VND", 0, "Vietnamese dong"),
    Currency("VUV", 0, "Vanuatu vatu"),
    Currency("XAF", 0, "CFA franc BEAC"),
    Currency("XOF", 0, "CFA franc BCEAO"),
    Currency("XPF", 0, "CFP franc"),
)

CURRENCIES = {currency.code: currency for currency in _CURRENCIES}
