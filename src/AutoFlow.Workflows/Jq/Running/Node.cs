namespace AutoFlow.Workflows.Jq;

/// <summary>
/// A compiled expression. The machine can run every node; simple ones can also be evaluated without it: <em>direct</em>
/// ones give exactly one value, <em>streams</em> hand any number of values to a sink. Both recurse on the .NET stack, so
/// only low and small nodes are; what they give, and the errors they end in, are the machine's.
/// </summary>
internal abstract class Node
{
    private const int MaxDirectHeight = 48;
    private const int MaxStreamSize = 400;

    /// <summary>Set on the thread that compiles for the machine alone, which tests compare the other ways with.</summary>
    [ThreadStatic]
    private static bool machineOnly;

    private bool direct;
    private bool stream;
    private bool? tracesPaths;

    /// <summary>Levels of nodes, this one included: how deep a direct evaluation recurses.</summary>
    public int Height { get; private set; } = 1;

    /// <summary>Nodes in all, this one included: how deep a stream recurses, since every stage calls the next.</summary>
    public int Size { get; private set; } = 1;

    /// <summary>Gives exactly one value or error without the machine.</summary>
    public bool IsDirect => direct && Height <= MaxDirectHeight;

    /// <summary>Can hand its values to a sink without the machine.</summary>
    public bool IsStream => IsDirect || (stream && IsSmall);

    /// <summary>Can do so while the path to each value is tracked.</summary>
    public bool IsPathStream => (tracesPaths ?? direct) && IsSmall;

    private bool IsSmall => Height <= MaxDirectHeight && Size <= MaxStreamSize;

    /// <summary>Starts evaluating for <see cref="Machine.Value"/>.</summary>
    public abstract void Enter(Machine m);

    /// <summary>The one value, or null with <see cref="Machine.Error"/> set. Only when <see cref="IsDirect"/>.</summary>
    public virtual JqValue? Direct(Machine m, Env env, JqValue input) => throw new NotSupportedException(GetType().Name);

    /// <summary>
    /// Hands every value to the sink; false after an error, with <see cref="Machine.Error"/> set. Only when
    /// <see cref="IsStream"/>, and with a path only when <see cref="IsPathStream"/>.
    /// </summary>
    public virtual bool Stream(Machine m, Env env, JqValue input, PathNode? path, Sink sink) =>
        Direct(m, env, input) is { } value && sink.Accept(m, value, path);

    /// <summary>Takes the measure of the children; the node is direct when it can be and they all are.</summary>
    protected void Measure(bool canBeDirect, params ReadOnlySpan<Node?> children)
    {
        direct = canBeDirect && !(machineOnly && children.Length > 0);
        foreach (var child in children)
        {
            if (child is null)
                continue;
            Height = Math.Max(Height, child.Height + 1);
            Size += Math.Min(child.Size, MaxStreamSize);
            direct &= child.IsDirect;
        }
    }

    /// <summary>For nodes that are more than direct: whether they are streams, and with paths too.</summary>
    protected void MeasureStream(bool canStream, bool canTracePaths)
    {
        stream = canStream && !machineOnly;
        tracesPaths = canTracePaths && !machineOnly;
    }

    /// <summary>Makes a node direct whose parts are streams rather than direct nodes.</summary>
    protected void MeasureDirect(bool isDirect) => direct = isDirect && !machineOnly;

    /// <summary>Makes nodes that only the machine evaluates, but for those without children.</summary>
    public static T ForMachineOnly<T>(Func<T> make) => Make(make, forMachineOnly: true);

    /// <summary>
    /// Makes nodes that are evaluated in every way that they can be, whoever asks first: what is made once for all programs
    /// must take as many steps whichever program came first.
    /// </summary>
    public static T ForEveryWay<T>(Func<T> make) => Make(make, forMachineOnly: false);

    private static T Make<T>(Func<T> make, bool forMachineOnly)
    {
        var before = machineOnly;
        machineOnly = forMachineOnly;
        try
        {
            return make();
        }
        finally
        {
            machineOnly = before;
        }
    }
}
