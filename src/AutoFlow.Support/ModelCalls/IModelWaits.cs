namespace AutoFlow.Support.ModelCalls;

/// <summary>The waits that models in the cloud asked for. A limit of tokens a minute is the deployment's, so all workers keep to them.</summary>
public interface IModelWaits
{
    /// <summary>Until when a deployment is to be left alone, UTC; in the past when that is over, null when it never asked.</summary>
    Task<DateTimeOffset?> UntilAsync(string deployment, CancellationToken ct);

    /// <summary>Leaves a deployment alone until then (UTC); a wait that ends later stays.</summary>
    Task BeginAsync(string deployment, DateTimeOffset until, CancellationToken ct);
}
