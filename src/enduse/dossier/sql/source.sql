SELECT source, sha256, kind, records_read, loaded, rejected, duplicates, format, first_date, last_date
FROM source
ORDER BY kind, source
