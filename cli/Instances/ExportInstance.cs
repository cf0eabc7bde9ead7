using System.Text.Json;
using AutoFlow.Cli.Replay;

namespace AutoFlow.Cli.Instances;

/// <summary><c>autoflow instances export</c>: an instance of a running app as a file that <c>autoflow replay</c> takes.</summary>
internal sealed class ExportInstance(Surroundings surroundings, InstancesApi api)
{
    /// <summary>Writes the file, which only its owner may read; it overwrites none.</summary>
    public async Task<int> RunAsync(string id, string file, CancellationToken cancellation)
    {
        if (!surroundings.IsFree(file) || api.PathOf(id) is not { } path) return 1;
        // The history last: one that goes on meanwhile is then the older in what is said of it, not in what it did.
        if (await api.GetAsync(path, cancellation) is not { } instance) return 1;
        JsonElement? definition = null;
        if (HashOf(instance) is { } hash && (definition = await api.GetAsync($"definitions/by-hash/{Uri.EscapeDataString(hash)}", cancellation)) is null) return 1;
        if (await api.HistoryAsync(id, cancellation) is not { } history) return 1;
        var events = ((JsonElement?)history).Members("events") ?? [];
        var text = Shown.Whole(JsonSerializer.SerializeToElement(new
        {
            format = ExportedInstance.Format,
            version = ExportedInstance.Version,
            exported = surroundings.Time.GetUtcNow(),
            instance,
            definition,
            history = events,
        }, ExportedInstance.Deep));
        if (!surroundings.WritePrivately(file, text + "\n")) return 1;
        surroundings.Output.WriteLine($"{Counted.Of(events.Count, "event")} of {id}{(definition is null ? "" : ", with its definition")}, written to {file}; it can hold personal data");
        return 0;
    }

    /// <summary>The definition that an instance is pinned to; null where it interprets none.</summary>
    private static string? HashOf(JsonElement instance) => new[] { instance.Part("input"), instance.Part("customStatus") }
        .OfType<JsonElement>().Select(part => part.Said("definitionHash")).FirstOrDefault(hash => hash.Length > 0);
}
