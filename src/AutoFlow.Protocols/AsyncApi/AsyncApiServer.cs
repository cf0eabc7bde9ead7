using System.Buffers;
using AutoFlow.Protocols.Http;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Protocols.AsyncApi;

/// <summary>A server of an AsyncAPI document.</summary>
/// <param name="Name">Its name in the document.</param>
/// <param name="Protocol">Its protocol, lower-case.</param>
/// <param name="Address">Its address with variables in it, without a scheme where the document gives none.</param>
/// <param name="Variables">The variables, an object by name.</param>
internal sealed record AsyncApiServer(string Name, string Protocol, string Address, JqValue Variables)
{
    /// <summary>What would end the host or the path that a value stands in, or begin another variable (RFC 3986 §2.2; a backslash is read as a slash).</summary>
    private static readonly SearchValues<char> Leaving = SearchValues.Create("\\?#@%{}");

    /// <summary>Whether messages can be published to it here.</summary>
    public bool IsHttp => Protocol is "http" or "https";

    /// <summary>Chooses the server of a call (OWS dsl-reference.md, "AsyncAPI Call": by name, else by protocol, else the first that fits).</summary>
    /// <param name="candidates">The servers of the channel, in the document's order.</param>
    /// <param name="name">The server that the call names; null when it names none.</param>
    /// <param name="protocol">The protocol that the call names; null when it names none.</param>
    /// <exception cref="Workflows.Execution.WorkflowErrorException">There is none that can be published to.</exception>
    public static AsyncApiServer Choose(IReadOnlyList<AsyncApiServer> candidates, string? name, string? protocol)
    {
        if (name is not null)
        {
            var named = candidates.FirstOrDefault(s => s.Name == name);
            if (named is null) throw Failures.Configuration($"the channel has no server '{Failures.Shown(name)}'{Hint(name, candidates.Select(static s => s.Name))}");
            return named.IsHttp ? named : throw NotHttp(named.Protocol);
        }

        if (protocol is not (null or "http" or "https")) throw NotHttp(protocol);
        return candidates.FirstOrDefault(static s => s.IsHttp)
            ?? throw (candidates.Count == 0 ? Failures.Configuration("the AsyncAPI document has no server for the channel") : NotHttp(string.Join(", ", candidates.Select(static s => s.Protocol).Distinct())));
    }

    /// <summary>The absolute address with every variable in its place.</summary>
    /// <param name="given">The values of the call, an object; the document's defaults stand in for the others.</param>
    /// <exception cref="Workflows.Execution.WorkflowErrorException">A value is missing, unknown or not allowed, or the address is none.</exception>
    public Uri At(JqValue given)
    {
        var known = Variables.Properties.Select(static v => v.Key).ToList();
        foreach (var (name, _) in given.Properties)
        {
            if (!known.Contains(name)) throw Failures.Validation($"the server '{Name}' has no variable '{Failures.Shown(name)}'{Hint(name, known)}");
        }

        var text = Address;
        foreach (var (name, variable) in Variables.Properties)
        {
            text = text.Replace($"{{{name}}}", Value(name, variable, HttpFields.Scalar(given[name])), StringComparison.Ordinal);
        }

        if (!text.Contains("://", StringComparison.Ordinal)) text = $"{Protocol}://{text}";
        return HttpFields.Address(text, $"the server '{Name}'");
    }

    /// <summary>The value of a variable. A host or a port of its own is the document's to give: values often come from customers.</summary>
    private string Value(string name, JqValue variable, string? given)
    {
        var allowed = variable["enum"].Items.Select(HttpFields.Scalar).ToList();
        var byDefault = HttpFields.Scalar(variable["default"]);
        var value = given ?? byDefault ?? throw Failures.Validation($"the server '{Name}' needs a value for the variable '{name}'");
        if (allowed.Count > 0 && !allowed.Contains(value))
            throw Failures.Validation($"the variable '{name}' of the server '{Name}' has a value that the document does not allow");
        var isTheDocuments = allowed.Count > 0 || value == byDefault;
        return value.AsSpan().ContainsAny(Leaving) || value.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c)) || (!isTheDocuments && value.AsSpan().ContainsAny('/', ':'))
            ? throw Failures.Validation($"the variable '{name}' of the server '{Name}' has a value that would change the address around it; give it without '/', ':', '?', '#', '@', '%', '\\', braces and spaces")
            : value;
    }

    private static string Hint(string word, IEnumerable<string> known) => NearestWord.Hint(word, known) is { } near ? $"; {near}" : "";

    private static WorkflowErrorException NotHttp(string protocol) =>
        Failures.Configuration($"messages can be published by http and https only, not by {Failures.Shown(protocol)}");
}
