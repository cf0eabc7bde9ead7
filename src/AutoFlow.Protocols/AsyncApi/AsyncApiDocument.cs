using AutoFlow.Protocols.Documents;
using AutoFlow.Protocols.Http;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Protocols.AsyncApi;

/// <summary>Where and how a message is published.</summary>
/// <param name="Address">The channel's address below its server, parameters in place.</param>
/// <param name="Servers">The servers of the channel, in the document's order.</param>
/// <param name="Method">The HTTP method of the binding, POST where there is none.</param>
/// <param name="ContentType">The message's content type; null where the document does not say.</param>
internal sealed record AsyncApiOperation(string Address, IReadOnlyList<AsyncApiServer> Servers, string Method, string? ContentType);

/// <summary>Finds what a message is published to in a document of AsyncAPI 2 or 3.</summary>
internal sealed class AsyncApiDocument
{
    private const string What = "the AsyncAPI document";
    private readonly JqValue _root;
    private readonly bool _is2;

    private AsyncApiDocument(JqValue root, bool is2) => (_root, _is2) = (root, is2);

    /// <summary>Looks at the version of a document.</summary>
    /// <exception cref="Workflows.Execution.WorkflowErrorException">It is none that is known.</exception>
    public static AsyncApiDocument Of(ServiceDocument document)
    {
        var version = HttpFields.Scalar(document.Content["asyncapi"]) ?? "";
        if (version.StartsWith("2.", StringComparison.Ordinal)) return new AsyncApiDocument(document.Content, is2: true);
        return version.StartsWith("3.", StringComparison.Ordinal)
            ? new AsyncApiDocument(document.Content, is2: false)
            : throw Failures.Configuration($"{What} is of no version that is known; 2.6 and 3.0 are");
    }

    /// <summary>What a call names: a channel or an operation of version 2, an operation of version 3.</summary>
    /// <exception cref="Workflows.Execution.WorkflowErrorException">There is none; the message names the nearest.</exception>
    public AsyncApiOperation Find(string? channel, string? operation) => _is2 ? Find2(channel, operation) : Find3(operation);

    /// <summary>In version 2 the description is a client's: what one publishes, the service receives.</summary>
    private AsyncApiOperation Find2(string? name, string? operationId)
    {
        var channels = _root["channels"].Properties.Select(c => (Name: c.Key, Channel: Follow(c.Value))).ToList();
        if (name is null)
        {
            var ids = channels.Select(static c => (Id: c.Channel["publish"]["operationId"].AsString(), c.Name)).Where(static c => c.Id is not null).ToList();
            name = ids.FirstOrDefault(i => i.Id == operationId).Name ?? throw None("operation to publish by", operationId ?? "", ids.Select(static i => i.Id!));
        }

        var channel = channels.FirstOrDefault(c => c.Name == name).Channel ?? throw None("channel", name, channels.Select(static c => c.Name));
        var publish = Follow(channel["publish"]);
        if (publish.IsNull) throw Failures.Configuration($"the channel '{Failures.Shown(name)}' has no publish operation");
        var message = Follow(publish["message"]);
        if (message["oneOf"].Count > 0) message = Follow(message["oneOf"][0]);
        var names = channel["servers"].Items.Select(static s => s.AsString()).ToList();
        return new AsyncApiOperation(
            Address(name, channel["parameters"], static p => p["schema"]["default"]),
            [.. Servers(static s => s["url"].AsString() ?? "").Where(s => names.Count == 0 || names.Contains(s.Name))],
            Method(publish),
            ContentType(message));
    }

    private AsyncApiOperation Find3(string? name)
    {
        if (name is null) throw Failures.Configuration($"{What} is of version 3: name its operation, not its channel");
        var operation = Follow(_root["operations"][name]);
        if (operation.IsNull) throw None("operation", name, _root["operations"].Properties.Select(static o => o.Key));
        var channel = Follow(operation["channel"]);
        var messages = operation["messages"].Items.Concat(channel["messages"].Properties.Select(static m => m.Value));
        var ofChannel = channel["servers"].Items.Select(Follow).ToList();
        return new AsyncApiOperation(
            Address(channel["address"].AsString() ?? "", channel["parameters"], static p => p["default"]),
            [.. Servers(static s => s["host"].AsString() + s["pathname"].AsString(), s => ofChannel.Count == 0 || ofChannel.Contains(s))],
            Method(operation),
            ContentType(messages.Select(Follow).FirstOrDefault() ?? JqValue.Null));
    }

    private IEnumerable<AsyncApiServer> Servers(Func<JqValue, string> address, Func<JqValue, bool>? where = null) =>
        from entry in _root["servers"].Properties
        let server = Follow(entry.Value)
        where @where is null || @where(server)
        let variables = server["variables"].Properties.Select(v => KeyValuePair.Create(v.Key, Follow(v.Value)))
        select new AsyncApiServer(entry.Key, server["protocol"].AsString()?.ToLowerInvariant() ?? "", address(server), JqValue.FromObject(variables));

    /// <summary>The language has no place for a channel's parameters: only those with a default can be filled.</summary>
    private string Address(string address, JqValue parameters, Func<JqValue, JqValue> byDefault)
    {
        foreach (var (name, parameter) in parameters.Properties)
        {
            if (!address.Contains($"{{{name}}}", StringComparison.Ordinal)) continue;
            var value = HttpFields.Scalar(byDefault(Follow(parameter)))
                ?? throw Failures.Configuration($"the channel's address needs a value for '{name}', which the document gives no default for and a call cannot give");
            address = address.Replace($"{{{name}}}", Uri.EscapeDataString(value), StringComparison.Ordinal);
        }

        return address;
    }

    private string Method(JqValue operation) => Follow(operation["bindings"])["http"]["method"].AsString()?.ToUpperInvariant() ?? "POST";

    private string? ContentType(JqValue message) => message["contentType"].AsString() ?? _root["defaultContentType"].AsString();

    private JqValue Follow(JqValue node) => DocumentText.Follow(_root, node, What);

    private static WorkflowErrorException None(string kind, string name, IEnumerable<string> known) =>
        Failures.Configuration($"{What} has no {kind} '{Failures.Shown(name)}'{(NearestWord.Hint(name, known) is { } near ? $"; {near}" : "")}");
}
