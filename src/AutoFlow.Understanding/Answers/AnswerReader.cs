using AutoFlow.Support.Understanding;
using AutoFlow.Understanding.Entities;

namespace AutoFlow.Understanding.Answers;

/// <summary>Reads short answers in seven languages. What it cannot read surely is <see cref="AnswerKind.Unclear"/>, and a person decides.</summary>
public sealed class AnswerReader : IAnswerReader
{
    /// <inheritdoc />
    public Answer Read(string visibleText, string language, IReadOnlyList<string> choices)
    {
        if (string.IsNullOrWhiteSpace(visibleText)) return new Answer(AnswerKind.Unclear);
        if (Choices.Pick(visibleText, choices) is { } choice) return new Answer(AnswerKind.Choice, choice);
        if (PostalAddress.Find(visibleText) is { } address) return new Answer(AnswerKind.Address, Address: address);
        return new Answer(YesNo.Read(visibleText, language));
    }
}
