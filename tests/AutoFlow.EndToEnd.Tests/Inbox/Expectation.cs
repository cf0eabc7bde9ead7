using System.Text.Json;
using System.Text.Json.Nodes;

namespace AutoFlow.EndToEnd.Tests.Inbox;

/// <summary>What a reviewer expected of a sample message before anything ran.</summary>
/// <param name="Name">The message's file without extension.</param>
/// <param name="MessageId">Its id in its channel.</param>
public sealed record Expectation(
    string Name, string MessageId, string Language, string? Intent, string Workflow, IReadOnlyList<string> Words, string? Department, string? WaitsFor)
{
    /// <summary>Every message of the sample inbox.</summary>
    public static IReadOnlyList<Expectation> Load(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>What is not as expected, a text each; empty when all is. An intent is compared only where one is expected.</summary>
    public IEnumerable<string> Disagreements(Outcome actual)
    {
        if (actual.Language != Language) yield return $"language {Language} / {actual.Language}";
        if (Intent is not null && actual.Intent != Intent) yield return $"intent {Intent} / {actual.Intent ?? "unsure"}";
        if (actual.Workflow != Workflow) yield return $"workflow {Workflow} / {actual.Workflow}";
        var missing = Words.Except(actual.Words).ToArray();
        var added = actual.Words.Except(Words).ToArray();
        if (missing.Length + added.Length > 0) yield return $"outcome {string.Join(", ", [.. missing.Select(word => $"-{word}"), .. added.Select(word => $"+{word}")])}";
        if (string.Join(' ', actual.Departments) != (Department ?? "")) yield return $"department {Department ?? "none"} / {string.Join(' ', actual.Departments)}";
        if (actual.WaitsFor != WaitsFor) yield return $"waits for {WaitsFor ?? "nothing"} / {actual.WaitsFor ?? "nothing"}";
    }

    private static Expectation Read(string path)
    {
        var file = JsonNode.Parse(File.ReadAllText(path))!;
        var expected = file["expected"] ?? throw new JsonException($"{path} has no expectation.");
        return new Expectation(
            Path.GetFileNameWithoutExtension(path),
            file["id"]!.GetValue<string>(),
            expected["language"]!.GetValue<string>(),
            expected["intent"]?.GetValue<string>(),
            expected["workflow"]!.GetValue<string>(),
            [.. expected["outcome"]!.AsArray().Select(word => word!.GetValue<string>())],
            expected["ticketDepartment"]?.GetValue<string>(),
            expected["waitsFor"]?.GetValue<string>());
    }
}
