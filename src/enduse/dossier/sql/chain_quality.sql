SELECT threshold, decoy, links, false_share, note
FROM chain_quality
ORDER BY threshold, decoy
