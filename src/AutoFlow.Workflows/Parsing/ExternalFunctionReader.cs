using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Parsing;

/// <summary>
/// Reads functions from resources: a file with one task (OWS dsl.md, "Creating a Custom Function"). Such a task has its own names: it sees
/// no component under <c>use</c> of the definition that calls it, and none of its secrets.
/// </summary>
internal static class ExternalFunctionReader
{
    /// <summary>The function; null (and findings) when it is wrong.</summary>
    /// <param name="call">The name after <c>call</c>.</param>
    public static InlineFunction? Read(ParseContext context, YamlScalar call, PinnedResource resource)
    {
        if (context.External.TryGetValue(resource.Uri, out var known))
        {
            if (known is null) context.Sink.Error(call.Position, $"the function {resource.Uri} calls itself, directly or through others");
            return known;
        }

        context.External[resource.Uri] = null;
        var own = context.For(resource);
        var function = new InlineFunction(call.Text, call.Position);
        if (YamlReader.Read(own.Source, own.Sink) is { } root)
        {
            var name = new YamlScalar(root.Position, call.Text, call.Style, JqValue.From(call.Text));
            function.Task = TaskNodeReader.Read(own, name, root, resource.Uri.AbsoluteUri + "#", TaskScope.Root);
        }

        context.Sink.Include(own.Sink);
        context.External[resource.Uri] = function;
        return function;
    }
}
