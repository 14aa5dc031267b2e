count(*) AS n, count(us) AS converted, count(*) FILTER (failed) AS failed,
           avg(us) / 86400000000 AS mean_days,
           quantile_cont(us, [0.5, 0.9]) AS middle
