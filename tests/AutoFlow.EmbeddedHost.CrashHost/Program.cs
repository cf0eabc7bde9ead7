using System.Globalization;
using AutoFlow.EmbeddedHost.CrashHost;
using AutoFlow.EmbeddedHost.CrashHost.Repertoire;
using AutoFlow.EmbeddedHost.Durable;
using AutoFlow.EmbeddedHost.Store;
using Microsoft.Extensions.Logging.Abstractions;

if (args[0] == "repertoire")
    return await RepertoireProcess.RunAsync(args[1..]);
if (args[0] == "poison")
    return await PoisonProcess.RunAsync(args[1..]);

// Runs the workload on a database file to its end. A test kills it at any moment and starts it again.
// Arguments: the database file, a file to which each run of an activity is appended, the number of this run.
await using var database = HostDatabase.Open(args[0]);
using var effects = new FileStream(args[1], FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
var registry = new DurableRegistry();
Workload.Register(registry, effects, run: int.Parse(args[2], CultureInfo.InvariantCulture));
await using var engine = new DurableEngine(
    database,
    registry,
    new DurableOptions { MaxConcurrentActivities = 4, MaxConcurrentOrchestrations = 4 },
    TimeProvider.System,
    NullLoggerFactory.Instance);
await engine.StartAsync(CancellationToken.None);
await Workload.DriveAsync(engine.Client);
await engine.StopAsync(CancellationToken.None);
return 0;
