using AutoFlow.Protocols;
using AutoFlow.Workflows.Jq;
using Microsoft.Extensions.Configuration;

namespace AutoFlow.Functions;

/// <summary>
/// Secrets of workflows from the settings <c>Secrets:name</c>: a text, or a section of texts. On Azure these are app settings
/// that refer to a key vault; they are read anew for each call.
/// </summary>
public sealed class ConfiguredSecrets(IConfiguration configuration) : ISecretSource
{
    private const string Section = "Secrets";

    public ValueTask<JqValue?> FindAsync(string name, CancellationToken cancellation)
    {
        // A colon would lead into the section of another secret.
        var found = name.Contains(ConfigurationPath.KeyDelimiter, StringComparison.Ordinal) ? null : configuration.GetSection(Section).GetSection(name);
        return ValueTask.FromResult(found?.Exists() == true ? Read(found) : null);
    }

    private static JqValue Read(IConfigurationSection section) => section.Value is { } text
        ? JqValue.From(text)
        : JqValue.FromObject(section.GetChildren().Select(child => KeyValuePair.Create(child.Key, Read(child))));
}
