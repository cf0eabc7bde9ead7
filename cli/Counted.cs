namespace AutoFlow.Cli;

/// <summary>Numbers with their words.</summary>
internal static class Counted
{
    /// <summary>As <c>1 error</c> or <c>2 errors</c>.</summary>
    public static string Of(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";
}
