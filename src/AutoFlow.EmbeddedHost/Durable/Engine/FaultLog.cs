using AutoFlow.EmbeddedHost.Store;
using Microsoft.Extensions.Logging;

namespace AutoFlow.EmbeddedHost.Durable.Engine;

/// <summary>Tells when the disk begins to refuse writes, and when it takes them again.</summary>
internal sealed class FaultLog : IDisposable
{
    private readonly HostDatabase _database;
    private readonly ILogger _logger;

    public FaultLog(HostDatabase database, ILogger logger)
    {
        (_database, _logger) = (database, logger);
        database.FaultChanged += Tell;
    }

    public void Dispose() => _database.FaultChanged -= Tell;

    private void Tell(StorageUnavailableException? fault)
    {
        if (fault is not null)
            _logger.LogError("{Fault}", fault.Message);
        else
            _logger.LogInformation("The database can be written again; nothing was lost");
    }
}
