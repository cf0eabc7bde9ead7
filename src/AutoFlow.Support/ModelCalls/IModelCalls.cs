namespace AutoFlow.Support.ModelCalls;

/// <summary>The calls of one deployment that ended alike.</summary>
/// <param name="Calls">How many.</param>
/// <param name="Tokens">Of all of them.</param>
/// <param name="Cost">One sum for each currency; empty when no prices were configured.</param>
public sealed record ModelCallSum(string Deployment, ModelCallOutcome Outcome, int Calls, TokenCount Tokens, IReadOnlyList<Money> Cost);

/// <summary>The book of calls to models in the cloud.</summary>
public interface IModelCalls
{
    /// <summary>Writes a call down; the same id again changes nothing.</summary>
    Task RecordAsync(ModelCall call, CancellationToken ct);

    /// <summary>The newest calls first.</summary>
    Task<IReadOnlyList<ModelCall>> ListAsync(int skip, int take, CancellationToken ct);

    /// <summary>Sums by deployment and outcome, both in the order of the alphabet.</summary>
    Task<IReadOnlyList<ModelCallSum>> SumsAsync(CancellationToken ct);
}
