-- One row per column of a table or view of the data.
with relations as (
    select table_name as relation, comment from duckdb_tables() where not internal and schema_name = 'main'
    union all
    select view_name, comment from duckdb_views() where not internal and schema_name = 'main'
)

select
    relations.relation,
    relations.comment as meaning,
    columns.column_name,
    columns.data_type,
    columns.comment as column_meaning
from relations
inner join duckdb_columns() as columns on columns.table_name = relations.relation and not columns.internal
order by relations.relation, columns.column_index
