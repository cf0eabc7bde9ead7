using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace AutoFlow.EmbeddedHost.Store;

/// <summary>
/// The numbered schema scripts of this assembly (every embedded <c>Schema/NNN-name.sql</c>), applied once each, in the order of their names.
/// A script that has been applied is never edited: a change is a new script.
/// </summary>
internal static class SchemaScripts
{
    /// <summary>Brings a database up to date.</summary>
    /// <exception cref="InvalidOperationException">The file was written by a newer program, or an applied script has been edited since.</exception>
    public static void Apply(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        connection.Execute("CREATE TABLE IF NOT EXISTS schema_script (name TEXT PRIMARY KEY, hash TEXT NOT NULL) WITHOUT ROWID");
        var applied = connection.Query("SELECT name, hash FROM schema_script", row => (Name: row.GetString(0), Hash: row.GetString(1)))
            .ToDictionary(row => row.Name, row => row.Hash, StringComparer.Ordinal);
        var known = Read();
        if (applied.Keys.FirstOrDefault(name => !known.ContainsKey(name)) is { } unknown)
        {
            throw new InvalidOperationException(
                $"The database '{connection.DataSource}' was written by a newer version of this program (its schema script '{unknown}' is not known here).");
        }

        foreach (var (name, sql) in known)
        {
            var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
            if (!applied.TryGetValue(name, out var before))
            {
                connection.Execute(sql);
                connection.Execute("INSERT INTO schema_script (name, hash) VALUES ($name, $hash)", ("$name", name), ("$hash", hash));
            }
            else if (before != hash)
            {
                throw new InvalidOperationException(
                    $"The schema script '{name}' was edited after it had been applied to '{connection.DataSource}'. Add a new script instead.");
            }
        }

        transaction.Commit();
    }

    private static SortedDictionary<string, string> Read()
    {
        var assembly = typeof(SchemaScripts).Assembly;
        var scripts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            scripts.Add(resource, reader.ReadToEnd().ReplaceLineEndings("\n"));
        }

        return scripts;
    }
}
