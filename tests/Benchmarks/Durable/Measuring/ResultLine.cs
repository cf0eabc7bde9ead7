using System.Globalization;
using System.Runtime;
using System.Text.Json;

namespace AutoFlow.Benchmarks.Durable.Measuring;

/// <summary>What one workload gave: one line of JSON.</summary>
/// <param name="Engine">Who did the work: <see cref="Embedded"/> or one of the bounds.</param>
/// <param name="Workload">The work.</param>
/// <param name="Figures">What was measured, by the names of <see cref="Figure"/>.</param>
/// <param name="Settings">What it was measured with.</param>
internal sealed record ResultLine(
    string Engine, string Workload, IReadOnlyDictionary<string, double> Figures, IReadOnlyDictionary<string, string> Settings)
{
    /// <summary>The embedded durable engine.</summary>
    public const string Embedded = "embedded";

    /// <summary>Bare SQLite that writes what a turn of an engine writes, on one thread that waits for nobody.</summary>
    public const string Bound = "bound";

    /// <summary>The same, asked for by callers that wait for their commits.</summary>
    public const string CallersBound = "bound-callers";

    /// <summary>Bare SQLite that writes one row of history a turn and nothing else.</summary>
    public const string HistoryBound = "bound-history";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>A line with the settings that all of them have.</summary>
    public static ResultLine Of(string engine, string workload, DataFolder folder, IEnumerable<(string Name, object Value)> settings, params (string Name, double Value)[] figures)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in settings)
            all[name] = Convert.ToString(value, CultureInfo.InvariantCulture)!;
        all["synchronous"] = "FULL";
        all["payloadBytes"] = Payload.Json.Length.ToString(CultureInfo.InvariantCulture);
        all["fileSystem"] = folder.FileSystem;
        all["processors"] = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture);
        all["runtime"] = Environment.Version.ToString();
        all["gc"] = GCSettings.IsServerGC ? "server" : "workstation";
        return new ResultLine(engine, workload, figures.ToDictionary(figure => figure.Name, figure => Math.Round(figure.Value, 4)), all);
    }

    /// <summary>Reads a line; null where it is none.</summary>
    public static ResultLine? Read(string line)
    {
        try
        {
            return line.StartsWith('{') && JsonSerializer.Deserialize<ResultLine>(line, Json) is { Engine: not null, Workload: not null, Figures: not null } read ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes it to the standard output.</summary>
    public void Print() => Console.WriteLine(JsonSerializer.Serialize(this, Json));
}
