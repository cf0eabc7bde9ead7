namespace AutoFlow.Understanding.Languages;

/// <summary>The words of a text that belong to a language: runs of letters and inner apostrophes. Addresses, links, and codes with digits belong to none.</summary>
internal ref struct LetterRuns(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _at;
    private int _tokenEnd;
    private int _checkedTo;

    public ReadOnlySpan<char> Current { get; private set; }

    public readonly LetterRuns GetEnumerator() => this;

    public bool MoveNext()
    {
        while (true)
        {
            if (_at >= _tokenEnd && !NextToken()) return false;
            while (_at < _tokenEnd && !char.IsLetterOrDigit(_text[_at])) _at++;
            if (_at >= _checkedTo && SkipsCode()) continue;
            var start = _at;
            while (_at < _tokenEnd && Inside(_at)) _at++;
            if (_at == start) continue;
            Current = _text[start.._at];
            return true;
        }
    }

    // Letters, digits and hyphens together with at least one digit are a number of something.
    private bool SkipsCode()
    {
        var digits = false;
        for (_checkedTo = _at; _checkedTo < _tokenEnd && (char.IsLetterOrDigit(_text[_checkedTo]) || _text[_checkedTo] is '-' or '_'); _checkedTo++)
            digits |= char.IsDigit(_text[_checkedTo]);
        if (!digits) return false;
        _at = _checkedTo;
        return true;
    }

    private readonly bool Inside(int at) =>
        char.IsLetterOrDigit(_text[at]) || char.IsSurrogate(_text[at])
        || (_text[at] is '\'' or '’' or 'ʼ' && at + 1 < _tokenEnd && char.IsLetter(_text[at + 1]));

    // A token is what stands between white space.
    private bool NextToken()
    {
        while (true)
        {
            var start = _tokenEnd;
            while (start < _text.Length && char.IsWhiteSpace(_text[start])) start++;
            if (start == _text.Length) return false;
            _tokenEnd = start;
            while (_tokenEnd < _text.Length && !char.IsWhiteSpace(_text[_tokenEnd])) _tokenEnd++;
            var token = _text[start.._tokenEnd];
            if (token.Contains('@') || token.Contains("://", StringComparison.Ordinal) || token.StartsWith("www.", StringComparison.OrdinalIgnoreCase)) continue;
            _at = start;
            return true;
        }
    }
}
