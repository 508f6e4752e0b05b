"""How sure a family is, all constants in one place. They are read as probabilities that the line is of the family.

Set by judgement, then moved towards the share that was right on generated lines and as many hard texts of other goods
(bench goods, last lines), and kept below it: real declarations are harder than both. docs/explanation/goods.md shows the table.
"""

from __future__ import annotations

# The text alone
WORD_AND_NAME = 0.97  # a product word and a brand, line or model
BRAND_AND_MODEL = 0.95
MODEL = 0.75  # a model that tells itself, without its brand
MODEL_IN_CONTEXT = 0.7  # a model that does not, carried by a brand-like word, a product word or a code
BRAND_AND_LINE = 0.85  # DJI Mavic, without or with an unknown number
LINE_NUMBERED = 0.75  # Mavic 9
LINE = 0.5  # Mavic
WORD = 0.84
BRAND_AND_DESIGNATION = 0.65  # a maker of nothing else and a designation nobody has listed
BRAND_AND_HINT = 0.6
BRAND = 0.5
MIXED_BRAND_AND_HINT = 0.5
TOY_NAMED = 0.6  # called a toy, but a known model
TOY = 0.35
PART = 0.84  # a part word and a product word, line or model
PART_OF_BRAND = 0.7
UNKNOWN_FOR = 0.55  # something for a drone, nobody knows what
COMPONENT_WORD = 0.6  # a component of a priority list by word only
COMPONENT_FOR = 0.25  # something for such a component

# The code alone
CODE_LISTED = 0.95  # the family is defined as a list of codes
CODE_OWN = 0.88  # a code of these goods only, and a text that says nothing
CODE_OWN_SUPPORTED = 0.93  # and a text that fits without saying so
CODE_OWN_OTHER_TEXT = 0.45  # and a text that speaks of something else
CODE_PLAIN = 0.95  # `hs:` profiles: the code is the definition
CODE_SHARED = 0.3  # a code of these and other goods

# Both
AGREE = 0.98
AGREE_WEAK = 0.95  # the text is below WORD
HINTED = 0.95  # the text says so and the code is one such goods are declared under
PART_UNDER_WHOLE = 0.7  # a part by its text under the code of the whole
WHOLE_UNDER_PART = 0.6  # the whole by its text under the code of parts
OTHER_CODE = 0.9  # factor: the text says so and the code is of other goods
OTHER_CHAPTER = 0.4  # factor: and of a chapter in which the word is bound to mean something else
