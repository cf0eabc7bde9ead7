namespace AutoFlow.Workflows.Jq;

/// <summary>Why a program does not compile.</summary>
/// <param name="Message">What is wrong, in one sentence without a full stop.</param>
/// <param name="Offset">Where it begins in the source, in UTF-16 units from 0.</param>
/// <param name="Line">Line of the source, from 1.</param>
/// <param name="Column">Column in the line, in UTF-16 units from 1.</param>
/// <param name="Hint">What was probably meant; null when nothing is near.</param>
public sealed record JqError(string Message, int Offset, int Line, int Column, string? Hint)
{
    public override string ToString() => $"{Line}:{Column}: {Message}{(Hint is null ? "" : $" ({Hint})")}";
}
