"""Words of the sample company: invented places, trades and goods."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Category:
    """A group of goods: what it costs in cents, how much a customer takes, when it peaks."""

    name: str
    valuation_class: str
    nouns: tuple[str, ...]
    cost_low: int
    cost_high: int
    typical_qty: int
    peak_day_of_year: int


CATEGORIES = (
    Category(
        "Fasteners", "TRADE",
        ("Hex bolts M8, box", "Wood screws 5x60, box", "Anchor bolts M10, box", "Washers, box",
         "Threaded rod 1 m", "Rivets, box", "Lag screws, box", "Lock nuts M8, box",
         "Drywall screws, box", "Cable ties, pack"),
        120, 900, 18, 150,
    ),
    Category(
        "Hand tools", "TRADE",
        ("Claw hammer", "Screwdriver set", "Combination pliers", "Adjustable wrench",
         "Spirit level 60 cm", "Tape measure 5 m", "Hacksaw", "Chisel set", "Utility knife",
         "Torque wrench"),
        600, 4500, 6, 100,
    ),
    Category(
        "Power tools", "TRADE",
        ("Cordless drill 18 V", "Angle grinder 125 mm", "Jigsaw", "Rotary hammer",
         "Circular saw", "Heat gun", "Orbital sander", "Impact driver", "Mixer 1200 W",
         "Wet vacuum cleaner"),
        4500, 24000, 2, 320,
    ),
    Category(
        "Safety", "TRADE",
        ("Work gloves, pair", "Safety helmet", "High visibility vest", "Safety boots S3",
         "Ear defenders", "Safety glasses", "Dust masks FFP2, box", "Knee pads",
         "First aid kit", "Fall harness"),
        250, 3500, 12, 290,
    ),
    Category(
        "Electrical", "TRADE",
        ("Cable 3x1.5, 50 m", "Extension lead 25 m", "LED work light", "Junction boxes, pack",
         "Cable reel 40 m", "Conduit 20 mm", "Voltage tester", "Socket outlet",
         "Circuit breaker 16 A", "Multimeter"),
        150, 2600, 9, 330,
    ),
    Category(
        "Site supplies", "TRADE",
        ("Tarpaulin 4x6 m", "Masking tape", "Sealant cartridge", "Assembly foam",
         "Rubble sacks, roll", "Marking spray", "Mason's bucket", "Duct tape", "Barrier tape",
         "Silicone remover"),
        90, 1500, 20, 190,
    ),
)  # fmt: skip

PLACES = (
    "Albersee", "Brenkow", "Cordhagen", "Dellmar", "Eschwyk", "Farnbruck", "Gramsee", "Holtriem",
    "Ilmtrup", "Jessendorp", "Kaltwiek", "Lorchenau", "Moorsum", "Nehrwald", "Ostrandis",
    "Pellwarth", "Quernbach", "Rohdenfels", "Silbertal am Moor", "Tarnhude", "Ulmenrode",
    "Vellbrook", "Wiekholm", "Zarnewitz", "Birkenlohe", "Dornsiel", "Fuhrenkamp", "Hasselmark",
)  # fmt: skip

TRADES = (
    "Baubedarf", "Zimmerei", "Elektrotechnik", "Metallbau", "Malerbetrieb", "Gartenbau",
    "Dachdeckerei", "Montagetechnik", "Werkstattbedarf", "Tiefbau", "Innenausbau",
)  # fmt: skip

FORMS_OF_FIRMS = ("GmbH", "KG", "eK", "GmbH & Co. KG", "oHG", "AG", "und Söhne", "Service")

# The same for the company abroad.
PLACES_ABROAD = (
    "Aldermoor", "Brackwell", "Castlewick", "Dunsmere", "Elmsborough", "Fenwick Cross",
    "Garsdale", "Hollinbrook", "Inglethorpe", "Kettlesby", "Langdale", "Marsh End", "Netherby",
    "Oakhampton", "Pendle Ridge", "Ravensworth",
)  # fmt: skip

TRADES_ABROAD = (
    "Builders Merchants", "Joinery", "Electrical Services", "Fabrications", "Decorators",
    "Roofing", "Groundworks", "Tool Hire",
)  # fmt: skip
