namespace AutoFlow.Workflows.Jq;

/// <summary>
/// Searches one text, by backtracking. Its work is paid for in steps of the machine, so that a hard pattern ends the same
/// way on every machine; and once a search has taken long, places where the pattern is known to fail are not tried again,
/// which makes it linear in the text for all patterns but those with back-references.
/// </summary>
internal sealed class RegexMatcher(RegexProgram program, CodePointText text, Machine machine)
{
    /// <summary>Steps of the matcher for one of the machine's.</summary>
    private const int StepsPerCharge = 32;

    /// <summary>Places to come back to; one search may not keep more.</summary>
    private const int MaxBacktracks = 4_000_000;

    /// <summary>How long, per code point, a search may take before it remembers where it failed.</summary>
    private const int PatiencePerCodePoint = 8;
    private const long MaxRemembered = 1L << 26;

    private readonly RegexStep[] steps = program.Steps;
    private readonly int[] slots = new int[program.Slots];
    private (int Step, int Position, int Slot)[] backtracks = new (int, int, int)[16];
    private int backtrackCount;
    private ulong[]? visited;
    private long taken;
    private int searchStart;
    private int matchStart;

    /// <summary>Whether matches of nothing count, and whether the longest one at a place is wanted, not the first.</summary>
    public required bool SkipEmpty { get; init; }

    public required bool Longest { get; init; }

    /// <summary>
    /// The first match at or after a position: for each group, where it starts and ends, -1 where it took no part; null
    /// when there is none.
    /// </summary>
    public int[]? Find(int from)
    {
        searchStart = from;
        visited = null;
        taken = 0;
        var last = program.IsAnchored ? 0 : text.Length;
        for (var start = from; start <= last; start++)
        {
            machine.Charge(slots.Length >> 6);
            Array.Fill(slots, -1);
            backtrackCount = 0;
            matchStart = start;
            var end = Longest ? RunLongest(start) : Run(0, start, isWhole: true);
            if (end < 0)
                continue;
            (slots[0], slots[1]) = (start, end);
            return slots[..(program.Groups.Count * 2)];
        }

        return null;
    }

    private int RunLongest(int start)
    {
        var best = -1;
        int[]? bestSlots = null;
        for (var end = Run(0, start, isWhole: true); end >= 0; end = Resume(0, isWhole: true))
        {
            if (end <= best)
                continue;
            machine.Charge(slots.Length >> 6);
            (best, bestSlots) = (end, [.. slots]);
        }

        bestSlots?.CopyTo(slots, 0);
        return best;
    }

    /// <summary>Runs from a step to the end of its part; gives where the match ends, or -1.</summary>
    private int Run(int step, int position, bool isWhole)
    {
        var bottom = backtrackCount;
        Push(step, position, -1);
        return Resume(bottom, isWhole);
    }

    private int Resume(int bottom, bool isWhole)
    {
        while (backtrackCount > bottom)
        {
            var (step, position, slot) = backtracks[--backtrackCount];
            if (slot >= 0)
            {
                slots[slot] = position;
                continue;
            }

            if (isWhole && visited is not null && !Visit(step, position))
                continue;
            if (Follow(step, position, isWhole) is var end and >= 0)
                return end;
        }

        return -1;
    }

    /// <summary>Goes on until the part has matched or failed.</summary>
    private int Follow(int step, int position, bool isWhole)
    {
        while (true)
        {
            Pay();
            var (operation, x, y, set) = steps[step];
            step++;
            switch (operation)
            {
                case RegexOperation.Take:
                    if (position == text.Length || !set!.Contains(text[position]))
                        return -1;
                    position++;
                    break;
                case RegexOperation.Split:
                    if (isWhole && visited is not null && !Visit(x, position))
                    {
                        if (!Visit(y, position))
                            return -1;
                        step = y;
                        break;
                    }

                    Push(y, position, -1);
                    step = x;
                    break;
                case RegexOperation.Jump:
                    step = x;
                    break;
                case RegexOperation.Save:
                    Push(0, slots[x], x);
                    slots[x] = position;
                    break;
                case RegexOperation.Anchor:
                    if (!RegexAnchors.Holds((RegexAnchor)x, text, position, searchStart))
                        return -1;
                    break;
                case RegexOperation.LeaveIfEmpty:
                    if (slots[x] == position)
                        step = y;
                    break;
                case RegexOperation.LookFor or RegexOperation.LookForNot:
                    if (!Look(step, position - x, operation == RegexOperation.LookForNot))
                        return -1;
                    step = y;
                    break;
                case RegexOperation.Atomic:
                    position = RunPart(step, position);
                    if (position < 0)
                        return -1;
                    step = y;
                    break;
                case RegexOperation.BackReference or RegexOperation.BackReferenceIgnoringCase:
                    position = Repeat(x, position, operation == RegexOperation.BackReferenceIgnoringCase);
                    if (position < 0)
                        return -1;
                    break;
                default:
                    if (isWhole && SkipEmpty && position == matchStart)
                        return -1;
                    return position;
            }
        }
    }

    /// <summary>Runs the part at a step; what it captured stays, its other ways are given up.</summary>
    private int RunPart(int step, int position)
    {
        var bottom = backtrackCount;
        var end = Run(step, position, isWhole: false);
        var kept = bottom;
        for (var i = bottom; i < backtrackCount; i++)
        {
            if (backtracks[i].Slot >= 0)
                backtracks[kept++] = backtracks[i];
        }

        backtrackCount = kept;
        return end;
    }

    private bool Look(int step, int position, bool isNegative)
    {
        var bottom = backtrackCount;
        var found = position >= 0 && RunPart(step, position) >= 0;
        for (; isNegative && backtrackCount > bottom; backtrackCount--)
            slots[backtracks[backtrackCount - 1].Slot] = backtracks[backtrackCount - 1].Position;
        return found != isNegative;
    }

    /// <summary>Where the text of the group ends when it is repeated here, or -1; a group without text cannot be.</summary>
    private int Repeat(int group, int position, bool ignoreCase)
    {
        int from = slots[group * 2], to = slots[(group * 2) + 1];
        if (from < 0 || to < from || position + (to - from) > text.Length)
            return -1;
        for (; from < to; from++, position++)
        {
            int a = text[from], b = text[position];
            if (a != b && !(ignoreCase && CodePointSet.Lower(a) == CodePointSet.Lower(b)))
                return -1;
        }

        return position;
    }

    private void Push(int step, int position, int slot)
    {
        if (backtrackCount == backtracks.Length)
        {
            if (backtrackCount >= MaxBacktracks)
                throw new JqLimitException(nameof(JqLimits.Steps), "A regular expression has too many ways to match its input");
            Array.Resize(ref backtracks, backtrackCount * 2);
        }

        backtracks[backtrackCount++] = (step, position, slot);
    }

    private void Pay()
    {
        if (++taken % StepsPerCharge != 0)
            return;
        machine.Charge(1);
        if (visited is not null || program.HasBackReferences || SkipEmpty || Longest)
            return;
        var places = (long)steps.Length * (text.Length + 1);
        if (taken > PatiencePerCodePoint * (text.Length + (long)steps.Length) && places <= MaxRemembered)
        {
            machine.Charge(places >> 12);
            visited = new ulong[(places >> 6) + 1];
        }
    }

    /// <summary>Whether the place is new; the second time, it is known to fail, or is being tried further up.</summary>
    private bool Visit(int step, int position)
    {
        var place = ((long)step * (text.Length + 1)) + position;
        var bit = 1UL << (int)(place & 63);
        ref var word = ref visited![place >> 6];
        if ((word & bit) != 0)
            return false;
        word |= bit;
        return true;
    }
}
