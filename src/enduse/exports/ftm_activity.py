"""Declared lots as FollowTheMoney EconomicActivity: JSON lines put together by the engine, one a lot."""

from __future__ import annotations

from enduse.exports.tables import amount_text


def _words(name: str, value: str) -> str:
    """A property with one value, or nothing where the value is null or blank."""
    return f"CASE WHEN trim({value}) <> '' THEN '\"{name}\":[' || to_json({value}) || ']' END"


# Marks no text has (bells, backspaces): readers of the format refuse or drop them.
CONTROL = "[\\x01-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F]"


def _clean(text: str) -> str:
    return f"trim(regexp_replace({text}, '{CONTROL}', '', 'g'))"


_DATE = "CASE s.date_precision WHEN 'year' THEN substr(CAST(s.date AS VARCHAR), 1, 4) WHEN 'month' THEN substr(CAST(s.date AS VARCHAR), 1, 7) ELSE CAST(s.date AS VARCHAR) END"
_VALUE = 's."value"'
_MONEY = f"{amount_text(_VALUE)} || coalesce(' ' || s.currency, '')"
_USD = f"{amount_text('s.value_usd')} || ' USD'"
_SAID = (
    f"concat_ws(', ', {amount_text('s.quantity')} || coalesce(' ' || s.unit, ''), {amount_text('s.net_kg')} || ' kg net', "
    f"CASE WHEN coalesce(s.currency, '') <> 'USD' THEN {_USD} || coalesce(' (' || s.usd_basis || ')', '') END, "
    "'value basis ' || nullif(s.value_basis, ''), 'transport ' || nullif(s.transport_mode, ''), "
    "'goods origin ' || s.origin_country)"
)
_SEEN = (
    "CASE WHEN g.family <> '' THEN 'inferred: ' || concat_ws(', ', g.family, nullif(g.brand, ''), nullif(g.model, ''), nullif(g.controls, ''), "
    "'confidence ' || CAST(round(g.confidence, 3) AS VARCHAR)) END"
)
# Where a side is no party (blank, to order, unknown), the words of the record stand among the names it mentions.
_NAMED = "'\"namesMentioned\":[' || nullif(concat_ws(',', CASE WHEN e.party_id IS NULL AND trim(s.exporter_name) <> '' THEN to_json(trim(s.exporter_name)) END, CASE WHEN i.party_id IS NULL AND trim(s.importer_name) <> '' THEN to_json(s.importer_name) END), '') || ']'"

_PROPERTIES = ", ".join(
    [
        _words("sender", "'enduse-' || e.party_id"),
        _words("receiver", "'enduse-' || i.party_id"),
        _words("date", _DATE),
        _words("goodsDescription", _clean("s.description")),
        _words("vedCode", "s.hs_code"),
        _words("ccdNumber", _clean("s.declaration_id")),
        _words("ccdValue", _MONEY),
        _words("directionOfTransportation", "s.direction"),
        _words("originCountry", "lower(s.origin_country)"),
        _words("departureCountry", "lower(s.departure_country)"),
        _words("destinationCountry", "lower(s.destination_country)"),
        _words("tradingCountry", "lower(s.trading_country)"),
        _words("summary", f"$mark || {_SAID}"),
        _words("description", _SEEN),
        _NAMED,
        _words("recordId", "s.shipment_id"),
        _words("proof", "'enduse-file-' || substr(o.sha256, 1, 20)"),
    ]
)

# Each lot once: a record that repeats another one is no activity of its own (the file's entity says how many there are).
ACTIVITIES = f"""
SELECT '{{"id":"enduse-' || s.shipment_id || '","schema":"EconomicActivity","properties":{{' || concat_ws(',', {_PROPERTIES}) || '}}}}' || chr(10) AS line
FROM shipment AS s
LEFT JOIN source AS o ON o.source = s.source
LEFT JOIN goods AS g ON g.shipment_id = s.shipment_id
LEFT JOIN (SELECT party_id FROM party WHERE kind IN ('organization', 'person')) AS e ON e.party_id = s.exporter_party
LEFT JOIN (SELECT party_id FROM party WHERE kind IN ('organization', 'person')) AS i ON i.party_id = s.importer_party
LEFT JOIN duplicate AS d ON d.shipment_id = s.shipment_id
WHERE d.shipment_id IS NULL
ORDER BY s.source, s."row"
"""
