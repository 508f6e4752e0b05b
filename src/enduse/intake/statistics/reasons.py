"""Why a record of a statistics file does not stand in `statistic`."""

from __future__ import annotations

REASONS: dict[str, str] = {
    "unknown_area": "Nobody knows the reporter or partner it names.",
    "no_period": "It has no month or year that can be read.",
    "no_code": "Its commodity code is no code of the Harmonized System, no total and no named group.",
    "confidential_code": "Its commodity code hides the goods for confidentiality.",
    "other_classification": "It is coded in another classification than the Harmonized System (SITC, BEC, CPA).",
    "unknown_flow": "Its flow is neither export nor import nor one of their kinds.",
    "no_figure": "It has neither value nor kilograms nor quantity.",
    "suppressed": "Its figure is marked as confidential.",
    "negative_value": "Its value or weight is below zero (a correction of another period).",
    "group_subtotal": "Its partner is a group of countries, and countries stand beside it: adding both would count them twice.",
    "part_of_total": "It gives one mode of transport, customs procedure or second partner, and the total over them stands beside it.",
    "other_revision": "The same reporter, flow and period stand in the file in a later revision of the Harmonized System too.",
    "covered_by_detail": "Its code is a heading whose finer codes are all listed for the same lane and period.",
    "repeated_record": "It repeats another record of the file with the same figures.",
    "revised_record": "A later record of the file gives other figures for the same lane, code and period.",
}
