using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AutoFlow.Understanding.Tests;

/// <summary>A parcel number format as the outside data describes it: makes numbers that fit, and says whether one fits. Knows nothing of our own formats.</summary>
internal sealed class PublishedFormat
{
    private readonly JsonElement _format;
    private readonly string _pattern;
    private readonly Regex _whole;

    private PublishedFormat(string courier, JsonElement format)
    {
        Courier = courier;
        _format = format;
        var regex = format.GetProperty("regex");
        _pattern = regex.ValueKind == JsonValueKind.Array ? string.Concat(regex.EnumerateArray().Select(r => r.GetString())) : regex.GetString()!;
        _whole = new Regex($"^(?:{_pattern})$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(2));
    }

    public string Courier { get; }

    public string Name => _format.GetProperty("name").GetString()!;

    public bool HasChecksum => _format.GetProperty("validation").TryGetProperty("checksum", out _);

    public static IReadOnlyList<PublishedFormat> Read(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).SelectMany(file =>
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            var root = document.RootElement.Clone();
            return root.GetProperty("tracking_numbers").EnumerateArray().Select(f => new PublishedFormat(root.GetProperty("courier_code").GetString()!, f)).ToList();
        }),
    ];

    /// <summary>A random number of the format with a right check digit.</summary>
    public string Make(Random random)
    {
        for (var attempt = 0; attempt < 20_000; attempt++)
        {
            var at = 0;
            var number = Alternatives(ref at, random);
            if (_whole.Match(number) is not { Success: true } match) continue;
            number = WithListed(number, match, random);
            match = _whole.Match(number);
            if (HasChecksum && match.Success) number = $"{number[..match.Groups["CheckDigit"].Index]}{Sign(match)}{number[(match.Groups["CheckDigit"].Index + 1)..]}";
            if (Accepts(number)) return number;
        }
        throw new InvalidOperationException($"No number of {Name} was found.");
    }

    /// <summary>The same number with another check digit.</summary>
    public string Corrupt(string number, Random random)
    {
        var at = _whole.Match(number).Groups["CheckDigit"].Index;
        var others = "0123456789".Where(d => d != number[at]).ToArray();
        return $"{number[..at]}{others[random.Next(others.Length)]}{number[(at + 1)..]}";
    }

    public bool Accepts(string number)
    {
        var match = _whole.Match(number);
        if (!match.Success || (HasChecksum && match.Groups["CheckDigit"].Value != Sign(match))) return false;
        return Required().All(r => r.Values.Contains(match.Groups[r.Group].Value));
    }

    private IEnumerable<(string Group, HashSet<string> Values)> Required()
    {
        if (!_format.GetProperty("validation").TryGetProperty("additional", out var additional)) yield break;
        foreach (var name in additional.GetProperty("exists").EnumerateArray().Select(e => e.GetString()))
        {
            var list = _format.GetProperty("additional").EnumerateArray().Single(a => a.GetProperty("name").GetString() == name);
            yield return (list.GetProperty("regex_group_name").GetString()!, [.. list.GetProperty("lookup").EnumerateArray().Select(l => l.GetProperty("matches").GetString()!)]);
        }
    }

    private string WithListed(string number, Match match, Random random)
    {
        foreach (var (group, values) in Required())
        {
            var at = match.Groups[group];
            number = $"{number[..at.Index]}{values.ElementAt(random.Next(values.Count))}{number[(at.Index + at.Length)..]}";
        }
        return number;
    }

    private string Sign(Match match)
    {
        var validation = _format.GetProperty("validation");
        var serial = match.Groups["SerialNumber"].Value;
        if (validation.TryGetProperty("serial_number_format", out var format))
        {
            var prepend = format.GetProperty("prepend_if");
            if (Regex.IsMatch(serial, prepend.GetProperty("matches_regex").GetString()!)) serial = prepend.GetProperty("content").GetString() + serial;
        }
        var rule = validation.GetProperty("checksum");
        return rule.GetProperty("name").GetString() switch
        {
            "mod10" => Mod10(rule.GetProperty("reverse").GetBoolean() ? [.. serial.Reverse()] : [.. serial], rule.GetProperty("evens_multiplier").GetInt32(), rule.GetProperty("odds_multiplier").GetInt32()),
            "mod7" => $"{System.Numerics.BigInteger.Parse(serial, System.Globalization.CultureInfo.InvariantCulture) % 7}",
            "luhn" => $"{(10 - (serial.Reverse().Select((c, i) => i % 2 == 0 ? Folded((c - '0') * 2) : c - '0').Sum() % 10)) % 10}",
            "sum_product_with_weightings_and_modulo" => $"{Weighted(serial, rule) % rule.GetProperty("modulo1").GetInt32() % rule.GetProperty("modulo2").GetInt32()}",
            "s10" => S10(Weighted(serial, rule)),
            "mod_37_36" => Mod37(serial, rule.GetProperty("alphabet").GetString()!),
            var other => throw new NotSupportedException(other),
        };
    }

    private static int Folded(int value) => value > 9 ? value - 9 : value;

    private static int Weighted(string serial, JsonElement rule) => serial.Zip(rule.GetProperty("weightings").EnumerateArray(), (c, w) => (c - '0') * w.GetInt32()).Sum();

    private static string S10(int sum) => (11 - (sum % 11)) switch { 10 => "0", 11 => "5", var check => $"{check}" };

    private static string Mod10(char[] serial, int evens, int odds) =>
        $"{(10 - (serial.Select((c, i) => (char.IsDigit(c) ? c - '0' : (c - 3) % 10) * (i % 2 == 0 ? evens : odds)).Sum() % 10)) % 10}";

    private static string Mod37(string serial, string alphabet)
    {
        var p = 36;
        foreach (var c in serial)
        {
            var s = (p + alphabet.IndexOf(c, StringComparison.Ordinal)) % 36;
            p = (s == 0 ? 36 : s) * 2 % 37;
        }
        return $"{alphabet[(37 - p) % 36]}";
    }

    // A random text for the few forms that these patterns use. What looks ahead makes nothing: the whole is tried afterwards.
    private string Alternatives(ref int at, Random random)
    {
        var choices = new List<string>();
        do choices.Add(Sequence(ref at, random));
        while (at < _pattern.Length && _pattern[at] == '|' && ++at > 0);
        return choices[random.Next(choices.Count)];
    }

    private string Sequence(ref int at, Random random)
    {
        var made = new StringBuilder();
        while (at < _pattern.Length && _pattern[at] is not ('|' or ')'))
        {
            var start = at;
            var atom = Atom(ref at, random);
            var (least, most, after) = Count(at);
            var times = random.Next(least, most + 1);
            for (var i = 0; i < times; i++)
            {
                made.Append(atom);
                at = start;
                atom = Atom(ref at, random);
            }
            at = after;
        }
        return made.ToString();
    }

    private string Atom(ref int at, Random random)
    {
        switch (_pattern[at])
        {
            case '(':
                var look = _pattern.AsSpan(at).StartsWith("(?=") || _pattern.AsSpan(at).StartsWith("(?!");
                at++;
                if (_pattern[at] == '?') at = _pattern[at + 1] == '<' ? _pattern.IndexOf('>', at) + 1 : at + 2;
                var inner = Alternatives(ref at, random);
                at++;
                return look ? "" : inner;
            case '[':
                var end = _pattern.IndexOf(']', at);
                var signs = _pattern[(at + 1)..end];
                at = end + 1;
                if (signs[0] == '^') return "";
                var all = new List<char>();
                for (var i = 0; i < signs.Length; i++)
                {
                    if (signs[i] == '\\') i++;
                    else if (i + 2 < signs.Length && signs[i + 1] == '-')
                    {
                        for (var c = signs[i]; c <= signs[i + 2]; c++) all.Add(c);
                        i += 2;
                    }
                    else all.Add(signs[i]);
                }
                return $"{all[random.Next(all.Count)]}";
            case '\\':
                at += 2;
                return "";
            default:
                return $"{_pattern[at++]}";
        }
    }

    private (int Least, int Most, int After) Count(int at)
    {
        if (at >= _pattern.Length) return (1, 1, at);
        if (_pattern[at] == '?') return (0, 1, at + 1);
        if (_pattern[at] == '*') return (0, 1, at + 1);
        if (_pattern[at] == '+') return (1, 2, at + 1);
        if (_pattern[at] != '{') return (1, 1, at);
        var end = _pattern.IndexOf('}', at);
        var counts = _pattern[(at + 1)..end].Split(',').Select(int.Parse).ToArray();
        return (counts[0], counts[^1], end + 1);
    }
}
