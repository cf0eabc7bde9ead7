using System.Collections.Frozen;

namespace AutoFlow.Workflows.Jq;

/// <summary>The functions written in C#, by name and number of arguments, and those that are refused.</summary>
internal static class Builtins
{
    private static readonly FrozenDictionary<string, Apply> Natives = Arithmetic.Functions
        .Concat(Strings.Functions)
        .Concat(Collections.Functions)
        .Concat(Sorting.Functions)
        .Concat(Conversions.Functions)
        .Concat(Dates.Functions)
        .Concat(RegularExpressions.Functions)
        .Append(KeyValuePair.Create<string, Apply>("builtins/0", (_, _, _) => List()))
        .ToFrozenDictionary();

    /// <summary>Compiled as nodes of their own.</summary>
    private static readonly string[] Special = ["empty/0", "path/1", "getpath/1", "select/1", "map/1"];

    private static readonly Lazy<JqValue> Listed = new(() => JqValue.FromArray(Names!.Select(n => JqValue.From(n))));

    /// <summary>Functions of the jq command that reach outside the expression, each with the reason it is not here.</summary>
    public static FrozenDictionary<string, string> Refused { get; } = new Dictionary<string, string>
    {
        ["env"] = "an expression does not see the environment of the process",
        ["input"] = "an expression has one input, '.'",
        ["inputs"] = "an expression has one input, '.'",
        ["debug"] = "an expression has no place to write to",
        ["stderr"] = "an expression has no place to write to",
        ["input_filename"] = "the input is no file",
        ["input_line_number"] = "the input is no file",
        ["halt"] = "an expression cannot end the process",
        ["halt_error"] = "an expression cannot end the process; use error",
        ["modulemeta"] = "there are no modules",
        ["get_search_list"] = "there are no modules",
        ["import"] = "there are no modules",
        ["include"] = "there are no modules",
    }.ToFrozenDictionary();

    /// <summary>Every function a program may call, as name/arity.</summary>
    public static IEnumerable<string> Names =>
        Natives.Keys.Concat(Special).Concat(Prelude.Names).Where(n => n[0] != '_').Distinct().Order(StringComparer.Ordinal);

    /// <summary>A function; those beginning with an underscore are the prelude's, but for jq's own <c>_strindices</c>.</summary>
    public static Apply? FindNative(string name, int arity, bool trusted) =>
        trusted || name[0] != '_' || name == "_strindices" ? Natives.GetValueOrDefault($"{name}/{arity}") : null;

    private static JqValue List() => Listed.Value;
}
