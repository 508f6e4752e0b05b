SELECT figure_id, choice, low, high
FROM figure_choice
ORDER BY figure_id, choice
