using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AutoFlow.Support.Replies;

/// <summary>The JSON form of <see cref="ReplyValue"/>, easy to write in a workflow.</summary>
public sealed class ReplyValueJson : JsonConverter<ReplyValue>
{
    public override ReplyValue? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var value = document.RootElement;
        return value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => new ReplyValue.Text(value.GetString()!),
            JsonValueKind.Number => new ReplyValue.Count((int)Math.Clamp(value.GetDouble(), int.MinValue, int.MaxValue)),
            JsonValueKind.Array => new ReplyValue.List([.. value.EnumerateArray().Select(item => item.ToString())]),
            JsonValueKind.Object => ReadObject(value),
            _ => throw new JsonException("A reply value is text, a number, a list, a date, money or a link."),
        };
    }

    public override void Write(Utf8JsonWriter writer, ReplyValue value, JsonSerializerOptions options)
    {
        switch (value)
        {
            case ReplyValue.Text text:
                writer.WriteStringValue(text.Value);
                break;
            case ReplyValue.Count count:
                writer.WriteNumberValue(count.Value);
                break;
            case ReplyValue.List list:
                writer.WriteStartArray();
                foreach (var item in list.Items) writer.WriteStringValue(item);
                writer.WriteEndArray();
                break;
            case ReplyValue.Date date:
                writer.WriteStartObject();
                writer.WriteString("date", date.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                writer.WriteEndObject();
                break;
            case ReplyValue.Amount amount:
                writer.WriteStartObject();
                writer.WriteNumber("amount", amount.Money.Amount);
                writer.WriteString("currency", amount.Money.Currency);
                writer.WriteEndObject();
                break;
            case ReplyValue.Link link:
                writer.WriteStartObject();
                writer.WriteString("link", link.Address);
                writer.WriteEndObject();
                break;
        }
    }

    private static ReplyValue? ReadObject(JsonElement value)
    {
        if (value.TryGetProperty("date", out var date))
        {
            if (date.ValueKind == JsonValueKind.Null) return null;
            return date.ValueKind == JsonValueKind.String
                && DateTimeOffset.TryParse(date.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? ReplyValue.Of(time)
                : throw new JsonException("A date is ISO 8601.");
        }

        if (value.TryGetProperty("amount", out var amount) && value.TryGetProperty("currency", out var currency)
            && amount.TryGetDecimal(out var number) && currency.GetString() is { } code)
            return new ReplyValue.Amount(new Money(number, code));
        if (value.TryGetProperty("link", out var link)) return ReplyValue.LinkTo(link.GetString());
        throw new JsonException("A reply value's object has date, or amount and currency, or link.");
    }
}
