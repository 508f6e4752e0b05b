SELECT count(*) AS series FROM route_break WHERE nomenclature_change = 1
