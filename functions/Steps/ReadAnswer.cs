using AutoFlow.Support.Understanding;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Steps;

/// <summary>Reads a customer's answer to a question of ours.</summary>
public sealed class ReadAnswer(IAnswerReader reader)
{
    public sealed record With
    {
        /// <summary>The answer without quotes and signature.</summary>
        public required string Text { get; init; }

        /// <summary>ISO 639-1.</summary>
        public required string Language { get; init; }

        /// <summary>What was offered; empty for a yes-or-no question.</summary>
        public IReadOnlyList<string> Choices { get; init; } = [];
    }

    [Function("readAnswer")]
    public StepOutcome Run([ActivityTrigger] StepCall<With> call) =>
        StepOutcome.Of(reader.Read(call.With.Text, call.With.Language, call.With.Choices));
}
