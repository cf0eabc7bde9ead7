using Microsoft.Extensions.Logging;

namespace AutoFlow.Understanding.Training;

/// <summary>
/// The model that messages are understood with: the adopted one, or the seeds' while none is adopted. What another host adopts
/// counts here too, some seconds later. Safe to use from many threads; no message waits while a model is made.
/// </summary>
public sealed class ServingModel : IDisposable
{
    /// <summary>How old the answer to "which is adopted" may be.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly AdoptedModels? _models;
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly ILogger? _logger;
    private volatile ServedModel? _served;
    private DateTimeOffset _askedAt = DateTimeOffset.MinValue;
    private Task _making = Task.CompletedTask;

    /// <summary>One model for ever.</summary>
    public ServingModel(UnderstandingModel model) => _served = new ServedModel(model, null, []);

    /// <summary>The model that the store says.</summary>
    public ServingModel(AdoptedModels models, TimeProvider time, ILogger<ServingModel> logger) => (_models, _time, _logger) = (models, time, logger);

    /// <summary>The model in use.</summary>
    /// <exception cref="InvalidOperationException">Neither <see cref="OpenAsync"/> nor <see cref="NowAsync"/> has run.</exception>
    public UnderstandingModel Current => Served.Model;

    /// <summary>The model in use, with where it comes from. Throws as <see cref="Current"/>.</summary>
    public ServedModel Served => _served ?? throw new InvalidOperationException("The model is not open yet.");

    /// <summary>A model that is being made because its file is missing here.</summary>
    internal Task Making => _making;

    /// <summary>Makes the model ready: reads its file, or trains it (seconds).</summary>
    /// <exception cref="IOException">Seeds cannot be read, or the model not be written.</exception>
    /// <exception cref="InvalidDataException">A seed file is broken.</exception>
    public async Task OpenAsync(CancellationToken ct)
    {
        if (_models is null || _served is not null) return;
        await _turn.WaitAsync(ct);
        try
        {
            if (_served is not null) return;
            _askedAt = _time.GetUtcNow();
            _served = await _models.VersionAsync(ct) is not { } adopted ? _models.Shipped()
                : await _models.ReadyAsync(adopted, ct) ?? await _models.MakeAsync(adopted, ct);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The model in use, at most some seconds behind the store. While another is read or made, it is the one before.</summary>
    public async ValueTask<UnderstandingModel> NowAsync(CancellationToken ct)
    {
        if (_served is null) await OpenAsync(ct);
        if (_models is not null && _time.GetUtcNow() - _askedAt >= Fresh && await _turn.WaitAsync(TimeSpan.Zero, ct)) await AskAsync(_models, ct);
        return Current;
    }

    /// <summary>Asks the store now: what was adopted serves when this returns, or is being made where its file is missing.</summary>
    public async Task RefreshAsync(CancellationToken ct)
    {
        await OpenAsync(ct);
        if (_models is null) return;
        await _turn.WaitAsync(ct);
        await AskAsync(_models, ct);
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Has the turn, and gives it back.</summary>
    private async Task AskAsync(AdoptedModels models, CancellationToken ct)
    {
        try
        {
            var adopted = await models.VersionAsync(ct);
            _askedAt = _time.GetUtcNow();
            if (adopted is null || adopted == Served.Adopted) return;
            if (await models.ReadyAsync(adopted, ct) is { } ready) _served = ready;
            else if (_making.IsCompleted) _making = Task.Run(() => MakeAsync(models, adopted), CancellationToken.None);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task MakeAsync(AdoptedModels models, string adopted)
    {
        try
        {
            _served = await models.MakeAsync(adopted, CancellationToken.None);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or ArgumentException)
        {
            _logger?.LogError(exception, "The adopted model {Adopted} could not be made here; {Version} serves on.", adopted, Current.Intents.Version);
        }
    }
}
