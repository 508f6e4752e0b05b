SELECT count(*) AS parties, (SELECT count(*) FROM party_name) AS names
FROM party
