"""People who are twice in the registry: found by set-based SQL, judged by officials, merged, and unmerged again."""
