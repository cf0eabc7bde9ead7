namespace AutoFlow.EmbeddedHost.Hosting;

/// <summary>local.settings.json: settings of one developer's machine, with the environment taking precedence over them.</summary>
internal static class LocalSettings
{
    /// <summary>The settings of a file, as configuration keys.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="json">Its text.</param>
    /// <exception cref="HostJsonException">The text is no JSON; the message begins with file:line:column.</exception>
    public static IReadOnlyDictionary<string, string?> Parse(string path, string json)
    {
        var file = HostJsonFile.Parse(path, json);
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in file.Below("Values"))
            settings[key.Replace("__", ":", StringComparison.Ordinal)] = value.Text;
        foreach (var (key, value) in file.Below("ConnectionStrings"))
            settings[$"ConnectionStrings:{key}"] = value.Text;
        if (file.Find("Host:LocalHttpPort") is { } port)
            settings[HostAddress.LocalPortKey] = port.Text;
        return settings;
    }
}
