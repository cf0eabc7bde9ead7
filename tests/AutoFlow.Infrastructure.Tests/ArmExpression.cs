using System.Text;

namespace AutoFlow.Infrastructure.Tests;

/// <summary>
/// An expression of an ARM template, such as <c>[union(createObject('name', reference('…').endpoint), variables('more'))]</c>, read
/// just far enough to know the members of the objects that it makes.
/// </summary>
internal static class ArmExpression
{
    private const string MakeObject = "createObject";

    /// <summary>The names of the members of every object that the expression makes, with the text of their values' expressions.</summary>
    public static IReadOnlyDictionary<string, string> Members(string expression)
    {
        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var at = expression.IndexOf(MakeObject + "(", StringComparison.Ordinal); at >= 0; at = expression.IndexOf(MakeObject + "(", at + 1, StringComparison.Ordinal))
        {
            var arguments = Arguments(expression, at + MakeObject.Length + 1);
            for (var i = 0; i + 1 < arguments.Count; i += 2)
            {
                if (arguments[i] is ['\'', .., '\'']) members[arguments[i][1..^1].Replace("''", "'", StringComparison.Ordinal)] = arguments[i + 1];
            }
        }

        return members;
    }

    // From behind an opening bracket to its closing one; brackets and commas in texts and inner calls do not count.
    private static List<string> Arguments(string expression, int from)
    {
        var (arguments, argument, depth, quoted) = (new List<string>(), new StringBuilder(), 0, false);
        for (var i = from; i < expression.Length; i++)
        {
            var c = expression[i];
            if (c == '\'') quoted = !quoted;
            if (!quoted && depth == 0 && c is ',' or ')')
            {
                arguments.Add(argument.ToString().Trim());
                argument.Clear();
                if (c == ')') return arguments;
                continue;
            }

            if (!quoted) depth += c switch { '(' or '[' => 1, ')' or ']' => -1, _ => 0 };
            argument.Append(c);
        }

        throw new FormatException($"No end: {expression[from..]}");
    }
}
