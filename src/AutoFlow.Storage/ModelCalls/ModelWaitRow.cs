namespace AutoFlow.Storage.ModelCalls;

internal sealed class ModelWaitRow
{
    public required string Deployment { get; init; }
    public required DateTimeOffset Until { get; set; }
}
