using System.Globalization;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace AutoFlow.Storage;

/// <summary>Amounts as text: SQLite has no decimal type, and a binary fraction loses cents.</summary>
internal sealed class ExactDecimal() : ValueConverter<decimal, string>(
    amount => amount.ToString(CultureInfo.InvariantCulture),
    text => decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture));
