namespace AutoFlow.Workflows.Jq;

/// <summary>The seven kinds of a jq value, in jq's sort order (jq manual, <c>sort</c>): <c>null</c> is the least.</summary>
public enum JqKind
{
    Null,
    False,
    True,
    Number,
    String,
    Array,
    Object,
}
