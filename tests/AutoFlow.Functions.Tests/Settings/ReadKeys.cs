using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace AutoFlow.Functions.Tests.Settings;

/// <summary>Settings that remember which of them were asked for.</summary>
internal sealed class ReadKeys(IReadOnlyDictionary<string, string?> values) : ConfigurationProvider, IConfigurationSource
{
    /// <summary>The keys that code asked for, whether they were set or not.</summary>
    public ConcurrentDictionary<string, bool> Asked { get; } = new(StringComparer.OrdinalIgnoreCase);

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public override void Load() => Data = new Dictionary<string, string?>(values, StringComparer.OrdinalIgnoreCase);

    public override bool TryGet(string key, out string? value)
    {
        Asked[key] = true;
        return base.TryGet(key, out value);
    }
}

/// <summary>What the sources name as a setting, in letters.</summary>
internal static partial class NamedKeys
{
    /// <summary>The keys that a text of C# reads from its configuration or the environment, and where.</summary>
    public static IEnumerable<string> In(string source) =>
        Reads().Matches(source).Select(read => read.Groups.Values.Skip(1).First(group => group.Success).Value);

    [GeneratedRegex("""(?:[cC]onfiguration|settings)\??\["([^"{]+)"\]|GetValue<[^>]+>\("([^"]+)"|Environment\.GetEnvironmentVariable\("([^"]+)"\)|(?:Of|Flag)\([cC]onfiguration, "([^"]+)"|const string \w*Setting = "([^"]+)";""")]
    private static partial Regex Reads();
}
