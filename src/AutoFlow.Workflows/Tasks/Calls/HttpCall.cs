using System.Text.RegularExpressions;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Parsing;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Tasks.Calls;

/// <summary><c>call: http</c> (OWS dsl-reference.md, "HTTP Call"); for the arguments see <see cref="Protocols.Http"/>.</summary>
internal sealed partial class HttpCall : ProtocolFunction
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"];

    public override string Name => Protocols.Http;

    public override IReadOnlyCollection<string> Properties => ["method", "endpoint", "headers", "body", "query", "output", "redirect"];

    public override IReadOnlyList<string> Texts => ["method", "endpoint.uri"];

    public override IReadOnlyList<string> Maps => ["headers", "query"];

    public override void Read(CallReader call)
    {
        call.Add("method", Method(call));
        call.AddEndpoint("endpoint", required: true);
        CheckHeaders(call.With, "headers");
        call.AddMap("headers");
        call.AddMap("query");
        call.AddAny("body");
        call.AddHttpOutput();
    }

    public override JqValue Finish(TaskRun run, JqValue arguments)
    {
        var method = arguments["method"].AsString()!.ToUpperInvariant();
        if (!Token().IsMatch(method)) throw run.Failure(StandardErrors.Expression, "'method' gave no HTTP method");
        var finished = arguments.With("method", JqValue.From(method));
        if (arguments.TryGetProperty("headers", out var headers)) finished = finished.With("headers", TextsOf(run, "headers", headers));
        return arguments.TryGetProperty("query", out var query)
            ? finished.With("query", JqValue.FromObject(query.Properties.Where(static p => !p.Value.IsNull)))
            : finished;
    }

    /// <summary>Finds header names that no request can carry (RFC 9110 section 5.1), and values that are no texts.</summary>
    public static void CheckHeaders(Fields fields, string key)
    {
        if (fields[key] is not YamlMapping map) return;
        foreach (var entry in map.Entries)
        {
            if (!Token().IsMatch(entry.Name)) fields.Context.Sink.Error(entry.Key.Position, $"'{entry.Name}' cannot be the name of a header");
            if (entry.Value is not YamlScalar) fields.Context.Sink.Error(entry.Value.Position, $"the header '{entry.Name}' must be text, not {entry.Value.KindName}");
        }
    }

    private static ValueTemplate? Method(CallReader call)
    {
        if (call.With.Scalar("method", required: true) is not { } method) return null;
        if (Methods.Contains(method.Text, StringComparer.OrdinalIgnoreCase)) return new ConstantTemplate(JqValue.From(method.Text.ToUpperInvariant()));
        if (ExpressionReader.IsExpression(call.Context, method, call.Variables)) return call.Text(call.With, "method");
        call.Context.Sink.Error(
            method.Position, $"'{method.Text}' is no HTTP method", NearestWord.Hint(method.Text, Methods.Select(static m => m.ToLowerInvariant())));
        return null;
    }

    [GeneratedRegex(@"^[!#$%&'*+.^_`|~0-9A-Za-z-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
