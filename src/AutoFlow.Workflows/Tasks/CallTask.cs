using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Parsing;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Tasks;

/// <summary><c>call</c>: a function of the catalog, or a task under <c>use.functions</c> that takes the arguments as its input.</summary>
internal sealed class CallTask(TaskHead head, string function, InlineFunction? inline, ValueTemplate? arguments) : WorkflowTask(head)
{
    private static readonly string[] Protocols = ["http", "grpc", "openapi", "asyncapi", "a2a", "mcp"];

    public static WorkflowTask? Read(TaskReader reader)
    {
        if (reader.Fields.Scalar("call", required: true) is not { } name) return null;
        var context = reader.Context;
        if (NotYet(name.Text) is { } construct)
        {
            context.Sink.NotSupported(name.Position, construct, "call a function of the catalog");
            return null;
        }

        var with = reader.Fields["with"];
        if (with is not (null or YamlMapping))
        {
            context.Sink.Error(with.Position, $"'with' must be a map of arguments, not {with.KindName}");
            return null;
        }

        var arguments = with is null ? null : reader.Template(with);
        var known = context.Use.Functions.TryGetValue(name.Text, out var inline);
        if (known)
            context.CurrentFunction?.Calls.Add(name.Text);
        else
            known = CheckSignature(reader, name, with as YamlMapping);
        return known && (with is null || arguments is not null) ? new CallTask(reader.Head, name.Text, inline, arguments) : null;
    }

    public override async Task<TaskOutcome> ExecuteAsync(TaskRun run, CancellationToken cancellation)
    {
        var given = arguments is null ? JqValue.EmptyObject : run.Render(arguments);
        return inline is null
            ? new TaskOutcome(await run.CallAsync(function, given, cancellation))
            : await run.RunFunctionAsync(inline, given, cancellation);
    }

    private static string? NotYet(string name)
    {
        if (Protocols.Contains(name)) return $"call {name}";
        if (Uri.TryCreate(name, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "file") return "call of a function by URI";
        return name.Contains('@', StringComparison.Ordinal) ? "call of a function in a named catalog" : null;
    }

    private static bool CheckSignature(TaskReader reader, YamlScalar name, YamlMapping? with)
    {
        var context = reader.Context;
        if (context.Functions.Find(name.Text) is not { } signature)
        {
            var names = context.Functions.Names.Concat(context.Use.Functions.Keys);
            context.Sink.Error(name.Position, $"unknown function '{name.Text}'", NearestWord.Hint(name.Text, names));
            return false;
        }

        context.FunctionsCalled.Add(name.Text);
        if (signature.TakesAnything) return true;
        var parameters = signature.Parameters.Select(static p => p.Name).ToList();
        foreach (var entry in with?.Entries ?? [])
        {
            if (parameters.Contains(entry.Name)) continue;
            context.Sink.Error(
                entry.Key.Position,
                $"function '{name.Text}' has no argument '{entry.Name}'",
                NearestWord.Hint(entry.Name, parameters));
        }

        foreach (var missing in signature.Parameters.Where(p => p.Required && with?.Find(p.Name) is null))
        {
            context.Sink.Error(
                with is null ? name.Position : reader.Fields.KeyPosition("with"),
                $"function '{name.Text}' needs the argument '{missing.Name}'",
                $"add '{missing.Name}:' under with");
        }

        return true;
    }
}
