using System.Text.RegularExpressions;
using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Tasks;
using AutoFlow.Workflows.Tasks.Calls;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Parsing;

/// <summary>
/// Finds the function that a call names: one under <c>use.functions</c>, one of the app's own (the default catalog), one in a catalog as
/// <c>name:version@catalog</c>, or one by its URI (OWS dsl.md, "Catalogs" and "Custom and Non-Standard Interactions").
/// </summary>
internal static partial class FunctionReader
{
    private const string DefaultCatalog = "default";

    /// <summary>What is called; null (and a finding) when there is no such function, or the arguments do not fit it.</summary>
    public static CallTarget? Target(TaskReader reader, YamlScalar name, YamlMapping? with, ValueTemplate? arguments)
    {
        var context = reader.Context;
        if (context.Use.Functions.TryGetValue(name.Text, out var inline))
        {
            context.CurrentFunction?.Calls.Add(name.Text);
            return new InlineTarget(inline, arguments);
        }

        if (ByUri().IsMatch(name.Text)) return External(context, name, GitRawUri.Of(name.Text), arguments);
        if (!name.Text.Contains('@', StringComparison.Ordinal)) return OfTheApp(reader, name, name.Text, with, arguments);
        if (InCatalog().Match(name.Text) is not { Success: true } cataloged)
        {
            context.Sink.Error(name.Position, $"'{name.Text}' names no function of a catalog", "write it as name:version@catalog");
            return null;
        }

        var (function, catalog) = (cataloged.Groups["name"].Value, cataloged.Groups["catalog"].Value);
        if (context.Use.Catalogs.TryGetValue(catalog, out var root))
        {
            var version = cataloged.Groups["version"].Value;
            return root is null ? null : External(context, name, GitRawUri.InCatalog(root, function, version), arguments);
        }

        // The app has one version of each of its functions: the one that is deployed. Whatever version a call names, it means that one.
        if (catalog == DefaultCatalog) return OfTheApp(reader, name, function, with, arguments);
        context.Sink.Error(
            name.Position,
            $"no catalog named '{catalog}' under use.catalogs",
            context.Sink.Nearest(catalog, context.Use.Catalogs.Keys.Append(DefaultCatalog)));
        return null;
    }

    private static InlineTarget? External(ParseContext context, YamlScalar name, string uri, ValueTemplate? arguments) =>
        context.Resource(name.Position, uri) is { } resource && ExternalFunctionReader.Read(context, name, resource) is { } function
            ? new InlineTarget(function, arguments)
            : null;

    private static FunctionTarget? OfTheApp(TaskReader reader, YamlScalar call, string function, YamlMapping? with, ValueTemplate? arguments)
    {
        var context = reader.Context;
        if (context.Functions.Find(function) is not { } signature)
        {
            var names = context.Functions.Names.Concat(context.Use.Functions.Keys).Concat(ProtocolFunction.All.Select(static f => f.Name));
            context.Sink.Error(call.Position, $"unknown function '{function}'", context.Sink.Nearest(function, names));
            return null;
        }

        context.FunctionsCalled.Add(function);
        var target = new FunctionTarget(function, arguments);
        if (signature.TakesAnything) return target;
        var parameters = signature.Parameters.Select(static p => p.Name).ToList();
        foreach (var entry in with?.Entries ?? [])
        {
            if (parameters.Contains(entry.Name)) continue;
            context.Sink.Error(
                entry.Key.Position,
                $"function '{function}' has no argument '{entry.Name}'",
                context.Sink.Nearest(entry.Name, parameters));
        }

        foreach (var missing in signature.Parameters.Where(p => p.Required && with?.Find(p.Name) is null))
        {
            context.Sink.Error(
                with is null ? call.Position : reader.Fields.KeyPosition("with"),
                $"function '{function}' needs the argument '{missing.Name}'",
                $"add '{missing.Name}:' under with");
        }

        return target;
    }

    [GeneratedRegex("^(?:https?://|file:|\\.{1,2}/)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ByUri();

    [GeneratedRegex("^(?<name>[^:@/]+):(?<version>[^:@/]+)@(?<catalog>[^@/]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex InCatalog();
}
