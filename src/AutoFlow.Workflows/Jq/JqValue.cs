using System.Text.Json;
using System.Text.Json.Serialization;

namespace AutoFlow.Workflows.Jq;

/// <summary>
/// An immutable JSON value: the data of jq programs and of workflows. Objects keep the order in which keys were added.
/// Integers and decimals a <see cref="double"/> cannot hold keep their exact text until arithmetic touches them (jq 1.7).
/// </summary>
[JsonConverter(typeof(JqValueConverter))]
public abstract class JqValue : IEquatable<JqValue>, IComparable<JqValue>
{
    /// <summary>The deepest nesting that JSON text may have, as in jq.</summary>
    public const int MaxDepth = 10_000;

    private static readonly KeyValuePair<string, JqValue>[] NoProperties = [];

    private protected JqValue(JqKind kind) => Kind = kind;

    public static JqValue Null { get; } = new JqConstant(JqKind.Null);

    public static JqValue True { get; } = new JqConstant(JqKind.True);

    public static JqValue False { get; } = new JqConstant(JqKind.False);

    public static JqValue EmptyArray { get; } = new JqArray([]);

    public static JqValue EmptyObject { get; } = new JqObject([], []);

    public JqKind Kind { get; }

    /// <summary>About how many characters the value takes as JSON; kept so that budgets cost nothing to check.</summary>
    internal abstract long Weight { get; }

    /// <summary>Levels of arrays and objects: 0 for a scalar.</summary>
    internal abstract int Depth { get; }

    public bool IsNull => Kind == JqKind.Null;

    /// <summary>jq's truth: everything but <c>null</c> and <c>false</c>.</summary>
    public bool IsTruthy => Kind > JqKind.False;

    /// <summary>The kind's name as jq's <c>type</c> gives it: null, boolean, number, string, array, object.</summary>
    public string TypeName => Kind switch
    {
        JqKind.Null => "null",
        JqKind.False or JqKind.True => "boolean",
        JqKind.Number => "number",
        JqKind.String => "string",
        JqKind.Array => "array",
        _ => "object",
    };

    /// <summary>Elements of an array, properties of an object, otherwise 0.</summary>
    public virtual int Count => 0;

    /// <summary>The elements of an array; empty for every other kind.</summary>
    public virtual IReadOnlyList<JqValue> Items => [];

    /// <summary>The properties of an object in the order they were added; empty for every other kind.</summary>
    public virtual IEnumerable<KeyValuePair<string, JqValue>> Properties => NoProperties;

    /// <summary>The property's value, or <see cref="Null"/> when this is no object or has no such property.</summary>
    public JqValue this[string key] => TryGetProperty(key, out var value) ? value : Null;

    /// <summary>The element at <paramref name="index"/>, or <see cref="Null"/> when this is no array or it is out of range.</summary>
    public JqValue this[int index] => (uint)index < (uint)Items.Count ? Items[index] : Null;

    /// <summary>A string; <see cref="Null"/> for a null reference.</summary>
    public static JqValue From(string? value) => value is null ? Null : new JqString(value);

    public static JqValue From(double value) => JqNumber.Of(value);

    public static JqValue From(int value) => JqNumber.Of(value);

    /// <summary>A whole number, exact even beyond 2^53.</summary>
    public static JqValue From(long value) => JqNumber.Of(value);

    /// <summary>A decimal, exact even where a double is not.</summary>
    public static JqValue From(decimal value) =>
        JqNumber.Parse(value.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public static JqValue From(bool value) => value ? True : False;

    public static JqValue FromArray(IEnumerable<JqValue> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return JqArray.Of(items.ToArray());
    }

    public static JqValue FromArray(params JqValue[] items) => JqArray.Of([.. items]);

    /// <summary>An object; of two properties with one key the later value wins, at the earlier one's place.</summary>
    public static JqValue FromObject(IEnumerable<KeyValuePair<string, JqValue>> properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        var builder = new JqObjectBuilder();
        foreach (var (key, value) in properties)
            builder.Set(key, value);
        return builder.ToObject();
    }

    public static JqValue FromObject(params (string Key, JqValue Value)[] properties) =>
        FromObject(properties.Select(p => KeyValuePair.Create(p.Key, p.Value)));

    /// <summary>Reads one JSON text (RFC 8259).</summary>
    /// <exception cref="FormatException">The text is not JSON, or nested deeper than <see cref="MaxDepth"/>.</exception>
    public static JqValue Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var (value, error) = JsonTextReader.Read(json, lenient: false);
        return value ?? throw new FormatException(error);
    }

    public static JqValue FromElement(JsonElement element) =>
        element.ValueKind == JsonValueKind.Undefined ? Null : Parse(element.GetRawText());

    public virtual bool TryGetProperty(string key, out JqValue value)
    {
        value = Null;
        return false;
    }

    /// <summary>The text of a string; null for every other kind.</summary>
    public string? AsString() => this is JqString text ? text.Text : null;

    /// <summary>The number as a double; null for every other kind.</summary>
    public double? AsNumber() => this is JqNumber number ? number.Value : null;

    /// <summary>True or false; null for every other kind.</summary>
    public bool? AsBoolean() => Kind switch { JqKind.True => true, JqKind.False => false, _ => null };

    /// <summary>The same object with one property set; <see cref="Null"/> counts as the empty object.</summary>
    /// <exception cref="InvalidOperationException">This is neither an object nor null.</exception>
    public JqValue With(string key, JqValue value) => this switch
    {
        JqObject o => o.Set(key, value),
        { IsNull: true } => ((JqObject)EmptyObject).Set(key, value),
        _ => throw new InvalidOperationException($"A {TypeName} has no properties."),
    };

    /// <summary>The same object without one property; every other kind is returned as it is.</summary>
    public JqValue Without(string key) => this is JqObject o ? o.Remove(key) : this;

    /// <summary>Compact JSON text. NaN is written as <c>null</c>, infinities as the largest double, as jq does.</summary>
    public string ToJson() => JsonTextWriter.Write(this);

    public override string ToString() => ToJson();

    /// <summary>Writes the value as JSON.</summary>
    /// <exception cref="InvalidOperationException">The value is nested deeper than the writer allows.</exception>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        // As bytes: half of a surrogate pair becomes U+FFFD, where the text itself would be refused.
        writer.WriteRawValue(System.Text.Encoding.UTF8.GetBytes(ToJson()), skipInputValidation: true);
    }

    /// <summary>jq's ordering, except that a NaN equals itself, so that it can be used by .NET collections.</summary>
    public int CompareTo(JqValue? other) => other is null ? 1 : JqOrder.Compare(this, other, nanEqualsNan: true);

    /// <summary>Structural equality, whatever the order of the keys.</summary>
    public bool Equals(JqValue? other) => other is not null && JqOrder.AreEqual(this, other, nanEqualsNan: true);

    public sealed override bool Equals(object? obj) => obj is JqValue other && Equals(other);

    public sealed override int GetHashCode() => JqOrder.Hash(this);

    public static bool operator ==(JqValue? left, JqValue? right) =>
        ReferenceEquals(left, right) || (left is not null && left.Equals(right));

    public static bool operator !=(JqValue? left, JqValue? right) => !(left == right);

    public static bool operator <(JqValue left, JqValue right) => left.CompareTo(right) < 0;

    public static bool operator >(JqValue left, JqValue right) => left.CompareTo(right) > 0;

    public static bool operator <=(JqValue left, JqValue right) => left.CompareTo(right) <= 0;

    public static bool operator >=(JqValue left, JqValue right) => left.CompareTo(right) >= 0;

    private sealed class JqConstant(JqKind kind) : JqValue(kind)
    {
        internal override long Weight => 5;

        internal override int Depth => 0;
    }
}
