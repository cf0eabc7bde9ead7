using System.Text.Json;
using System.Text.Json.Serialization;

namespace AutoFlow.Workflows.Jq;

/// <summary>Lets System.Text.Json read and write a <see cref="JqValue"/> as the JSON it is.</summary>
public sealed class JqValueConverter : JsonConverter<JqValue>
{
    public override bool HandleNull => true;

    public override JqValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return JqValue.FromElement(document.RootElement);
    }

    public override void Write(Utf8JsonWriter writer, JqValue value, JsonSerializerOptions options)
    {
        if (value is null)
            writer.WriteNullValue();
        else
            value.WriteTo(writer);
    }
}
