namespace AutoFlow.Storage.Tests;

/// <summary>What a database says of its own tables, in one form for both.</summary>
internal static class Catalog
{
    /// <summary>One line for each column, sorted: <c>table.column type null|not null [key]</c>.</summary>
    public static async Task<List<string>> ColumnsAsync(SupportData data) => Sorted(await data.QueryAsync(data.Postgres is null
        ? """
          SELECT t.name || '.' || c.name || ' ' || lower(c.type) || CASE c."notnull" WHEN 1 THEN ' not null' ELSE ' null' END || CASE WHEN c.pk > 0 THEN ' key' ELSE '' END
          FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'
          """
        : """
          SELECT c.table_name || '.' || c.column_name || ' ' || c.data_type || CASE c.is_nullable WHEN 'NO' THEN ' not null' ELSE ' null' END
            || CASE WHEN EXISTS (SELECT 1 FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
                 WHERE i.indisprimary AND i.indrelid = (quote_ident(c.table_schema) || '.' || quote_ident(c.table_name))::regclass AND a.attname = c.column_name) THEN ' key' ELSE '' END
          FROM information_schema.columns c WHERE c.table_schema = current_schema()
          """));

    /// <summary>One line for each index that a script names, sorted: <c>index table(columns)</c>, with <c>unique</c> and <c>partial</c> where it is.</summary>
    public static async Task<List<string>> IndexesAsync(SupportData data) => Sorted(await data.QueryAsync(data.Postgres is null
        ? """
          SELECT i.name || ' ' || t.name || '(' || (SELECT group_concat(name, ',') FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno)) || ')'
            || CASE i."unique" WHEN 1 THEN ' unique' ELSE '' END || CASE i.partial WHEN 1 THEN ' partial' ELSE '' END
          FROM sqlite_schema t JOIN pragma_index_list(t.name) i WHERE t.type = 'table' AND i.origin = 'c'
          """
        : """
          SELECT n.relname || ' ' || t.relname || '('
            || (SELECT string_agg(a.attname, ',' ORDER BY k.place) FROM unnest(i.indkey::int[]) WITH ORDINALITY k (number, place) JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number) || ')'
            || CASE WHEN i.indisunique THEN ' unique' ELSE '' END || CASE WHEN i.indpred IS NOT NULL THEN ' partial' ELSE '' END
          FROM pg_index i JOIN pg_class n ON n.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
          WHERE n.relnamespace = current_schema()::regnamespace AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u'))
          """));

    private static List<string> Sorted(List<string> lines)
    {
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }
}
