using AutoFlow.Workflows.Execution;

namespace AutoFlow.Workflows.Tasks.Calls;

/// <summary><c>call: openapi</c> (OWS dsl-reference.md, "OpenAPI Call"); for the arguments see <see cref="Protocols.OpenApi"/>.</summary>
internal sealed class OpenApiCall : ProtocolFunction
{
    public override string Name => Protocols.OpenApi;

    public override IReadOnlyCollection<string> Properties => ["document", "operationId", "parameters", "authentication", "output", "redirect"];

    public override IReadOnlyList<string> Texts => ["document.endpoint.uri", "operationId"];

    public override IReadOnlyList<string> Maps => ["parameters"];

    public override void Read(CallReader call)
    {
        call.AddAuthentication();
        call.AddResource("document", required: true);
        call.AddText("operationId", required: true);
        call.AddMap("parameters");
        call.AddHttpOutput();
    }
}
