using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;

namespace AutoFlow.Demo;

/// <summary>A message of the sample inbox: a CloudEvent whose time is relative to the shop's epoch.</summary>
/// <param name="Name">The file's name without extension.</param>
/// <param name="Id">The channel's id of the message.</param>
/// <param name="After">The message that this one follows: it is sent once our answer to that one is there. Null for a first message.</param>
/// <param name="At">When it was written, relative to the epoch.</param>
/// <param name="Expected">What a reviewer expects of it; null in an inbox without expectations.</param>
public sealed record SampleMessage(string Name, string Id, string? After, TimeSpan At, JsonObject Event, JsonObject? Expected)
{
    /// <summary>The body for <c>POST /api/messages</c>.</summary>
    /// <param name="epoch">UTC.</param>
    public string Body(DateTimeOffset epoch)
    {
        var body = (JsonObject)Event.DeepClone();
        body["time"] = (epoch + At).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        return body.ToJsonString();
    }

    /// <summary>Every message of a folder, in the order of their names.</summary>
    public static IReadOnlyList<SampleMessage> Load(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(Read)];

    private static SampleMessage Read(string path)
    {
        var file = JsonNode.Parse(File.ReadAllText(path)) as JsonObject ?? throw new JsonException($"{path} is no JSON object.");
        var after = file["after"]?.GetValue<string>();
        var at = XmlConvert.ToTimeSpan(file["at"]?.GetValue<string>() ?? "PT0S");
        var expected = file["expected"] as JsonObject;
        var id = file["id"]?.GetValue<string>() ?? throw new JsonException($"{path} has no id.");
        foreach (var ours in new[] { "after", "at", "expected" }) file.Remove(ours);
        return new SampleMessage(Path.GetFileNameWithoutExtension(path), id, after is null ? null : Path.GetFileNameWithoutExtension(after), at, file, expected);
    }
}
