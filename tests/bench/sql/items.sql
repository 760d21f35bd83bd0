SELECT pk, feature FROM bench.feature WHERE pk > :after ORDER BY pk LIMIT 1001;
