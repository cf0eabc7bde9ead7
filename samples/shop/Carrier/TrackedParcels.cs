using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AutoFlow.SampleShop.Clock;
using AutoFlow.SampleShop.Data;
using AutoFlow.SampleShop.State;

namespace AutoFlow.SampleShop.Carrier;

/// <summary>
/// The registered parcels and the pushes that are owed for them. What has been announced and the push that announces it are
/// one entry, on the disk before anything is sent, so that a kill loses no push.
/// </summary>
internal sealed class TrackedParcels
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock gate = new();
    private readonly AppendLog<TrackedChange> log;
    private readonly SampleData data;
    private readonly ShopClock clock;
    private readonly TrackInfoJson json;
    private readonly OrderedDictionary<string, Registration> registrations = new(StringComparer.Ordinal);
    private readonly SortedDictionary<long, Push> owed = [];
    private readonly PriorityQueue<string, TimeSpan> coming = new();
    private long nextPush = 1;

    /// <param name="log">Everything that changed.</param>
    /// <param name="before">What a version without the log has left; null where there is none.</param>
    public TrackedParcels(AppendLog<TrackedChange> log, TrackedState? before, SampleData data, ShopClock clock)
    {
        (this.log, this.data, this.clock, json) = (log, data, clock, new TrackInfoJson(data, clock.Epoch));
        foreach (var one in before?.Registrations ?? []) Keep(new TrackedChange { Registration = one });
        foreach (var push in before?.Pushes ?? []) Keep(new TrackedChange { Push = push });
        foreach (var change in log.Open()) Keep(change);
    }

    /// <summary>The registrations, oldest first.</summary>
    public IReadOnlyList<Registration> Registrations
    {
        get
        {
            lock (gate)
                return [.. registrations.Values];
        }
    }

    /// <summary>How many parcels are registered.</summary>
    public int Registered
    {
        get
        {
            lock (gate)
                return registrations.Count;
        }
    }

    /// <summary>How many pushes the receiver has not accepted yet.</summary>
    public int Owed
    {
        get
        {
            lock (gate)
                return owed.Count;
        }
    }

    /// <summary>The pushes not yet accepted by the receiver, oldest first; all of them are on the disk once <see cref="WrittenAsync"/> has ended.</summary>
    public IReadOnlyList<Push> Pushes
    {
        get
        {
            lock (gate)
                return [.. owed.Values];
        }
    }

    public Registration? Find(string number)
    {
        lock (gate)
            return registrations.GetValueOrDefault(number);
    }

    public JsonObject Describe(Registration one) => json.Write(one.Number, one.Carrier, clock.GetUtcNow());

    /// <summary>Ends when what has changed so far is on the disk.</summary>
    public Task WrittenAsync() => log.WrittenAsync();

    /// <summary>False when it is registered already. The first push tells the parcel's state as it is, as 17TRACK does after its first look.</summary>
    public bool Register(string number, int carrier, bool push)
    {
        lock (gate)
        {
            if (registrations.ContainsKey(number))
                return false;
            var now = clock.GetUtcNow();
            var happened = ParcelView.At(data.FindParcel(number), now - clock.Epoch).Happened;
            var one = new Registration(number, carrier, now, happened, Stopped: false);
            Change(new TrackedChange { Registration = one, Push = push && happened > 0 ? PushOf(one, now) : null });
            return true;
        }
    }

    /// <summary>False when it is not registered or stopped already.</summary>
    public bool Stop(string number)
    {
        lock (gate)
        {
            if (registrations.GetValueOrDefault(number) is not { Stopped: false } found)
                return false;
            Change(new TrackedChange { Registration = found with { Stopped = true } });
            return true;
        }
    }

    /// <summary>Queues a push for everything that has happened since it was last looked at, each with the parcel's state at that moment.</summary>
    public void Announce(bool push)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow() - clock.Epoch;
            while (coming.TryPeek(out var number, out var at) && at <= now)
            {
                coming.Dequeue();
                // After a restart a parcel can be in the queue with events that were announced before.
                if (registrations[number] is not { Stopped: false } one || data.FindParcel(number)?.Events is not { } events
                    || one.Announced >= events.Count || events[one.Announced].At > now)
                {
                    continue;
                }

                Change(new TrackedChange
                {
                    Registration = one with { Announced = one.Announced + 1 },
                    Push = push ? PushOf(one, clock.Epoch + events[one.Announced].At) : null,
                });
            }
        }
    }

    /// <summary>The receiver has it. A crash may forget this, and the push is sent once more.</summary>
    public void Done(long id)
    {
        lock (gate)
            Change(new TrackedChange { Done = id });
    }

    private Push PushOf(Registration one, DateTimeOffset at)
    {
        var body = new JsonObject { ["event"] = "TRACKING_UPDATED", ["data"] = json.Write(one.Number, one.Carrier, at) };
        return new Push(nextPush, one.Number, body.ToJsonString(Readable));
    }

    private void Change(TrackedChange change)
    {
        log.Add(change);
        Keep(change);
    }

    private void Keep(TrackedChange change)
    {
        if (change.Registration is { } one)
        {
            registrations[one.Number] = one;
            if (!one.Stopped && data.FindParcel(one.Number)?.Events is { } events && one.Announced < events.Count)
                coming.Enqueue(one.Number, events[one.Announced].At);
        }

        if (change.Done is { } done) owed.Remove(done);
        if (change.Push is not { } push) return;
        owed[push.Id] = push;
        nextPush = Math.Max(nextPush, push.Id + 1);
    }
}

/// <summary>What changed at once.</summary>
internal sealed record TrackedChange
{
    /// <summary>The registration as it is from now on; null where none changed.</summary>
    public Registration? Registration { get; init; }

    /// <summary>A push that is owed; null where none came.</summary>
    public Push? Push { get; init; }

    /// <summary>The push that the receiver has accepted; null where none was.</summary>
    public long? Done { get; init; }
}

/// <summary>The carrier simulator on the disk, as it was written before there was a log.</summary>
internal sealed record TrackedState(IReadOnlyList<Registration> Registrations, IReadOnlyList<Push> Pushes, long NextPush);

/// <summary>A parcel that the caller wants to hear of.</summary>
/// <param name="RegisteredAt">Virtual time, UTC.</param>
/// <param name="Announced">How many entries of the parcel's script have been announced.</param>
internal sealed record Registration(string Number, int Carrier, DateTimeOffset RegisteredAt, int Announced, bool Stopped);

/// <summary>A push, byte for byte as it is sent and sent again.</summary>
internal sealed record Push(long Id, string Number, string Body);
