"""Units of measurement and money as news writes them, and the way from one to another."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pint

PERCENT = "percent"
POINT = "percentage point"

#: A plain "ton" is mostly a tonne, but may be an American or a British one.
LOOSE_TON, TON_VARIES = "metric_ton", 0.1

#: Words for a unit (singular, lower case) → its name in pint, which knows the factors.
_UNITS = {
    "metre": "metre meter m", "kilometre": "kilometre kilometer km", "centimetre": "centimetre centimeter cm",
    "millimetre": "millimetre millimeter mm", "mile": "mile mi", "foot": "foot feet ft", "inch": "inch inches",
    "yard": "yard yd", "nautical_mile": "nautical-mile",
    "metre ** 2": "square-metre square-meter m² m2 sq-m",
    "kilometre ** 2": "square-kilometre square-kilometer km² km2 sq-km",
    "mile ** 2": "square-mile sq-mi", "foot ** 2": "square-foot square-feet sq-ft", "hectare": "hectare ha",
    "acre": "acre", "metre ** 3": "cubic-metre cubic-meter m³ m3", "foot ** 3": "cubic-foot cubic-feet",
    "litre": "litre liter l", "gallon": "gallon", "oil_barrel": "barrel",
    "kilogram": "kilogram kilogramme kg kilo", "gram": "gram gramme g", "milligram": "milligram mg",
    "tonne": "tonne metric-ton", "pound": "lb lbs", "ounce": "ounce oz",
    LOOSE_TON: "ton", "short_ton": "short-ton", "long_ton": "long-ton",
    "second": "second", "minute": "minute min", "hour": "hour hr", "day": "day", "week": "week", "month": "month",
    "year": "year-old year yr", "decade": "decade", "century": "century centuries",
    "kilometre / hour": "km/h kph kmh kilometres-per-hour kilometers-per-hour kilometres-an-hour kilometers-an-hour",
    "mile / hour": "mph miles-per-hour miles-an-hour", "knot": "knot",
    "degree_Celsius": "°c degrees-celsius degree-celsius celsius degrees-centigrade ºc",
    "degree_Fahrenheit": "°f degrees-fahrenheit degree-fahrenheit fahrenheit ºf",
    "watt": "watt", "kilowatt": "kilowatt kw", "megawatt": "megawatt mw", "gigawatt": "gigawatt gw",
    "terawatt": "terawatt tw",
    "kilowatt_hour": "kilowatt-hour kwh", "megawatt_hour": "megawatt-hour mwh", "gigawatt_hour": "gigawatt-hour gwh",
    "terawatt_hour": "terawatt-hour twh",
    "hertz": "hertz hz", "kilohertz": "khz", "megahertz": "mhz", "gigahertz": "ghz",
    "gigabyte": "gigabyte gb", "megabyte": "megabyte mb", "terabyte": "terabyte tb", "volt": "volt",
}  # fmt: skip
_MONEY_WORDS = {
    "USD": "us-dollar u.s.-dollar dollar usd", "EUR": "euro eur", "GBP": "pound-sterling pound gbp", "JPY": "yen jpy",
    "CNY": "yuan renminbi cny", "INR": "rupee inr", "RUB": "rouble ruble rub", "CHF": "swiss-franc franc chf",
    "NOK": "kroner krone nok", "SEK": "krona kronor sek", "ZAR": "rand zar", "KRW": "won krw", "BRL": "reais real",
    "GBX": "pence", "MXN": "peso", "TRY": "lira try", "AUD": "australian-dollar aud", "CAD": "canadian-dollar cad",
    "NZD": "new-zealand-dollar nzd", "HKD": "hong-kong-dollar hkd", "SGD": "singapore-dollar sgd", "TWD": "twd",
}  # fmt: skip
_SYMBOLS = {
    "US$": "USD", "A$": "AUD", "C$": "CAD", "NZ$": "NZD", "HK$": "HKD", "NT$": "TWD", "S$": "SGD", "R$": "BRL",
    "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB",
}  # fmt: skip
_SHARES = {PERCENT: "% percent per-cent pct", POINT: "percentage-point percent-point"}
_NAMES = {
    word.replace("-", " "): unit
    for table in (_UNITS, _MONEY_WORDS, _SHARES)
    for unit, words in table.items()
    for word in words.split()
}
#: Words that are units only where figures follow each other on no other noun; "in", "won" and "real" mislead.
_CASED = {"m", "l", "g", "ha", "mi", "min"}
MONEY = frozenset(_MONEY_WORDS)


def _alternatives(words: list[str]) -> str:
    forms = (re.escape(word).replace(r"\ ", r"[\s-]+") for word in sorted(words, key=len, reverse=True))
    return "|".join(forms)


#: A unit after a number. Symbols of one or two letters count in lower case only.
UNIT = (
    rf"(?:(?:{_alternatives([name for name in _NAMES if name not in _CASED])})s?(?![\w²³])"
    rf"|(?-i:{'|'.join(sorted(_CASED, key=len, reverse=True))})(?![\w²³])|(?-i:(?<=\d)p)(?![\w²³]|\.m))"
)
#: A sign of money before a number.
SYMBOL = rf"(?:{'|'.join(re.escape(symbol) for symbol in _SYMBOLS)}|(?-i:USD|EUR|GBP|JPY|CHF)\s)"


def read_unit(words: str) -> str:
    """Return the one name of the unit that ``words``, a match of ``UNIT`` or ``SYMBOL``, stand for."""
    if words.strip() in _SYMBOLS:
        return _SYMBOLS[words.strip()]
    name = re.sub(r"[\s-]+", " ", words.strip().casefold())
    if name == "p":
        return "GBX"
    return _NAMES.get(name) or _NAMES.get(name.removesuffix("s")) or words.strip()


@cache
def _registry() -> pint.UnitRegistry[float]:
    import pint  # half a second that only a text with units should cost

    return pint.UnitRegistry(autoconvert_offset_to_baseunit=True)


@cache
def commensurable(unit: str, other: str) -> bool:
    """Tell whether one unit can be converted into the other."""
    if unit == other:
        return True
    if not all(name in _UNITS for name in (unit, other)):
        return False
    units = _registry()
    return bool(units.parse_units(unit).dimensionality == units.parse_units(other).dimensionality)


def convert(value: float, unit: str, other: str) -> float:
    """Return ``value``, in ``unit``, in the unit ``other``, which must be commensurable."""
    if unit == other:
        return value
    return float(_registry().Quantity(value, unit).to(other).magnitude)


def plural(unit: str) -> str:
    """Return the words for several of a unit: "metres", "square kilometres", "euros"."""
    if unit in _WRITTEN:
        return _WRITTEN[unit]
    first = next(
        (words.split()[0] for table in (_UNITS, _MONEY_WORDS) for name, words in table.items() if name == unit), ""
    )
    return first.replace("-", " ") + "s" if first else ""


_WRITTEN = {
    "foot": "feet", "inch": "inches", "century": "centuries", "hertz": "hertz", "year": "years",
    "kilometre / hour": "km/h", "mile / hour": "mph", "degree_Celsius": "°C", "degree_Fahrenheit": "°F",
    "pound": "lb", "CNY": "yuan", "JPY": "yen",
    "USD": "dollars", "GBP": "pounds", "GBX": "pence", "NOK": "kroner", "SEK": "kronor", "ZAR": "rand", "KRW": "won",
    "BRL": "reais", "CHF": "francs", "AUD": "Australian dollars", "CAD": "Canadian dollars", "TRY": "lira",
}  # fmt: skip
