using Microsoft.Extensions.Configuration;

namespace AutoFlow.Functions.Settings;

/// <summary>
/// Secrets that are still references to the key vault. Azure hands the reference itself to the app when it cannot resolve it; taken
/// for the secret, it would only fail at the first call.
/// </summary>
internal static class UnresolvedSecrets
{
    private const string Reference = "@Microsoft.KeyVault(";

    /// <summary>Whether a value is a reference that was not resolved.</summary>
    public static bool Is(string? value) => value?.TrimStart().StartsWith(Reference, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>One line for each.</summary>
    public static IEnumerable<string> In(IConfiguration configuration) => configuration.AsEnumerable()
        .Where(entry => Is(entry.Value) && SettingCatalog.All.Any(setting => setting.IsSecret && setting.Is(entry.Key)))
        .Select(entry => entry.Key.Replace(ConfigurationPath.KeyDelimiter, "__", StringComparison.Ordinal))
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .Order(StringComparer.Ordinal)
        .Select(name => $"{name}: its reference to the key vault is not resolved. Look at the identity's rights on the vault and at the secret's name, then refresh the references.");
}
