using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using AutoFlow.EmbeddedHost.Store;

namespace AutoFlow.EmbeddedHost.Hosting;

/// <summary>
/// The keys that callers of HTTP functions present. They are kept in the host's database, beside what they protect:
/// one file with one owner, one backup, and the same durability as the queues behind the functions.
/// </summary>
internal static class FunctionKeys
{
    private const string HostScope = "";
    private const string MasterName = "_master";
    private const string DefaultName = "default";
    private const int KeyBytes = 40;

    /// <summary>Loads the keys; makes the host's own at the first start.</summary>
    /// <param name="database">The host's database.</param>
    /// <param name="ct">Cancels.</param>
    public static Task<FunctionKeyRing> LoadAsync(HostDatabase database, CancellationToken ct) => database.WriteAsync(
        connection =>
        {
            foreach (var name in new[] { MasterName, DefaultName })
            {
                connection.Execute(
                    "INSERT INTO function_key (scope, name, value) VALUES ($scope, $name, $value) ON CONFLICT DO NOTHING",
                    ("$scope", HostScope),
                    ("$name", name),
                    ("$value", NewKey()));
            }

            var keys = connection.Query(
                "SELECT scope, name, value FROM function_key",
                static row => (Scope: row.GetString(0), Name: row.GetString(1), Value: row.GetString(2)));
            return new FunctionKeyRing(
                keys.Single(static key => key is { Scope: HostScope, Name: MasterName }).Value,
                keys.Single(static key => key is { Scope: HostScope, Name: DefaultName }).Value,
                [.. keys.Where(static key => key.Name != MasterName).Select(static key => (key.Scope, key.Value))]);
        },
        ct);

    private static string NewKey() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));
}

/// <summary>The keys of a host.</summary>
/// <param name="Master">Opens everything.</param>
/// <param name="Default">Opens every function of the level Function.</param>
/// <param name="Keys">All keys but the master's: the function that each opens (empty for all), and its value.</param>
internal sealed record FunctionKeyRing(string Master, string Default, IReadOnlyList<(string Function, string Value)> Keys)
{
    /// <summary>Whether a key opens a function of the level Function.</summary>
    /// <param name="function">The function's name.</param>
    /// <param name="presented">The key.</param>
    public bool OpensFunction(string function, string presented)
    {
        var opens = Same(Master, presented);

        // No early end: the time must not tell which key came close.
        foreach (var (scope, value) in Keys)
            opens |= (scope.Length == 0 || scope.Equals(function, StringComparison.OrdinalIgnoreCase)) & Same(value, presented);
        return opens;
    }

    /// <summary>Whether a key opens functions of the level Admin.</summary>
    /// <param name="presented">The key.</param>
    public bool OpensEverything(string presented) => Same(Master, presented);

    /// <summary>Compares hashes in constant time, so that neither a common beginning nor the length shows.</summary>
    private static bool Same(string key, string presented) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(key)), SHA256.HashData(Encoding.UTF8.GetBytes(presented)));
}
