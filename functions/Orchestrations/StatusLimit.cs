using System.Text.Json;
using AutoFlow.Functions.Steps;
using AutoFlow.Workflows.Execution;

namespace AutoFlow.Functions.Orchestrations;

/// <summary>
/// Keeps a custom status within what hosts take: 16 KB of UTF-16 as JSON. A status is for people to read; what a definition
/// waits for can be longer than that, and is no reason for its run to fail.
/// </summary>
internal static class StatusLimit
{
    private const int Longest = 16 * 1024 / sizeof(char);

    /// <summary>A character becomes six at the most, as an escape.</summary>
    private const int PerCharacter = 6;

    /// <summary>Names of the properties, the time and the number.</summary>
    private const int Around = 300;

    private const int TypesShown = 10;
    private const int CharactersShown = 100;

    /// <summary>The status itself where it fits, else its beginning.</summary>
    public static WorkflowStatus Fit(WorkflowStatus status) =>
        Around + (PerCharacter * Characters(status)) <= Longest || JsonSerializer.Serialize(status, StepJson.Options).Length <= Longest
            ? status
            : status with { Task = Begin(status.Task), Name = Begin(status.Name), WaitingFor = status.WaitingFor is { } waiting ? Begin(waiting) : null };

    private static WaitingFor Begin(WaitingFor waiting) =>
        waiting with { EventTypes = [.. waiting.EventTypes.Take(TypesShown).Select(Begin), .. waiting.EventTypes.Count > TypesShown ? ["…"] : Array.Empty<string>()] };

    private static string Begin(string text) => text.Length <= CharactersShown ? text
        : text[..(char.IsHighSurrogate(text[CharactersShown - 1]) ? CharactersShown - 1 : CharactersShown)];

    private static int Characters(WorkflowStatus status) =>
        status.Task.Length + status.Name.Length + (status.WaitingFor is { } waiting ? waiting.Kind.Length + waiting.EventTypes.Sum(type => type.Length + 1) : 0);
}
