-- Lots with the kind of goods: the model they name, else the one their weight a piece fits.
SELECT t.*, coalesce(t.model, g.model) AS kind
FROM lot_told AS t
LEFT JOIN guessed_goods AS g ON g.id = t.id
