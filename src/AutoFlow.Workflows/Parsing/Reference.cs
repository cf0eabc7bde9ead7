using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Parsing;

/// <summary>Resolves names of components under <c>use</c>.</summary>
internal static class Reference
{
    /// <summary>The component of that name; null (and an error with the nearest name) when there is none.</summary>
    public static T? Find<T>(ParseContext context, YamlScalar name, IReadOnlyDictionary<string, T> components, string kind, string place)
        where T : class
    {
        if (components.TryGetValue(name.Text, out var found)) return found;
        context.Sink.Error(
            name.Position,
            $"no {kind} named '{name.Text}' under {place}",
            context.Sink.Nearest(name.Text, components.Keys));
        return null;
    }
}
