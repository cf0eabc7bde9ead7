namespace AutoFlow.Functions.Settings;

/// <summary>Who sets a setting.</summary>
public enum SetBy
{
    /// <summary>The Bicep in infra/ sets it for every deployment.</summary>
    Infrastructure,

    /// <summary>Whoever wants something other than the default, on any host.</summary>
    Anyone,

    /// <summary>It counts on one machine only: the embedded host or the demo reads it, a deployment to Azure does not set it.</summary>
    OneMachine,

    /// <summary>The host itself gives it; nobody sets it.</summary>
    Host,
}

/// <summary>One setting that the app or its embedded host reads.</summary>
/// <param name="Name">
/// Its configuration key, parts joined by ":" (in the environment and on Azure by "__"); a part in angle brackets stands for any.
/// </param>
/// <param name="What">What it decides, with units, in one line.</param>
/// <param name="By">Who sets it.</param>
public sealed record Setting(string Name, string What, SetBy By)
{
    /// <summary>What holds without it; null when there is no default that can be written down.</summary>
    public string? Default { get; init; }

    /// <summary>True for what must never be written into a file of the repository; on Azure it is a reference to a key vault.</summary>
    public bool IsSecret { get; init; }

    /// <summary>True for what the Functions host, its extensions or a library read by themselves and the app does not.</summary>
    public bool IsForHost { get; init; }

    /// <summary>The name in the environment.</summary>
    public string EnvironmentName => Name.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>Whether a key that was read is this setting.</summary>
    public bool Is(string key)
    {
        var (wanted, given) = (Name.Split(':'), key.Replace("__", ":", StringComparison.Ordinal).Split(':'));
        return wanted.Length == given.Length
            && wanted.Zip(given).All(pair => pair.First[0] == '<' ? pair.Second.Length > 0 : string.Equals(pair.First, pair.Second, StringComparison.OrdinalIgnoreCase));
    }
}
