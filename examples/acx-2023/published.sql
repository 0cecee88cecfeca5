with everybody as (
    select "group" as forecaster, peer, percentile from scoreboard
    where "by" = 'forecaster' and claims = 'all' and timing = 'logged elsewhere' and percentile is not null
),
superforecasters as (
    select percentile, row_number() over (order by percentile) as place, count(*) over () as n
    from everybody join forecasters on forecasters.id = everybody.forecaster
    where affiliation = 'superforecaster'
)
select 'Scott Alexander, percentile' as figure, round(100 * percentile, 1) as here, '88' as published
from everybody where forecaster = 'scott-alexander'
union all
select 'median superforecaster, percentile', round(100 * avg(percentile), 1), '70'
from superforecasters where place in ((n + 1) / 2, (n + 2) / 2)
union all
select '50 % on everything, over the mean in nats', round(peer / 100, 3), 'slightly better'
from everybody where forecaster = '50-on-everything';
