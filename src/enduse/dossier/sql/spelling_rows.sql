WITH named AS (
  SELECT exporter_party AS party_id, exporter_name AS name FROM shipment WHERE exporter_party IN ($ids)
  UNION ALL
  SELECT importer_party AS party_id, importer_name AS name FROM shipment WHERE importer_party IN ($ids)
)
SELECT party_id, name, count(*) AS records
FROM named
GROUP BY party_id, name
ORDER BY party_id, name
