using System.Globalization;
using AutoFlow.Support.Yaml;

namespace AutoFlow.Support.Replies;

/// <summary>How a reply is framed in one language, and how dates, money and lists are written in it.</summary>
public sealed record ReplyLanguage
{
    /// <summary>ISO 639-1.</summary>
    public required string Code { get; init; }

    /// <summary>With the placeholder <c>{name}</c>.</summary>
    public required ReplyTemplate Greeting { get; init; }

    public required ReplyTemplate GreetingWithoutName { get; init; }
    public required ReplyTemplate Closing { get; init; }

    /// <summary>With the placeholder <c>{shop}</c>.</summary>
    public required ReplyTemplate Signature { get; init; }

    /// <summary>Subject of a message that answers none; with <c>{order}</c> as an option.</summary>
    public required ReplyTemplate Subject { get; init; }

    /// <summary>With <c>{day}</c>, <c>{month}</c> and <c>{year}</c>.</summary>
    public required ReplyTemplate DatePattern { get; init; }

    /// <summary>How the first day of a month is written.</summary>
    public required string FirstDay { get; init; }

    /// <summary>Twelve, as they stand inside a date.</summary>
    public required IReadOnlyList<string> Months { get; init; }

    /// <summary>Between the last two items of a list, with its spaces.</summary>
    public required string LastSeparator { get; init; }

    /// <summary>With <c>{symbol}</c> and <c>{amount}</c>.</summary>
    public required ReplyTemplate MoneyPattern { get; init; }

    public required string DecimalMark { get; init; }
    public required string GroupMark { get; init; }

    public string Format(DateOnly day) => DatePattern.Render(name => name switch
    {
        "day" => day.Day == 1 ? FirstDay : day.Day.ToString(CultureInfo.InvariantCulture),
        "month" => Months[day.Month - 1],
        "year" => day.Year.ToString(CultureInfo.InvariantCulture),
        _ => null,
    }).Text!;

    /// <param name="symbol">The currency as it is written, for example <c>€</c>.</param>
    public string Format(decimal amount, int decimals, string symbol)
    {
        var format = new NumberFormatInfo { NumberDecimalSeparator = DecimalMark, NumberGroupSeparator = GroupMark, NumberDecimalDigits = decimals };
        return MoneyPattern.Render(name => name == "symbol" ? symbol : name == "amount" ? amount.ToString("N", format) : null).Text!;
    }

    public string Join(IReadOnlyList<string> items) => items.Count < 2
        ? string.Concat(items)
        : string.Join(", ", items.Take(items.Count - 1)) + LastSeparator + items[^1];

    internal static ReplyLanguage Read(YamlMap map, string code)
    {
        var months = map.Words("months");
        if (months.Count is not (0 or 12)) map.Wrong("months", $"twelve months are expected, found {months.Count}");
        return new ReplyLanguage
        {
            Code = code,
            Greeting = Frame("greeting", ["name"]),
            GreetingWithoutName = Frame("greetingWithoutName", []),
            Closing = Frame("closing", []),
            Signature = Frame("signature", ["shop"]),
            Subject = Frame("subject", [], "order"),
            DatePattern = Frame("date", ["day", "month", "year"]),
            FirstDay = map.Text("firstDay"),
            Months = months,
            LastSeparator = map.Mark("lastSeparator"),
            MoneyPattern = Frame("money", ["amount", "symbol"]),
            DecimalMark = map.Mark("decimalMark"),
            GroupMark = map.Mark("groupMark"),
        };

        ReplyTemplate Frame(string key, string[] required, params string[] optional)
        {
            var text = map.Text(key);
            var (template, error) = ReplyTemplate.Parse(text);
            if (error is not null) map.Wrong(key, error);
            else if (text.Length > 0 && !(template!.Required.SequenceEqual(required) && template.Optional.SequenceEqual(optional)))
                map.Wrong(key, $"'{key}' must have {string.Join(", ", required.Select(name => $"{{{name}}}").Concat(optional.Select(name => $"[{{{name}}}]")).DefaultIfEmpty("no placeholder"))}");
            return template ?? ReplyTemplate.Parse("").Template!;
        }
    }
}
