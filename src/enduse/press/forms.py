"""Forms of words several rules ask for: counts without a noun ("three of them"), batches."""

from __future__ import annotations

import re

COUNT_WORD = r"(?:\d[\d,.]*(?:\s?%|\sper\s?cent)?|a dozen|dozens|hundreds|thousands|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|half|two-thirds|three-quarters|a third|a quarter|a fifth|a tenth|the bulk|the majority|most|some|all|many|several|the rest|the others?|the remainder|the (?:first|last|next|other|remaining|second)(?: (?:\d+|two|three|four|five|six|seven|eight|nine|ten|dozen))?)"


ELLIPSIS = re.compile(
    rf"(?i)\W*(?:(?:of (?:these|them|those|which)|and|but|so far|only|just|another|a further|the remaining|the other|at least|about|around|nearly|almost|more than|over|up to|roughly|some|as many as|well over|fewer than|less than)\b[,\s]*)*{COUNT_WORD}(?:\s(?:million|thousand|hundred|more|others?|dozen|further|of (?:these|them|those|which)|and \w+ (?:of )?(?:these|them)))*(?:\s(?:have|has|had|were|was|are|is|will|would|should|can|could|bore|been|be)\b|\s*\Z)"
)
