using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Strict;

/// <summary>
/// What clients see late. Azure Storage sends what follows from a turn before it writes the instance's row, so whoever acts on
/// the one may read the other as it was; and a child has no row until its first turn is written. Here one look at the most,
/// and only soon after the turn, shows what was before: no look ever goes back in time.
/// </summary>
internal sealed class LateReads(StrictOptions strict, TimeProvider time)
{
    private const int ManyKept = 1_000;

    /// <summary>A row is written this soon.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, (OrchestrationMetadata? Before, DateTimeOffset Until)> _late = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unborn = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>A child that has not taken its first turn: there is nothing to see of it.</summary>
    public void Unborn(string instanceId)
    {
        lock (_gate)
            _unborn.Add(instanceId);
    }

    /// <summary>An instance's turn is about to be written.</summary>
    /// <param name="before">The instance before it.</param>
    /// <param name="turn">The turn's number.</param>
    public void Turn(OrchestrationMetadata before, int turn)
    {
        lock (_gate)
        {
            var born = _unborn.Remove(before.InstanceId);
            _late.Remove(before.InstanceId);
            if (!Chance.Befalls(strict, strict.ReadsLate, $"late {before.InstanceId} {turn}"))
                return;
            var now = time.GetUtcNow();
            if (_late.Count >= ManyKept)
            {
                foreach (var (id, _) in _late.Where(one => one.Value.Until < now).ToList())
                    _late.Remove(id);
            }

            _late[before.InstanceId] = (born ? null : before, now + Soon);
        }
    }

    /// <summary>An instance that was started or purged: a client sees that at once.</summary>
    public void Forget(string instanceId)
    {
        lock (_gate)
        {
            _late.Remove(instanceId);
            _unborn.Remove(instanceId);
        }
    }

    /// <summary>What a client sees now.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="instance">What is; null for an unknown one.</param>
    public OrchestrationMetadata? See(string instanceId, OrchestrationMetadata? instance)
    {
        lock (_gate)
        {
            if (_unborn.Contains(instanceId))
                return null;
            return _late.Remove(instanceId, out var late) && time.GetUtcNow() <= late.Until ? late.Before : instance;
        }
    }
}
