using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AutoFlow.Storage.Schema;

/// <summary>
/// One numbered step of the schema. Plain SQL, not EF migrations: one text serves SQLite and PostgreSQL alike, a reviewer
/// reads what the database does, and no design-time package is needed. A test keeps the scripts and the EF model in step.
/// </summary>
/// <param name="Number">From the file name; 1 is first, without gaps.</param>
/// <param name="Hash">SHA-256 of the text, lower-case hex; a released script that was changed is found by it.</param>
internal sealed record SchemaScript(int Number, string Name, string Sql, string Hash)
{
    /// <summary>Every script of this version, in order.</summary>
    public static IReadOnlyList<SchemaScript> All { get; } = Load();

    private static SchemaScript[] Load()
    {
        var assembly = typeof(SchemaScript).Assembly;
        var scripts = assembly.GetManifestResourceNames()
            .Where(name => name.Length > 5 && name[4] == '-' && int.TryParse(name.AsSpan(0, 4), out _))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
                var sql = reader.ReadToEnd().ReplaceLineEndings("\n");
                return new SchemaScript(
                    int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name, sql,
                    Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql))));
            })
            .ToArray();
        return scripts.Select(script => script.Number).SequenceEqual(Enumerable.Range(1, scripts.Length))
            ? scripts
            : throw new InvalidOperationException("Schema scripts must be numbered 1, 2, 3, … without gaps.");
    }
}
