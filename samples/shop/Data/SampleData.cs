using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml;

namespace AutoFlow.SampleShop.Data;

/// <summary>Everything the sample shop starts with.</summary>
public sealed class SampleData
{
    private readonly Dictionary<string, (SampleParcel Parcel, int Copy)> parcels;
    private readonly Dictionary<string, (SampleOrder Order, int Copy)> orders;
    private readonly Dictionary<string, List<(SampleOrder Order, int Copy)>> ofCustomer;
    private readonly Dictionary<int, SampleCarrier> carriers;

    private SampleData(OrdersFile orders, ParcelsFile parcels, int copies)
    {
        Shop = orders.Shop;
        Orders = orders.Orders;
        Carriers = parcels.Carriers;
        Parcels = parcels.Parcels;
        Copies = copies;
        var all = Enumerable.Range(0, copies + 1).ToList();
        // Only the numbers are kept: what belongs to them is made when it is asked for.
        this.parcels = all.SelectMany(copy => Parcels.Select(parcel => (parcel, copy)))
            .ToDictionary(one => SampleCopies.ParcelNumber(one.parcel.Number, one.copy), StringComparer.Ordinal);
        this.orders = all.SelectMany(copy => Orders.Select(order => (order, copy)))
            .ToDictionary(one => SampleCopies.OrderNumber(one.order.Number, one.copy), StringComparer.Ordinal);
        ofCustomer = this.orders.Values.GroupBy(one => SampleCopies.Address(one.Order.Email, one.Copy), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.ToList(), StringComparer.OrdinalIgnoreCase);
        carriers = Carriers.ToDictionary(carrier => carrier.Key);
    }

    /// <summary>The shop's name and addresses.</summary>
    public SampleShopName Shop { get; }

    /// <summary>The orders of the sample itself, without those of its copies.</summary>
    public IReadOnlyList<SampleOrder> Orders { get; }

    /// <summary>The parcels of the sample itself, without those of its copies.</summary>
    public IReadOnlyList<SampleParcel> Parcels { get; }

    /// <summary>How many copies there are beside the sample itself; see <see cref="SampleCopies"/>.</summary>
    public int Copies { get; }

    public IReadOnlyList<SampleCarrier> Carriers { get; }

    /// <summary>The JSON settings for the sample's files: camelCase, ISO 8601 durations, numbers as text.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.AllowReadingFromString, Converters = { new Iso8601Duration() } };

    /// <summary>Reads the data that is built into this assembly.</summary>
    /// <param name="copies">How often all of it is there once more, under other numbers and addresses; up to <see cref="SampleCopies.Most"/>.</param>
    public static SampleData Load(int copies = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(copies);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(copies, SampleCopies.Most);
        return new(Read<OrdersFile>("orders.json"), Read<ParcelsFile>("parcels.json"), copies);
    }

    /// <summary>The scripted parcel; null when the sample has none with that number.</summary>
    public SampleParcel? FindParcel(string number) => parcels.TryGetValue(number, out var one) ? SampleCopies.Parcel(one.Parcel, one.Copy) : null;

    /// <summary>The order as the sample begins with it; null when it has none with that number.</summary>
    public SampleOrder? FindOrder(string number) => orders.TryGetValue(number, out var one) ? SampleCopies.Order(one.Order, one.Copy) : null;

    /// <summary>A customer's orders as the sample begins with them.</summary>
    public IEnumerable<SampleOrder> OrdersOf(string address) =>
        ofCustomer.TryGetValue(address, out var theirs) ? theirs.Select(one => SampleCopies.Order(one.Order, one.Copy)) : [];

    /// <summary>Every order as the sample begins with it.</summary>
    public IEnumerable<SampleOrder> AllOrders() => orders.Values.Select(one => SampleCopies.Order(one.Order, one.Copy));

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
