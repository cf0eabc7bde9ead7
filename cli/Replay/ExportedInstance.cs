using System.Text.Json;
using AutoFlow.EmbeddedHost.Durable.History;

namespace AutoFlow.Cli.Replay;

/// <summary>A definition that an exported instance is pinned to.</summary>
internal sealed record ExportedDefinition(string Name, string Version, string Hash, string Text, IReadOnlyDictionary<string, string> Resources);

/// <summary>An instance in a file: an export of <c>autoflow instances export</c>, or the bare turns that tests keep.</summary>
/// <param name="Id">The instance's id; of bare turns the file's name.</param>
/// <param name="Turns">What came in and what was decided, turn by turn.</param>
/// <param name="Definition">The definition; null where the file has none.</param>
internal sealed record ExportedInstance(string Id, IReadOnlyList<TurnRecord> Turns, ExportedDefinition? Definition)
{
    /// <summary>The first word of an export.</summary>
    public const string Format = "autoflow-instance";

    /// <summary>The version that this program writes, and the highest that it reads.</summary>
    public const int Version = 1;

    /// <summary>As deep as payloads and what is around them go.</summary>
    public static readonly JsonSerializerOptions Deep = new() { MaxDepth = 256 };

    /// <summary>The start of the orchestration.</summary>
    public ExecutionStarted Started => Turns.SelectMany(turn => turn.Received).OfType<ExecutionStarted>().First();

    /// <summary>Reads a file's text.</summary>
    /// <param name="file">Its path.</param>
    /// <returns>The instance, or what is wrong, in one line.</returns>
    public static (ExportedInstance? Instance, string? Problem) Read(string file, string text)
    {
        JsonElement json;
        try
        {
            json = JsonSerializer.Deserialize<JsonElement>(text, Deep);
        }
        catch (JsonException exception)
        {
            return (null, $"{file}:{exception.LineNumber + 1}:{exception.BytePositionInLine + 1}: no JSON; 'autoflow instances export' writes what is read here");
        }

        try
        {
            return json.ValueKind == JsonValueKind.Array
                ? Checked(file, new ExportedInstance(Path.GetFileNameWithoutExtension(file), HistoryJson.Read<List<TurnRecord>>(text), null))
                : ReadExport(file, json);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            return (null, $"{file}: the turns cannot be read: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static (ExportedInstance? Instance, string? Problem) ReadExport(string file, JsonElement json)
    {
        if (json.Said("format") != Format) return (null, $"{file}: no exported instance: \"format\" is not \"{Format}\"; 'autoflow instances export' writes one");
        if (json.Part("version") is not { ValueKind: JsonValueKind.Number } version || !version.TryGetInt32(out var number) || number is < 1 or > Version)
            return (null, $"{file}: \"version\" is {json.Part("version")?.GetRawText() ?? "missing"}; this program reads up to {Version}, take a newer one");
        if (json.Part("instance")?.Said("id") is not { Length: > 0 } id) return (null, $"{file}: there is no \"id\" in \"instance\"");
        if (((JsonElement?)json).Members("history") is not { } events) return (null, $"{file}: there is no list \"history\"");
        var (turns, problem) = ExportedTurns.Of(events);
        return problem is not null ? (null, $"{file}: {problem}") : Checked(file, new ExportedInstance(id, turns, DefinitionOf(json)));
    }

    private static (ExportedInstance? Instance, string? Problem) Checked(string file, ExportedInstance instance) =>
        Mistake(instance.Turns) is { } mistake ? (null, $"{file}: {mistake}")
        : instance.Turns.Any(turn => turn.Received.OfType<ExecutionStarted>().Any())
            ? (instance, null)
            : (null, $"{file}: the instance has not started, so there is nothing to replay");

    /// <summary>What a replay could not go by, with the turn; null for nothing. JSON lets a null be anywhere.</summary>
    private static string? Mistake(IReadOnlyList<TurnRecord> turns)
    {
        var asked = new HashSet<int>();
        foreach (var (place, turn) in turns.Index())
        {
            if (turn is null) return $"turn {place} is null";
            if (turn.Received is null) return $"turn {place} has no list \"received\"";
            if (turn.Decided is null) return $"turn {place} has no list \"decided\"";
            foreach (var one in turn.Received.Concat(turn.Decided))
            {
                if (one is null) return $"an event of turn {place} is null";
                if (Lacking(one) is { } lacking) return $"an event of turn {place} ({one.GetType().Name}) has no \"{lacking}\"";
                if (one.Asks is { } number && !asked.Add(number)) return $"turn {place} asks for task {number} a second time";
            }
        }

        return null;
    }

    private static string? Lacking(HistoryEvent one) => one switch
    {
        ExecutionStarted { Name: null } or TaskScheduled { Name: null } or ChildScheduled { Name: null } or EventRaised { Name: null } or EventSent { Name: null } => "name",
        ChildScheduled { InstanceId: null } or EventSent { InstanceId: null } or ExecutionStarted { Parent.InstanceId: null } => "instanceId",
        TaskFailed { Failure: null } or ExecutionFailed { Failure: null } => "failure",
        ContinuedAsNew { Carried: null } => "carried",
        ContinuedAsNew { Carried: { } carried } when carried.Any(raised => raised?.Name is null) => "name",
        _ => null,
    };

    private static ExportedDefinition? DefinitionOf(JsonElement json) => json.Part("definition") is not { } one
        ? null
        : new ExportedDefinition(
            $"{one.Said("namespace")}/{one.Said("name")}",
            one.Said("version"),
            one.Said("hash"),
            one.Said("text"),
            one.Part("resources") is { ValueKind: JsonValueKind.Object } resources
                ? resources.EnumerateObject().ToDictionary(resource => resource.Name, resource => resource.Value.ToString(), StringComparer.Ordinal)
                : []);
}
