SELECT rule_id, source, strength, subject_kind, count(*) AS subjects, min(subject) AS first_subject
FROM indicator
GROUP BY rule_id, source, strength, subject_kind
ORDER BY rule_id, source, strength, subject_kind
LIMIT 200
