using System.Text;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Model;

/// <summary>Reads CloudEvents in the JSON format (CloudEvents 1.0.2, JSON Event Format).</summary>
internal static class CloudEvents
{
    /// <summary>How a listen may read events; the first is the default.</summary>
    public static readonly IReadOnlyList<string> ReadModes = ["data", "envelope", "raw"];

    /// <summary>The event as a listen reads it.</summary>
    /// <param name="mode">One of <see cref="ReadModes"/>.</param>
    public static JqValue Read(JqValue cloudEvent, string mode) => mode switch
    {
        "envelope" => cloudEvent,
        "raw" => RawData(cloudEvent),
        _ => Data(cloudEvent),
    };

    /// <summary>The event's data; binary data that is JSON is decoded.</summary>
    public static JqValue Data(JqValue cloudEvent)
    {
        if (cloudEvent.TryGetProperty("data", out var data)) return data;
        if (cloudEvent["data_base64"].AsString() is not { } encoded) return JqValue.Null;
        var isJson = cloudEvent["datacontenttype"].AsString() is not { } type || type.Contains("json", StringComparison.OrdinalIgnoreCase);
        return isJson && Decoded(encoded) is { } json ? json : cloudEvent["data_base64"];
    }

    /// <summary>The event's data as it came: encoded binary data stays encoded.</summary>
    private static JqValue RawData(JqValue cloudEvent) =>
        cloudEvent.TryGetProperty("data", out var data) ? data : cloudEvent["data_base64"];

    private static JqValue? Decoded(string encoded)
    {
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length)) return null;
        try
        {
            return JqValue.Parse(Encoding.UTF8.GetString(bytes, 0, length));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
