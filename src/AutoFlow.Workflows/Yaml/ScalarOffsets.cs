using AutoFlow.Workflows.Diagnostics;
using YamlDotNet.Core;

namespace AutoFlow.Workflows.Yaml;

/// <summary>Maps an offset in a scalar's value back to the file. Exact for one-line and literal scalars, near for folded ones.</summary>
internal static class ScalarOffsets
{
    /// <summary>The place in the file of the character at <paramref name="offset"/> of the scalar's value.</summary>
    public static SourcePosition Locate(SourceText source, YamlScalar scalar, int offset)
    {
        offset = Math.Clamp(offset, 0, scalar.Text.Length);
        return scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded
            ? InBlock(source, scalar, offset)
            : InFlow(source, scalar, offset);
    }

    private static SourcePosition InBlock(SourceText source, YamlScalar scalar, int offset)
    {
        var first = scalar.Position.Line + 1;
        var indent = -1;
        for (var number = first; indent < 0 && source.Line(number) is { } line; number++)
        {
            if (!string.IsNullOrWhiteSpace(line)) indent = line.Length - line.TrimStart(' ').Length;
        }

        if (indent < 0) return scalar.Position;
        var left = offset;
        for (var number = first; source.Line(number) is { } line; number++)
        {
            var length = Math.Max(0, line.Length - indent);
            if (left <= length) return new SourcePosition(number, indent + left + 1);
            // A folded scalar turns a line's end into one blank, and an empty line into the break itself.
            left -= length == 0 && scalar.Style == ScalarStyle.Folded ? 0 : length + 1;
        }

        return scalar.Position;
    }

    private static SourcePosition InFlow(SourceText source, YamlScalar scalar, int offset)
    {
        var quoted = scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted;
        var number = scalar.Position.Line;
        var column = scalar.Position.Column - 1 + (quoted ? 1 : 0);
        var left = offset;
        while (source.Line(number) is { } line)
        {
            while (left > 0 && column < line.Length)
            {
                column += Width(line, column, scalar.Style);
                left--;
            }

            if (left == 0) return new SourcePosition(number, column + 1);
            left--;
            number++;
            var next = source.Line(number) ?? "";
            column = next.Length - next.TrimStart().Length;
        }

        return scalar.Position;
    }

    /// <summary>How many characters of the file stand for one of the value.</summary>
    private static int Width(string line, int column, ScalarStyle style)
    {
        var rest = line.AsSpan(column);
        return style switch
        {
            ScalarStyle.SingleQuoted when rest.StartsWith("''") => 2,
            ScalarStyle.DoubleQuoted when rest.Length > 1 && rest[0] == '\\' => rest[1] switch { 'x' => 4, 'u' => 6, 'U' => 10, _ => 2 },
            _ => 1,
        };
    }
}
