using System.Text.Json;

namespace AutoFlow.Benchmarks.Durable.Measuring;

/// <summary>What every step takes and gives: about 200 bytes of JSON, as a step of the app has.</summary>
internal sealed record Payload(string Order, string Parcel, string Carrier, string Status, string Text)
{
    /// <summary>The one that is used everywhere.</summary>
    public static readonly Payload Sample = new(
        "1001", "CH454284108DE", "DHL", "InTransit_Other", "Ihr Paket ist unterwegs zu Ihnen; zuletzt wurde es am 26. November in Leipzig bearbeitet. Wir schauen weiter.");

    /// <summary>The same as JSON, UTF-8.</summary>
    public static readonly byte[] Json = JsonSerializer.SerializeToUtf8Bytes(Sample, JsonSerializerOptions.Web);
}
