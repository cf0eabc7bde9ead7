using AutoFlow.Protocols.Documents;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Protocols.A2A;

/// <summary>What an agent says about itself (A2A protocol, "Agent Card").</summary>
internal static class AgentCard
{
    private const string WellKnown = "/.well-known/agent-card.json";
    private const string JsonRpc = "JSONRPC";

    /// <summary>The endpoint of a card: where only a host is given, the card's well-known place.</summary>
    public static JqValue Endpoint(JqValue endpoint) =>
        Uri.TryCreate(endpoint["uri"].AsString(), UriKind.Absolute, out var uri) && uri.PathAndQuery == "/"
            ? endpoint.With("uri", JqValue.From(new Uri(uri, WellKnown).AbsoluteUri))
            : endpoint;

    /// <summary>The address at which the agent speaks JSON-RPC.</summary>
    /// <exception cref="Workflows.Execution.WorkflowErrorException">It does not.</exception>
    public static Uri Address(ServiceDocument card)
    {
        var content = card.Content;
        var interfaces = content["supportedInterfaces"].Items.Select(static i => (Url: i["url"], Binding: i["protocolBinding"]))
            .Prepend((Url: content["url"], Binding: content["preferredTransport"].IsNull ? JqValue.From(JsonRpc) : content["preferredTransport"]))
            .Concat(content["additionalInterfaces"].Items.Select(static i => (Url: i["url"], Binding: i["transport"])));
        foreach (var (url, binding) in interfaces)
        {
            if (JsonRpc.Equals(binding.AsString(), StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(card.Uri, url.AsString(), out var address)) return address;
        }

        throw Failures.Configuration("the agent's card names no address for JSON-RPC; the engine speaks no other binding");
    }
}
