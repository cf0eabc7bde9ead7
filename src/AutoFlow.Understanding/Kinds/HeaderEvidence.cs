using AutoFlow.Support.Understanding;

namespace AutoFlow.Understanding.Kinds;

/// <summary>What header fields say about who wrote a message.</summary>
/// <param name="Proof">The kind that a field proves alone; null when none does.</param>
/// <param name="Hints">
/// Fields that prove nothing alone, because people's mail can carry them too, one for each cause: two of them together do.
/// </param>
internal sealed record HeaderEvidence((MessageKind Kind, string Reason)? Proof, IReadOnlyList<string> Hints)
{
    public static HeaderEvidence Proven(MessageKind kind, string reason) => new((kind, reason), []);
}
