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
    /// <exception cref="Workflows.Execution.WorkflowErrorException">A value is missing, unknown or not allowed.</exception>
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
            var value = HttpFields.Scalar(given[name]) ?? HttpFields.Scalar(variable["default"]) ?? throw Failures.Validation($"the server '{Name}' needs a value for the variable '{name}'");
            if (variable["enum"].Count > 0 && !variable["enum"].Items.Any(e => HttpFields.Scalar(e) == value))
                throw Failures.Validation($"the variable '{name}' of the server '{Name}' has a value that the document does not allow");
            text = text.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        }

        if (!text.Contains("://", StringComparison.Ordinal)) text = $"{Protocol}://{text}";
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) ? uri : throw Failures.Configuration($"the server '{Name}' has an address that is none");
    }

    private static string Hint(string word, IEnumerable<string> known) => NearestWord.Hint(word, known) is { } near ? $"; {near}" : "";

    private static WorkflowErrorException NotHttp(string protocol) =>
        Failures.Configuration($"messages can be published by http and https only, not by {Failures.Shown(protocol)}");
}
