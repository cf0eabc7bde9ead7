using System.Text;

namespace AutoFlow.Workflows.Jq;

/// <summary>Writes compact JSON with jq's escapes, without recursion.</summary>
internal static class JsonTextWriter
{
    private const string TooDeep = "\"<skipped: too deep>\"";

    public static string Write(JqValue value)
    {
        switch (value.Kind)
        {
            case JqKind.Null:
                return "null";
            case JqKind.False:
                return "false";
            case JqKind.True:
                return "true";
            case JqKind.Number:
                return ((JqNumber)value).Format();
        }

        var text = new StringBuilder((int)Math.Min(value.Weight + 16, 1 << 20));
        var open = new Stack<(JqValue Container, int Next)>();
        WriteOrOpen(text, open, value);
        while (open.TryPop(out var top))
        {
            var (container, next) = top;
            if (next == container.Count)
            {
                text.Append(container.Kind == JqKind.Array ? ']' : '}');
                continue;
            }

            if (next > 0)
                text.Append(',');
            open.Push((container, next + 1));
            if (container is JqArray array)
            {
                WriteOrOpen(text, open, array.Span[next]);
                continue;
            }

            var o = (JqObject)container;
            WriteString(text, o.Keys[next]);
            text.Append(':');
            WriteOrOpen(text, open, o.Values[next]);
        }

        return text.ToString();
    }

    public static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        var from = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (c >= ' ' && c != '"' && c != '\\' && c != '\x7f')
                continue;
            text.Append(value, from, i - from);
            from = i + 1;
            switch (c)
            {
                case '"':
                    text.Append("\\\"");
                    break;
                case '\\':
                    text.Append("\\\\");
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\t':
                    text.Append("\\t");
                    break;
                case '\r':
                    text.Append("\\r");
                    break;
                case '\b':
                    text.Append("\\b");
                    break;
                case '\f':
                    text.Append("\\f");
                    break;
                default:
                    text.Append("\\u").Append(((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
                    break;
            }
        }

        text.Append(value, from, value.Length - from).Append('"');
    }

    private static void WriteOrOpen(StringBuilder text, Stack<(JqValue Container, int Next)> open, JqValue value)
    {
        switch (value)
        {
            case JqString s:
                WriteString(text, s.Text);
                break;
            case JqNumber number:
                text.Append(number.Format());
                break;
            case JqArray or JqObject when open.Count > JqValue.MaxDepth:
                text.Append(TooDeep);
                break;
            case JqArray or JqObject:
                text.Append(value.Kind == JqKind.Array ? '[' : '{');
                open.Push((value, 0));
                break;
            default:
                text.Append(value.Kind switch { JqKind.Null => "null", JqKind.True => "true", _ => "false" });
                break;
        }
    }
}
