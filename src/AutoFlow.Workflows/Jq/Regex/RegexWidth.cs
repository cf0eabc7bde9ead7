namespace AutoFlow.Workflows.Jq;

/// <summary>How many code points an expression takes, at least and at most.</summary>
internal static class RegexWidth
{
    /// <summary>Sums stop here, so that nested quantifiers do not overflow.</summary>
    private const long Endless = 1L << 40;

    public static (long Min, long Max) Of(RegexSyntax syntax) => syntax switch
    {
        SetRegex => (1, 1),
        SequenceRegex sequence => sequence.Parts.Select(Of).Aggregate((0L, 0L), (a, b) => (Cap(a.Item1 + b.Min), Cap(a.Item2 + b.Max))),
        AlternationRegex alternation => alternation.Branches.Select(Of).Aggregate((a, b) => (Math.Min(a.Min, b.Min), Math.Max(a.Max, b.Max))),
        GroupRegex group => Of(group.Body),
        AtomicRegex atomic => Of(atomic.Body),
        RepeatRegex { Max: 0 } => (0, 0),
        RepeatRegex repeat => Times(Of(repeat.Body), repeat.Min, repeat.Max),
        BackReferenceRegex => (0, Endless),
        _ => (0, 0),
    };

    private static (long Min, long Max) Times((long Min, long Max) body, int min, int? max) =>
        (Cap(body.Min * min), body.Max == 0 ? 0 : max is { } most ? Cap(body.Max * most) : Endless);

    private static long Cap(long width) => Math.Min(width, Endless);
}
