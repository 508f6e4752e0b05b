-- A short prefix of the digest is enough to leave out the records that stand alone, and small enough to group millions.
SELECT SUBSTR(digest, 1, 12) AS prefix
FROM duplicate_key
GROUP BY SUBSTR(digest, 1, 12)
HAVING COUNT(*) > 1
