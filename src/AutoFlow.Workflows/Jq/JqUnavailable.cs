using System.Collections.Frozen;

namespace AutoFlow.Workflows.Jq;

/// <summary>
/// What the manuals of jq 1.7 and 1.8 describe and an expression of a workflow does not have, each with the reason the
/// compiler gives. Every other function of those manuals is there.
/// </summary>
public static class JqUnavailable
{
    private const string OneInput = "an expression has one input, '.'";
    private const string NoOutput = "an expression has no place to write to";
    private const string NoFile = "the input is no file";
    private const string NoEnd = "an expression cannot end the process; use error";
    private const string NoModules = "there are no modules, an expression stands alone; use def";
    private const string NoEnvironment = "an expression does not see the environment of the process, which can change between two replays";
    private const string NoBessel = "Bessel functions differ in their last digits from machine to machine";

    /// <summary>Names of functions, keywords and variables (with their dollar sign), and why they are not available.</summary>
    public static IReadOnlyDictionary<string, string> Reasons { get; } = new Dictionary<string, string>
    {
        ["$ENV"] = NoEnvironment,
        ["$__prog_args"] = "an expression has no command line; its arguments are its variables",
        ["debug"] = NoOutput,
        ["env"] = NoEnvironment,
        ["get_jq_origin"] = NoFile,
        ["get_prog_origin"] = NoFile,
        ["get_search_list"] = NoModules,
        ["halt"] = NoEnd,
        ["halt_error"] = NoEnd,
        ["import"] = NoModules,
        ["include"] = NoModules,
        ["input"] = OneInput,
        ["input_filename"] = NoFile,
        ["input_line_number"] = NoFile,
        ["inputs"] = OneInput,
        ["isvalid"] = "it left jq with 1.7; use try",
        ["j0"] = NoBessel,
        ["j1"] = NoBessel,
        ["module"] = NoModules,
        ["modulemeta"] = NoModules,
        ["pow10"] = "it left jq with 1.8; use exp10",
        ["recurse_down"] = "it left jq with 1.7; use recurse",
        ["stderr"] = NoOutput,
        ["y0"] = NoBessel,
        ["y1"] = NoBessel,
    }.ToFrozenDictionary();

    internal static string? Message(string name) =>
        Reasons.TryGetValue(name, out var reason) ? $"'{name}' is not available in a workflow: {reason}" : null;
}
