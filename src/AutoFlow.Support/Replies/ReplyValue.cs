using System.Text.Json.Serialization;

namespace AutoFlow.Support.Replies;

/// <summary>
/// A value for a placeholder of a paragraph. It is data: nothing in it is expanded, and the composer cleans it. In JSON a
/// string is text, a number is a count, a list of strings is a list, <c>{"date":"2026-05-04"}</c> (a time is cut to its day,
/// UTC) is a date, <c>{"amount":12.5,"currency":"EUR"}</c> is money and <c>{"link":"https://…"}</c> is a link.
/// </summary>
[JsonConverter(typeof(ReplyValueJson))]
public abstract record ReplyValue
{
    private ReplyValue()
    {
    }

    public sealed record Text(string Value) : ReplyValue;

    public sealed record Count(int Value) : ReplyValue;

    /// <summary>Joined in the reply's language: "a, b and c".</summary>
    public sealed record List(IReadOnlyList<string> Items) : ReplyValue;

    public sealed record Date(DateOnly Day) : ReplyValue;

    public sealed record Amount(Money Money) : ReplyValue;

    /// <summary>Shown only when it is an absolute http or https address.</summary>
    public sealed record Link(string Address) : ReplyValue;

    public static ReplyValue? Of(string? text) => string.IsNullOrWhiteSpace(text) ? null : new Text(text);

    public static ReplyValue Of(int count) => new Count(count);

    public static ReplyValue Of(Money money) => new Amount(money);

    /// <summary>The day in UTC.</summary>
    public static ReplyValue? Of(DateTimeOffset? time) => time is { } at ? new Date(DateOnly.FromDateTime(at.UtcDateTime)) : null;

    public static ReplyValue? Of(DateOnly? day) => day is { } known ? new Date(known) : null;

    public static ReplyValue? Of(IReadOnlyList<string> items) => items.Count == 0 ? null : new List(items);

    public static ReplyValue? LinkTo(string? address) => string.IsNullOrWhiteSpace(address) ? null : new Link(address);
}
