-- Dictionaries of a serving index and what marks lead to, in DuckDB. Statements are separated by a line of dashes.
CREATE TABLE d_source AS
SELECT CAST(row_number() OVER (ORDER BY source) AS USMALLINT) AS code, source AS word, min(split_part(shipment_id, '-', 1)) AS prefix
FROM shipment_row GROUP BY source ORDER BY source
--------
CREATE TABLE d_direction AS
SELECT CAST(row_number() OVER (ORDER BY word) AS USMALLINT) AS code, word FROM (SELECT DISTINCT direction AS word FROM shipment_row WHERE direction <> '') ORDER BY word
--------
CREATE TABLE d_country AS
SELECT CAST(row_number() OVER (ORDER BY word) AS USMALLINT) AS code, word FROM (
  SELECT exporter_country AS word FROM shipment_row UNION SELECT importer_country FROM shipment_row UNION SELECT origin_country FROM shipment_row
  UNION SELECT departure_country FROM shipment_row UNION SELECT destination_country FROM shipment_row UNION SELECT country FROM party
) WHERE word <> '' ORDER BY word
--------
CREATE TABLE d_goods AS
SELECT CAST(row_number() OVER (ORDER BY word) AS USMALLINT) AS code, word FROM (SELECT DISTINCT family AS word FROM goods WHERE family <> '') ORDER BY word
--------
CREATE TABLE d_evidence AS
SELECT CAST(row_number() OVER (ORDER BY word) AS USMALLINT) AS code, word FROM (SELECT DISTINCT basis AS word FROM goods WHERE basis <> '') ORDER BY word
--------
CREATE TABLE d_brand AS
SELECT CAST(row_number() OVER (ORDER BY word) AS UINTEGER) AS code, word FROM (SELECT DISTINCT brand AS word FROM goods WHERE brand <> '') ORDER BY word
--------
CREATE TABLE d_model AS
SELECT CAST(row_number() OVER (ORDER BY word) AS UINTEGER) AS code, word FROM (SELECT DISTINCT model AS word FROM goods WHERE model <> '') ORDER BY word
--------
CREATE TABLE d_unit AS
SELECT CAST(row_number() OVER (ORDER BY word) AS USMALLINT) AS code, word FROM (SELECT DISTINCT substr(unit, 1, 60) AS word FROM shipment_row WHERE unit <> '') ORDER BY word LIMIT 65000
--------
CREATE TABLE d_currency AS
SELECT CAST(row_number() OVER (ORDER BY word) AS USMALLINT) AS code, word FROM (SELECT DISTINCT currency AS word FROM shipment_row WHERE currency <> '') ORDER BY word
--------
CREATE TABLE d_hs AS
SELECT CAST(row_number() OVER (ORDER BY word) AS UINTEGER) AS code, word FROM (SELECT DISTINCT hs_code AS word FROM shipment_row WHERE hs_code <> '') ORDER BY word
--------
CREATE TABLE d_text AS
SELECT CAST(row_number() OVER (ORDER BY word) AS UINTEGER) AS code, word FROM (SELECT DISTINCT description AS word FROM shipment_row WHERE description <> '') ORDER BY word
--------
CREATE TABLE d_name AS
SELECT CAST(row_number() OVER (ORDER BY word) AS UINTEGER) AS code, word FROM (
  SELECT exporter_name AS word FROM shipment_row UNION SELECT importer_name FROM shipment_row
) WHERE word <> '' ORDER BY word
--------
CREATE TABLE d_party AS
SELECT CAST(row_number() OVER (ORDER BY p.party_id) AS UINTEGER) AS code, p.party_id AS word, p.name, p.country, p.kind, p.role, p.identifiers,
  coalesce(n.names, 0) AS names, coalesce(h.hits, 0) AS hits, coalesce(h.listed, 0) AS listed
FROM party AS p
LEFT JOIN (SELECT party_id, count(DISTINCT name) AS names FROM party_name GROUP BY party_id) AS n ON n.party_id = p.party_id
LEFT JOIN (
  SELECT party_id, count(*) AS hits, max(CASE WHEN decision = 'match' THEN 1 ELSE 0 END) AS listed FROM (
    SELECT party_id, decision FROM screening WHERE decision <> 'no_match' UNION ALL SELECT party_id, 'match' FROM listed_link
  ) GROUP BY party_id
) AS h ON h.party_id = p.party_id
ORDER BY p.party_id
--------
CREATE TABLE lead_chain AS
SELECT r.shipment_id, min_by(c.chain_id, struct_pack(rank := c.rank, id := c.chain_id)) AS chain_id
FROM consignment_row AS r JOIN hop AS h ON h.shipment_id = r.consignment_id JOIN chain AS c ON c.chain_id = h.chain_id
GROUP BY r.shipment_id ORDER BY r.shipment_id
--------
CREATE TABLE lead_duplicate AS
SELECT shipment_id, min(of_shipment_id) AS of_shipment_id FROM duplicate GROUP BY shipment_id ORDER BY shipment_id
--------
CREATE TABLE lead_consignment AS
SELECT shipment_id, consignment_id FROM consignment_row WHERE consignment_id IN (SELECT shipment_id FROM hop) ORDER BY shipment_id
--------
CREATE TABLE lead_name AS
SELECT party_id, name, country, identifier, score, reasons, method FROM party_name ORDER BY party_id, name, country, identifier
