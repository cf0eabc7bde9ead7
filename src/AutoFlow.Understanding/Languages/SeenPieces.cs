namespace AutoFlow.Understanding.Languages;

/// <summary>Which pieces of words a text has had already: a repeated word must not outvote the rest. Forgets nothing until it is full, then remembers no more.</summary>
internal readonly ref struct SeenPieces
{
    /// <summary>More than a text of the longest length that is read can have.</summary>
    public const int Size = 2048;

    private readonly Span<int> _slots;

    /// <param name="slots"><see cref="Size"/> zeros.</param>
    public SeenPieces(Span<int> slots) => _slots = slots;

    /// <summary>True when the piece is new.</summary>
    public bool Add(int piece)
    {
        var mask = Size - 1;
        var at = (int)((uint)piece * 2654435761U >> 16) & mask;
        for (var tries = 0; tries < 32; tries++, at = (at + 1) & mask)
        {
            if (_slots[at] == piece + 1) return false;
            if (_slots[at] != 0) continue;
            _slots[at] = piece + 1;
            return true;
        }
        return true;
    }
}
