using System.Collections.Frozen;

namespace AutoFlow.Workflows.Jq;

/// <summary>The functions written in C#, by name and number of arguments.</summary>
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

    /// <summary>Every function a program may call, as name/arity.</summary>
    public static IEnumerable<string> Names =>
        Natives.Keys.Concat(Special).Concat(Prelude.Names).Where(n => n[0] != '_').Distinct().Order(StringComparer.Ordinal);

    /// <summary>A function; those beginning with an underscore are the prelude's, but for jq's own <c>_strindices</c>.</summary>
    public static Apply? FindNative(string name, int arity, bool trusted) =>
        trusted || name[0] != '_' || name == "_strindices" ? Natives.GetValueOrDefault($"{name}/{arity}") : null;

    private static JqValue List() => Listed.Value;
}
