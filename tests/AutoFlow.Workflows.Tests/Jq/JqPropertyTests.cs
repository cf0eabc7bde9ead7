using AutoFlow.Workflows.Jq;
using FsCheck;
using FsCheck.Fluent;

namespace AutoFlow.Workflows.Tests.Jq;

public class JqPropertyTests
{
    private static readonly string[] Words =
    [
        ".", "..", ".a", ".b", "[", "]", "{", "}", "(", ")", "|", ",", "=", "|=", "+=", "//", "?", "?//", "+", "-", "*", "/", "%",
        "==", "<", "and", "or", "not", "1", "0", "-1", "\"a\"", "\"\\(.)\"", "null", "if", "then", "else", "end", "try", "catch",
        "error", "reduce", "foreach", "as", "$x", "label", "break", "def", "f", ":", ";", "map", "select", "path", "recurse",
        "empty", "range", "limit", "first", "until", "keys", "length", "add", "sort", "tostring", "fromjson", "test", "getpath",
        "setpath", "del", "to_entries", "walk", "@csv", "@base64d", "splits", "flatten", "tojson", "strftime", "implode", "[]", "[0]",
    ];

    [Fact]
    public void Printing_and_reading_gives_the_value_back() =>
        Prop.ForAll<int>(seed =>
        {
            var value = RandomValue(new Random(seed), 4);
            return JqValue.Parse(value.ToJson()) == value && Jq.Compile("tojson | fromjson").EvaluateFirst(value, []) == value;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Collecting_the_elements_gives_the_array_back() =>
        Prop.ForAll<int>(seed =>
        {
            var random = new Random(seed);
            var array = JqValue.FromArray(Enumerable.Range(0, random.Next(6)).Select(_ => RandomValue(random, 3)));
            return Jq.Compile("[.[]]").EvaluateFirst(array, []) == array;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_set_at_a_path_is_got_there_and_the_order_is_total() =>
        Prop.ForAll<int>(seed =>
        {
            var random = new Random(seed);
            JqValue value = RandomValue(random, 4), put = RandomValue(random, 2);
            var program = JqProgram.Compile("all(paths; . as $p | $v | setpath($p; $new) | getpath($p) == $new)", ["v", "new"]).Program!;
            return program.EvaluateFirst(value, [value, put]) == JqValue.True
                && Math.Sign(value.CompareTo(put)) == -Math.Sign(put.CompareTo(value));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Random_programs_end_in_values_or_clear_errors() =>
        Prop.ForAll<int>(seed =>
        {
            var random = new Random(seed);
            var limits = new JqLimits { Steps = 20_000, Depth = 2_000, ValueSize = 100_000, OutputSize = 100_000 };
            for (var i = 0; i < 200; i++)
            {
                var source = string.Join(' ', Enumerable.Range(0, random.Next(1, 12)).Select(_ => Words[random.Next(Words.Length)]));
                if (JqProgram.Compile(source, ["x"]).Program is { } program)
                    Run(program, RandomValue(random, 3), limits);
            }

            return true;
        }).QuickCheckThrowOnFailure();

    private static void Run(JqProgram program, JqValue input, JqLimits limits)
    {
        try
        {
            Assert.All(program.Evaluate(input, [input], limits).Take(100), Assert.NotNull);
        }
        catch (Exception e) when (e is JqException or JqLimitException)
        {
            Assert.NotNull(e.Message);
        }
    }

    private static JqValue RandomValue(Random random, int depth) => random.Next(depth > 0 ? 7 : 5) switch
    {
        0 => JqValue.Null,
        1 => JqValue.From(random.Next(2) == 0),
        2 => JqValue.From(random.Next(-5, 300)),
        3 => JqValue.From(random.NextDouble() * Math.Pow(10, random.Next(-20, 20))),
        4 => JqValue.From(string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => new[] { "a", "\"", "é", "😀", "\n", "\\" }[random.Next(6)]))),
        5 => JqValue.FromArray(Enumerable.Range(0, random.Next(4)).Select(_ => RandomValue(random, depth - 1))),
        _ => JqValue.FromObject(Enumerable.Range(0, random.Next(4))
            .Select(i => KeyValuePair.Create(((char)('a' + random.Next(4))).ToString(), RandomValue(random, depth - 1)))),
    };
}
