SELECT event, event_date, test, lanes, tested, claimed, false_share, nomenclature, short, empty, source, note FROM route_test WHERE lanes > 0 ORDER BY event_date, event, test
