SELECT cluster, claims, docs, roots, label, independence
FROM claim_cluster
ORDER BY docs DESC, claims DESC, cluster
LIMIT $few
