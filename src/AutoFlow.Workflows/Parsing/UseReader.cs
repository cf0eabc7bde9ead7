using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Parsing;

/// <summary>Reads the reusable components under <c>use</c>.</summary>
internal static class UseReader
{
    private static readonly string[] Properties = ["authentications", "catalogs", "errors", "extensions", "functions", "retries", "secrets", "timeouts"];

    public static void Read(ParseContext context, YamlNode node)
    {
        if (Fields.Of(node, context, "'use'", Properties) is not { } fields) return;
        SecretsReader.Read(fields);
        foreach (var entry in Components(fields, "authentications"))
            context.Use.Authentications[entry.Name] = AuthenticationReader.Policy(context, entry.Value, ExpressionStage.Authentication);

        foreach (var entry in Components(fields, "catalogs")) context.Use.Catalogs[entry.Name] = Catalog(context, entry);
        foreach (var entry in Components(fields, "errors"))
        {
            if (ErrorReader.Error(context, entry.Value, ExpressionStage.Task) is { } error) context.Use.Errors[entry.Name] = error;
        }

        foreach (var entry in Components(fields, "retries"))
        {
            if (RetryReader.Policy(context, entry.Value, [.. ExpressionStage.Task, CatchReader.DefaultVariable]) is { } policy)
                context.Use.Retries[entry.Name] = policy;
        }

        foreach (var entry in Components(fields, "timeouts"))
        {
            if (entry.Value is not YamlMapping)
                context.Sink.Error(entry.Value.Position, $"the timeout '{entry.Name}' must be a map, not {entry.Value.KindName}");
            else if (DurationReader.Timeout(context, entry.Value, ExpressionStage.Task) is { } timeout)
                context.Use.Timeouts[entry.Name] = timeout;
        }

        Functions(context, [.. Components(fields, "functions")]);
        ExtensionReader.Read(context, fields);
    }

    /// <summary>A catalog's root; null (and a finding) when it is wrong.</summary>
    private static string? Catalog(ParseContext context, YamlEntry entry)
    {
        if (Fields.Of(entry.Value, context, $"the catalog '{entry.Name}'", ["endpoint"])?.Require("endpoint") is not { } endpoint) return null;
        return ExternalResource.Uri(context, endpoint, $"the endpoint of the catalog '{entry.Name}'")?.Text;
    }

    private static IReadOnlyList<YamlEntry> Components(Fields use, string kind)
    {
        var node = use[kind];
        if (node is YamlMapping map) return map.Entries;
        if (node is not null) use.Context.Sink.Error(node.Position, $"'{kind}' must be a map of names, not {node.KindName}");
        return [];
    }

    /// <summary>Functions may call each other in any order, so their names are known before the first one is read.</summary>
    private static void Functions(ParseContext context, IReadOnlyList<YamlEntry> entries)
    {
        foreach (var entry in entries) context.Use.Functions[entry.Name] = new InlineFunction(entry.Name, entry.Key.Position);
        foreach (var entry in entries)
        {
            var function = context.Use.Functions[entry.Name];
            var reference = JsonPointer.Append("/use/functions", entry.Name);
            context.CurrentFunction = function;
            function.Task = TaskNodeReader.Read(context, entry.Key, entry.Value, reference, TaskScope.Root);
            context.CurrentFunction = null;
        }

        foreach (var function in context.Use.Functions.Values.Where(f => CallsItself(context, f)))
            context.Sink.Error(function.Position, $"the function '{function.Name}' calls itself, directly or through others");
    }

    private static bool CallsItself(ParseContext context, InlineFunction function)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(function.Calls);
        while (open.TryPop(out var name))
        {
            if (name == function.Name) return true;
            if (!seen.Add(name)) continue;
            foreach (var next in context.Use.Functions[name].Calls) open.Push(next);
        }

        return false;
    }
}
