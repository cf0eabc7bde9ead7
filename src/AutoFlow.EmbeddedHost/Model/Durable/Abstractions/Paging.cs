using System.Runtime.CompilerServices;

namespace Microsoft.DurableTask;

/// <summary>One page of results.</summary>
/// <param name="values">The results.</param>
/// <param name="continuationToken">Where the next page begins; null when this is the last.</param>
public sealed class Page<T>(IReadOnlyList<T> values, string? continuationToken = null)
    where T : notnull
{
    /// <summary>The results.</summary>
    public IReadOnlyList<T> Values { get; } = values ?? throw new ArgumentNullException(nameof(values));

    /// <summary>Where the next page begins; null when this is the last.</summary>
    public string? ContinuationToken { get; } = continuationToken;
}

/// <summary>Results that come a page at a time.</summary>
public abstract class AsyncPageable<T> : IAsyncEnumerable<T>
    where T : notnull
{
    /// <summary>The results as pages.</summary>
    /// <param name="continuationToken">Where to begin; null for the beginning.</param>
    /// <param name="pageSizeHint">The most results of a page; null for the query's own size.</param>
    public abstract IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = default, int? pageSizeHint = default);

    /// <summary>All results, one by one.</summary>
    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        await foreach (var page in AsPages().WithCancellation(cancellationToken))
        {
            foreach (var value in page.Values)
                yield return value;
        }
    }
}

/// <summary>Makes pageables.</summary>
public static class Pageable
{
    /// <summary>A pageable from a function that fetches the page at a continuation token.</summary>
    public static AsyncPageable<T> Create<T>(Func<string?, CancellationToken, Task<Page<T>>> pageFunc)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(pageFunc);
        return Create((continuation, _, cancellation) => pageFunc(continuation, cancellation));
    }

    /// <summary>A pageable from a function that fetches the page at a continuation token, of at most a size.</summary>
    public static AsyncPageable<T> Create<T>(Func<string?, int?, CancellationToken, Task<Page<T>>> pageFunc)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(pageFunc);
        return new FunctionPageable<T>(pageFunc);
    }

    private sealed class FunctionPageable<T>(Func<string?, int?, CancellationToken, Task<Page<T>>> fetch) : AsyncPageable<T>
        where T : notnull
    {
        public override IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = default, int? pageSizeHint = default)
            => Pages(continuationToken, pageSizeHint);

        private async IAsyncEnumerable<Page<T>> Pages(
            string? token, int? size, [EnumeratorCancellation] CancellationToken ct = default)
        {
            do
            {
                var page = await fetch(token, size, ct);
                yield return page;
                token = page.ContinuationToken;
            }
            while (token is not null);
        }
    }
}
