using System.Globalization;

namespace AutoFlow.SampleShop.Data;

/// <summary>
/// How the sample is made larger: copy 0 is the sample itself, and every further copy has the same orders and parcels under numbers
/// and addresses of its own, by rule. What belongs to one copy names nothing of another.
/// </summary>
public static class SampleCopies
{
    /// <summary>Copies beside the sample itself at the most: order numbers have six digits.</summary>
    public const int Most = 8_999;

    private const int FirstNumber = 1_000;
    private const int FirstCopied = 100_000;
    private const int NumbersPerCopy = 100;

    /// <summary>The number that an order of the sample has in a copy.</summary>
    public static string OrderNumber(string number, int copy)
    {
        if (copy == 0) return number;
        var place = int.Parse(number, CultureInfo.InvariantCulture) - FirstNumber;
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)place, (uint)NumbersPerCopy, nameof(number));
        return (FirstCopied + (copy * NumbersPerCopy) + place).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The address that somebody of the sample has in a copy.</summary>
    public static string Address(string address, int copy)
    {
        var at = address.IndexOf('@', StringComparison.Ordinal);
        return copy == 0 || at < 0 ? address : string.Create(CultureInfo.InvariantCulture, $"{address.AsSpan(0, at)}.c{copy}{address.AsSpan(at)}");
    }

    /// <summary>The number that a parcel of the sample has in a copy; its check digit is right where the carrier has one.</summary>
    public static string ParcelNumber(string number, int copy) => copy == 0 ? number : ParcelNumbers.After(number, copy);

    /// <summary>An order of the sample in a copy.</summary>
    public static SampleOrder Order(SampleOrder order, int copy) => copy == 0 ? order : order with
    {
        Number = OrderNumber(order.Number, copy),
        Email = Address(order.Email, copy),
        Parcels = [.. order.Parcels.Select(parcel => parcel with { TrackingNumber = ParcelNumber(parcel.TrackingNumber, copy) })],
    };

    /// <summary>A parcel of the sample in a copy.</summary>
    public static SampleParcel Parcel(SampleParcel parcel, int copy) => copy == 0 ? parcel : parcel with
    {
        Number = ParcelNumber(parcel.Number, copy),
        Order = OrderNumber(parcel.Order, copy),
    };
}
