using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml;

namespace AutoFlow.SampleShop.Data;

/// <summary>Everything the sample shop starts with.</summary>
public sealed class SampleData
{
    private readonly Dictionary<string, SampleParcel> parcels;
    private readonly Dictionary<int, SampleCarrier> carriers;

    private SampleData(OrdersFile orders, ParcelsFile parcels)
    {
        Shop = orders.Shop;
        Orders = orders.Orders;
        Carriers = parcels.Carriers;
        Parcels = parcels.Parcels;
        this.parcels = Parcels.ToDictionary(parcel => parcel.Number, StringComparer.Ordinal);
        carriers = Carriers.ToDictionary(carrier => carrier.Key);
    }

    /// <summary>The shop's name and addresses.</summary>
    public SampleShopName Shop { get; }

    public IReadOnlyList<SampleOrder> Orders { get; }
    public IReadOnlyList<SampleParcel> Parcels { get; }
    public IReadOnlyList<SampleCarrier> Carriers { get; }

    /// <summary>The JSON settings for the sample's files: camelCase, ISO 8601 durations, numbers as text.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.AllowReadingFromString, Converters = { new Iso8601Duration() } };

    /// <summary>Reads the data that is built into this assembly.</summary>
    public static SampleData Load() => new(Read<OrdersFile>("orders.json"), Read<ParcelsFile>("parcels.json"));

    /// <summary>The scripted parcel; null when the sample has none with that number.</summary>
    public SampleParcel? FindParcel(string number) => parcels.GetValueOrDefault(number);

    /// <summary>The carrier with that key; null when unknown.</summary>
    public SampleCarrier? FindCarrier(int key) => carriers.GetValueOrDefault(key);

    private static T Read<T>(string name)
    {
        using var stream = typeof(SampleData).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly has no resource {name}.");
        return JsonSerializer.Deserialize<T>(stream, Json) ?? throw new InvalidOperationException($"{name} is empty.");
    }

    private sealed record OrdersFile(SampleShopName Shop, IReadOnlyList<SampleOrder> Orders);

    private sealed record ParcelsFile(IReadOnlyList<SampleCarrier> Carriers, IReadOnlyList<SampleParcel> Parcels);

    private sealed class Iso8601Duration : JsonConverter<TimeSpan>
    {
        public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            XmlConvert.ToTimeSpan(reader.GetString() ?? throw new JsonException("A duration is missing."));

        public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
            writer.WriteStringValue(XmlConvert.ToString(value));
    }
}

/// <summary>Who the sample shop is.</summary>
public sealed record SampleShopName(string Name, string Domain, string SupportEmail, string About);
