using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Tests.Jq;

/// <summary>
/// Random programs and random inputs. A program is made of expressions with exactly one value (or an error) and, where
/// several are wanted, of generators.
/// </summary>
/// <param name="random">Where they come from.</param>
/// <param name="forEveryVersion">
/// Only programs on which every version since 1.6 agrees. Before 1.7, <c>try</c> and <c>?</c> also caught errors of what
/// came after them, and <c>//</c> caught none; so these are closed off by collecting.
/// </param>
internal sealed class RandomPrograms(Random random, bool forEveryVersion = false)
{
    private static readonly string[] Keys = ["a", "b", "c"];
    private int variables;

    /// <summary>One that may give any number of values.</summary>
    public string Generator(int depth) => depth <= 0 ? Single(0) : random.Next(16) switch
    {
        0 => $"({Generator(depth - 1)}, {Generator(depth - 1)})",
        1 => $"({Generator(depth - 1)} | {Generator(depth - 1)})",
        2 => $"({Generator(depth - 1)} | {Elements})",
        3 => Elements,
        4 => $"select({Single(depth - 1)})",
        5 => $"({Generator(depth - 1)} | select({Comparison(depth - 1)}))",
        6 => $"limit({random.Next(1, 4)}; {Generator(depth - 1)})",
        7 => $"range({random.Next(5)})",
        8 => $"(if {Single(depth - 1)} then {Generator(depth - 1)} else {Generator(depth - 1)} end)",
        9 => $"({Tried(Generator(depth - 1))} // {Single(depth - 1)})",
        10 => Bind(n => $"({Generator(depth - 1)} as {n} | {Generator(depth - 1)} | [., {n}])"),
        11 => Bind(n => $"(foreach ({Generator(depth - 1)}) as {n} (0; [., {n}]; {Single(depth - 1)}))"),
        12 => $"({{a: {Generator(depth - 1)}, b: {Generator(depth - 1)}}})",
        13 => forEveryVersion ? Tried(Generator(depth - 1)) : $"(try ({Generator(depth - 1)}) catch \"caught\")",
        14 => "..",
        _ => Single(depth),
    };

    /// <summary>One that gives one value or fails.</summary>
    public string Single(int depth) => depth <= 0 ? Leaf() : random.Next(30) switch
    {
        0 => $"({Single(depth - 1)} + {Single(depth - 1)})",
        1 => $"({Single(depth - 1)} - {Single(depth - 1)})",
        2 => $"(([{Generator(depth - 1)}] | length) * ([{Generator(depth - 1)}] | length))",
        3 => $"({Comparison(depth)})",
        4 => $"({Single(depth - 1)} and {Single(depth - 1)})",
        5 => $"({Single(depth - 1)} or {Single(depth - 1)})",
        6 => $"({Single(depth - 1)} | not)",
        7 => $"({Tried(Single(depth - 1))} // {Single(depth - 1)})",
        8 => $"{{a: {Single(depth - 1)}, \"b\": {Single(depth - 1)}, (\"c\", \"d\" | select(. == \"c\")): {Single(depth - 1)}}}",
        9 => $"[{Generator(depth - 1)}]",
        10 => $"[{Single(depth - 1)}, {Generator(depth - 1)}]",
        11 => $"(if {Single(depth - 1)} then {Single(depth - 1)} elif {Single(depth - 1)} then {Single(depth - 1)} else {Single(depth - 1)} end)",
        12 => forEveryVersion ? $"([try ({Single(depth - 1)}) catch 1] | .[0])" : $"(try ({Single(depth - 1)}) catch {Leaf()})",
        13 => $"({Single(depth - 1)} | {Single(depth - 1)})",
        14 => Bind(n => $"({Single(depth - 1)} as {n} | [{n}, {Single(depth - 1)}])"),
        15 => Bind(n => $"(reduce ({Generator(depth - 1)}) as {n} ({Single(depth - 1)}; [{n}, (. | {Single(depth - 1)})]))"),
        16 => $"([{Generator(depth - 1)}] | {Pick("sort", "unique", "reverse", "length", "first", "last", "add", "flatten", "min", "max", "tojson", "to_entries", "map(.)", "group_by(.)", "@json", "any", "all")})",
        17 => $"([{Generator(depth - 1)}] | {Pick("map", "sort_by", "group_by", "unique_by", "min_by", "max_by")}({Single(depth - 1)}))",
        18 => $"({Single(depth - 1)} | {Pick("type", "tostring", "tojson", "length", "keys", "tojson | fromjson", "[paths]", "ascii_downcase", "explode", "to_entries", "@text")})".Replace("length", "length", StringComparison.Ordinal),
        19 => $"({Single(depth - 1)} | tojson | {Pick("split(\"a\")", "index(\"a\")", "indices(\"b\")", "startswith(\"[\")", "endswith(\"]\")", "ltrimstr(\"{\")", "rtrimstr(\"}\")", "ascii_upcase", "explode | implode", "test(\"a\")", "gsub(\"[ab]\"; \"<x>\")", "[match(\"([a-c])|([0-9])\"; \"g\").string]", ".[1:-1]", ".[:2]", "sub(\"(?<k>[a-c])\"; \"\\(.k)!\")")})",
        20 => $"({Single(depth - 1)} | ({Path(2)} |= {Single(depth - 1)}))",
        21 => $"({Single(depth - 1)} | ({Path(2)} = {Single(depth - 1)}))",
        22 => $"({Single(depth - 1)} | ({Path(2)} += {Single(depth - 1)}))",
        23 => $"({Single(depth - 1)} | del({Path(2)}))",
        24 => $"({Single(depth - 1)} | [path({Path(2)})])",
        25 => $"({Single(depth - 1)} | has({Pick("\"a\"", "0")}))",
        26 => $"({{a: {Single(depth - 1)}, b: .}} | with_entries(.value |= {Single(depth - 1)}))",
        27 => $"({Single(depth - 1)} | getpath([{Pick("\"a\"", "0", "\"a\", \"b\"", "")}]))",
        28 => $"({Single(depth - 1)} | setpath([{Pick("\"a\"", "0", "\"a\", 1")}]; {Single(depth - 1)}))",
        _ => $"\"x\\({Single(depth - 1)})y\"",
    };

    /// <summary>A small JSON value of whole numbers, ASCII strings and few keys.</summary>
    public JqValue Value(int depth) => random.Next(depth > 0 ? 8 : 5) switch
    {
        0 => JqValue.Null,
        1 => JqValue.From(random.Next(2) == 0),
        2 => JqValue.From(random.Next(-3, 12)),
        3 or 4 => JqValue.From(new string([.. Enumerable.Range(0, random.Next(4)).Select(_ => "ab1 "[random.Next(4)])])),
        5 => JqValue.FromArray(Enumerable.Range(0, random.Next(4)).Select(_ => Value(depth - 1))),
        _ => JqValue.FromObject(Enumerable.Range(0, random.Next(4)).Select(_ => KeyValuePair.Create(Keys[random.Next(3)], Value(depth - 1)))),
    };

    private string Elements => forEveryVersion ? "(select(type == \"array\" or type == \"object\") | .[])" : ".[]?";

    private string Field(string key) => forEveryVersion ? $"(if type == \"object\" then .{key} else null end)" : $".{key}?";

    /// <summary>The values up to an error.</summary>
    private string Tried(string source) => forEveryVersion ? $"([try [{source}] catch []] | .[][])" : source;

    private string Comparison(int depth) =>
        $"{Single(depth - 1)} {Pick("==", "!=", "<", "<=", ">", ">=")} {Single(depth - 1)}";

    private string Path(int depth) => depth <= 0 ? Pick(".a", ".b", ".[0]", ".[1]") : Pick(
        $"({Path(depth - 1)} | {Path(depth - 1)})",
        Elements,
        $"({Elements} | select({Leaf()} == {Leaf()}))",
        $"({Path(depth - 1)}, {Path(depth - 1)})",
        $"(if {Leaf()} then {Path(depth - 1)} else {Path(depth - 1)} end)",
        ".a.b",
        ".a[0]",
        ".",
        Path(0));

    private string Leaf() => Pick(
        ".", ".a", ".b", ".a.b", ".[0]", Field("a"), Field("b"), ".[1:]", "null", "true", "false", "0", "1", "(-2)", "\"a\"", "\"\"", "\"ab\"", "[]", "{}",
        "[1,2,\"a\"]", "{\"a\":1}", "{a: [1], b: {a: 2}}");

    private string Bind(Func<string, string> use) => use($"$v{variables++}");

    private string Pick(params string[] choices) => choices[random.Next(choices.Length)];
}
