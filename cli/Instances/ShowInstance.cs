using System.Text.Json;

namespace AutoFlow.Cli.Instances;

/// <summary><c>autoflow instances show</c> and <c>history</c>: one instance of a running app.</summary>
internal sealed class ShowInstance(Surroundings surroundings, InstancesApi api)
{
    private static readonly string[] Headings = ["time (UTC)", "event", "#", "name", "try", ""];

    /// <summary>Where an instance stands, and what it was given and came to.</summary>
    public async Task<int> ShowAsync(string id, bool json, CancellationToken cancellation)
    {
        if (api.PathOf(id) is not { } path || await api.GetAsync(path, cancellation) is not { } one) return 1;
        if (json)
        {
            surroundings.Output.WriteLine(Shown.Whole(one));
            return 0;
        }

        var lines = new List<string[]>
        {
            new[] { "id", one.Said("id") },
            new[] { "orchestrator", one.Said("orchestrator") },
            new[] { "status", one.Said("status") },
            new[] { "created", Shown.Time(one.Said("createdAt")) + " UTC" },
            new[] { "updated", Shown.Time(one.Said("lastUpdatedAt")) + " UTC" },
        };
        if (one.Said("status") is "Running" or "Suspended" && one.Part("customStatus") is { } status && WorkflowPlace.Of(Shown.InLine(status)) is { } place)
            lines.Add(["at", place]);
        lines.AddRange(Tags(one).Select(tag => new[] { "tag", $"{tag.Name} = {tag.Value}" }));
        for (var failure = one.Part("failure"); failure is { } known; failure = known.Part("inner"))
            lines.Add(["failure", $"{known.Said("type")}: {known.Said("message")}"]);
        Columns.Write(surroundings.Output, lines);
        foreach (var name in new[] { "customStatus", "input", "output" })
        {
            if (one.Part(name) is not { } value) continue;
            surroundings.Output.WriteLine($"{name}:");
            surroundings.Output.WriteLine(Shown.Whole(value));
        }

        return 0;
    }

    /// <summary>What an instance did, event by event.</summary>
    public async Task<int> HistoryAsync(string id, bool json, CancellationToken cancellation)
    {
        if (await api.HistoryAsync(id, cancellation) is not { } history) return 1;
        if (json)
        {
            surroundings.Output.WriteLine(Shown.Whole(history));
            return 0;
        }

        var rows = new List<string[]> { Headings };
        rows.AddRange((((JsonElement?)history).Members("events") ?? []).Where(one => !one.Said("type").StartsWith("orchestrator", StringComparison.Ordinal)).Select(Row));
        Columns.Write(surroundings.Output, rows);
        return 0;
    }

    private static string[] Row(JsonElement one) =>
    [
        Shown.Time(one.Said("time")),
        one.Said("type"),
        Number(one, "task"),
        one.Said("name"),
        Number(one, "attempt"),
        What(one),
    ];

    private static string What(JsonElement one) => string.Join(' ', new[]
    {
        one.Part("failure") is { } failure ? Shown.Short($"{failure.Said("type")}: {failure.Said("message")}") : "",
        one.Said("fireAt") is { Length: > 0 } due ? $"due {Shown.Time(due)}" : "",
        one.Said("instance"),
        one.Said("status"),
        one.Said("reason"),
        Shown.Short(one.Part("input")),
        Shown.Short(one.Part("output")),
    }.Where(part => part.Length > 0));

    private static string Number(JsonElement one, string name) => one.Part(name)?.GetRawText() ?? "";

    private static List<JsonProperty> Tags(JsonElement one) =>
        one.Part("tags") is { ValueKind: JsonValueKind.Object } tags ? [.. tags.EnumerateObject()] : [];
}
