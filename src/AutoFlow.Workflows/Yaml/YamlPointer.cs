using AutoFlow.Workflows.Diagnostics;

namespace AutoFlow.Workflows.Yaml;

/// <summary>Finds the place in a file that a JSON pointer (RFC 6901) names.</summary>
internal static class YamlPointer
{
    /// <summary>Where the pointer leads, or the nearest place on the way that exists.</summary>
    /// <param name="key">Whether the place is that of the key, and not that of its value.</param>
    public static SourcePosition Locate(YamlNode root, string pointer, bool key)
    {
        var (node, position) = (root, root.Position);
        foreach (var segment in pointer.Split('/').Skip(1))
        {
            var name = segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            var entry = (node as YamlMapping)?.Find(name);
            var next = entry?.Value ?? (node is YamlSequence list && int.TryParse(name, out var index) && index < list.Items.Count ? list.Items[index] : null);
            if (next is null) break;
            (node, position) = (next, key && entry is not null ? entry.Key.Position : next.Position);
        }

        return position;
    }
}
