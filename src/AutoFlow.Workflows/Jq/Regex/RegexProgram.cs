namespace AutoFlow.Workflows.Jq;

/// <summary>What one step of a matcher does.</summary>
internal enum RegexOperation
{
    /// <summary>Take a code point of the set.</summary>
    Take,

    /// <summary>Go on at X, and if that fails at Y.</summary>
    Split,
    Jump,

    /// <summary>Remember the position in slot X.</summary>
    Save,

    /// <summary>Fail at the anchor X unless it holds here.</summary>
    Anchor,

    /// <summary>End a round of a loop that took nothing (slot X is where it began): go on at Y.</summary>
    LeaveIfEmpty,

    /// <summary>Run the part that starts next, X code points back; go on at Y if it matches.</summary>
    LookFor,

    /// <summary>Go on at Y if the part that starts next does not match.</summary>
    LookForNot,

    /// <summary>Run the part that starts next, go on at Y where its first match ends.</summary>
    Atomic,

    /// <summary>Take what group X holds.</summary>
    BackReference,
    BackReferenceIgnoringCase,

    /// <summary>The part, or the whole, has matched.</summary>
    Matched,
}

internal readonly record struct RegexStep(RegexOperation Operation, int X = 0, int Y = 0, CodePointSet? Set = null);

/// <summary>A compiled regular expression: immutable, safe to share between threads.</summary>
internal sealed class RegexProgram
{
    private const int MaxSteps = 20_000;

    /// <summary>Visits of the expression's parts, which quantifiers multiply even where a part needs no step.</summary>
    private const int MaxVisits = 10 * MaxSteps;
    private readonly List<RegexStep> steps = [];
    private int visits;

    private RegexProgram(IReadOnlyList<string?> groups)
    {
        Groups = groups;
        Slots = groups.Count * 2;
    }

    /// <summary>The groups' names by number; 0 is the whole match.</summary>
    public IReadOnlyList<string?> Groups { get; }

    /// <summary>Positions to remember: two for each group, then one for each loop that may take nothing.</summary>
    public int Slots { get; private set; }

    /// <summary>Whether what matches depends on what groups hold, so that failures cannot be remembered by place alone.</summary>
    public bool HasBackReferences { get; private set; }

    /// <summary>Whether it can match only where the search starts.</summary>
    public bool IsAnchored { get; private set; }

    public RegexStep[] Steps { get; private set; } = [];

    /// <exception cref="RegexSyntaxException">The pattern is wrong, too large, or uses what is not supported.</exception>
    public static RegexProgram Compile(string pattern, RegexParser.Options options)
    {
        var (syntax, groups) = RegexParser.Parse(pattern, options);
        var program = new RegexProgram(groups);
        program.Add(syntax);
        program.Emit(RegexOperation.Matched);
        program.Steps = [.. program.steps];
        program.IsAnchored = program.Steps[0] is { Operation: RegexOperation.Anchor, X: (int)RegexAnchor.TextStart };
        return program;
    }

    private int Emit(RegexOperation operation, int x = 0, int y = 0, CodePointSet? set = null)
    {
        if (steps.Count == MaxSteps)
            throw TooLarge();
        steps.Add(new RegexStep(operation, x, y, set));
        return steps.Count - 1;
    }

    private static RegexSyntaxException TooLarge() => new("too large: its quantifiers repeat too much", 0);

    private void Add(RegexSyntax syntax)
    {
        if (++visits > MaxVisits)
            throw TooLarge();
        switch (syntax)
        {
            case SetRegex set:
                Emit(RegexOperation.Take, set: set.Set);
                break;
            case SequenceRegex sequence:
                foreach (var part in sequence.Parts)
                    Add(part);
                break;
            case AlternationRegex alternation:
                AddBranches(alternation.Branches);
                break;
            case GroupRegex group:
                Emit(RegexOperation.Save, group.Number * 2);
                Add(group.Body);
                Emit(RegexOperation.Save, (group.Number * 2) + 1);
                break;
            case RepeatRegex repeat:
                AddRepeat(repeat);
                break;
            case AnchorRegex anchor:
                Emit(RegexOperation.Anchor, (int)anchor.Anchor);
                break;
            case LookRegex look:
                AddLook(look);
                break;
            case AtomicRegex atomic:
                AddPart(RegexOperation.Atomic, 0, atomic.Body);
                break;
            case BackReferenceRegex reference:
                HasBackReferences = true;
                Emit(reference.IgnoreCase ? RegexOperation.BackReferenceIgnoringCase : RegexOperation.BackReference, reference.Number);
                break;
        }
    }

    private void AddBranches(IReadOnlyList<RegexSyntax> branches)
    {
        var jumps = new List<int>();
        for (var i = 0; i < branches.Count; i++)
        {
            var last = i == branches.Count - 1;
            var split = last ? -1 : Emit(RegexOperation.Split);
            Add(branches[i]);
            if (last)
                break;
            jumps.Add(Emit(RegexOperation.Jump));
            steps[split] = new RegexStep(RegexOperation.Split, split + 1, steps.Count);
        }

        foreach (var jump in jumps)
            steps[jump] = new RegexStep(RegexOperation.Jump, steps.Count);
    }

    private void AddRepeat(RepeatRegex repeat)
    {
        for (var i = 0; i < repeat.Min; i++)
        {
            var before = steps.Count;
            Add(repeat.Body);
            if (steps.Count == before)
                break;
        }

        if (repeat.Max is not { } max)
        {
            AddLoop(repeat);
            return;
        }

        var splits = new List<int>();
        for (var i = repeat.Min; i < max; i++)
        {
            splits.Add(Emit(RegexOperation.Split));
            Add(repeat.Body);
        }

        foreach (var split in splits)
            steps[split] = Choice(split + 1, steps.Count, repeat.IsLazy);
    }

    private void AddLoop(RepeatRegex repeat)
    {
        var slot = RegexWidth.Of(repeat.Body).Min == 0 ? Slots++ : -1;
        var split = Emit(RegexOperation.Split);
        if (slot >= 0)
            Emit(RegexOperation.Save, slot);
        Add(repeat.Body);
        var check = slot >= 0 ? Emit(RegexOperation.LeaveIfEmpty, slot) : -1;
        Emit(RegexOperation.Jump, split);
        if (check >= 0)
            steps[check] = new RegexStep(RegexOperation.LeaveIfEmpty, slot, steps.Count);
        steps[split] = Choice(split + 1, steps.Count, repeat.IsLazy);
    }

    private static RegexStep Choice(int round, int leave, bool isLazy) =>
        isLazy ? new RegexStep(RegexOperation.Split, leave, round) : new RegexStep(RegexOperation.Split, round, leave);

    /// <summary>A look-behind of several widths is one of each width: some of them for a positive, all for a negative one.</summary>
    private void AddLook(LookRegex look)
    {
        var operation = look.IsNegative ? RegexOperation.LookForNot : RegexOperation.LookFor;
        if (!look.IsBehind)
        {
            AddPart(operation, 0, look.Body);
            return;
        }

        var branches = look.Body is AlternationRegex alternation ? alternation.Branches : [look.Body];
        if (branches.Count > 1 && !look.IsNegative)
        {
            AddBranches([.. branches.Select(b => look with { Body = b })]);
            return;
        }

        foreach (var branch in branches)
        {
            var (min, max) = RegexWidth.Of(branch);
            if (min != max)
                throw new RegexSyntaxException("invalid pattern in look-behind: it must have one width", 0);
            AddPart(operation, (int)min, branch);
        }
    }

    private void AddPart(RegexOperation operation, int back, RegexSyntax body)
    {
        var start = Emit(operation);
        Add(body);
        Emit(RegexOperation.Matched);
        steps[start] = new RegexStep(operation, back, steps.Count);
    }
}
