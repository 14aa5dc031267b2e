n, converted, failed, n - converted - failed,
       CASE WHEN n > 0 THEN converted / n END,
       wilson(converted, n, -1), wilson(converted, n, 1),
       CASE WHEN converted + failed > 0 THEN converted / (converted + failed) END,
       wilson(converted, converted + failed, -1), wilson(converted, converted + failed, 1),
       mean_days, middle[1] / 86400000000, middle[2] / 86400000000
