using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AutoFlow.SampleShop.Clock;
using AutoFlow.SampleShop.Data;
using AutoFlow.SampleShop.State;

namespace AutoFlow.SampleShop.Carrier;

/// <summary>
/// The registered parcels and the pushes that are owed for them. What has been announced and the pushes that announce it are
/// one state, saved before anything is sent, so that a kill loses no push.
/// </summary>
internal sealed class TrackedParcels(StateFile<TrackedState> file, SampleData data, ShopClock clock)
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock gate = new();
    private readonly TrackInfoJson json = new(data, clock.Epoch);
    private TrackedState state = file.Load() ?? new TrackedState([], [], 1);

    /// <summary>The registrations, oldest first.</summary>
    public IReadOnlyList<Registration> Registrations
    {
        get
        {
            lock (gate)
                return state.Registrations;
        }
    }

    /// <summary>The pushes not yet accepted by the receiver, oldest first.</summary>
    public IReadOnlyList<Push> Pushes
    {
        get
        {
            lock (gate)
                return state.Pushes;
        }
    }

    public Registration? Find(string number) => Registrations.FirstOrDefault(one => one.Number == number);

    public JsonObject Describe(Registration one) => json.Write(one.Number, one.Carrier, clock.GetUtcNow());

    /// <summary>False when it is registered already. The first push tells the parcel's state as it is, as 17TRACK does after its first look.</summary>
    public bool Register(string number, int carrier, bool push)
    {
        lock (gate)
        {
            if (state.Registrations.Any(one => one.Number == number))
                return false;
            var now = clock.GetUtcNow();
            var happened = ParcelView.At(data.FindParcel(number), now - clock.Epoch).Happened;
            var one = new Registration(number, carrier, now, happened, Stopped: false);
            var next = state with { Registrations = [.. state.Registrations, one] };
            Save(push && happened > 0 ? With(next, one, now) : next);
            return true;
        }
    }

    /// <summary>False when it is not registered or stopped already.</summary>
    public bool Stop(string number)
    {
        lock (gate)
        {
            if (state.Registrations.FirstOrDefault(one => one.Number == number && !one.Stopped) is not { } found)
                return false;
            Save(state with { Registrations = [.. state.Registrations.Select(one => one == found ? one with { Stopped = true } : one)] });
            return true;
        }
    }

    /// <summary>Queues a push for everything that has happened since it was last looked at, each with the parcel's state at that moment.</summary>
    public void Announce(bool push)
    {
        lock (gate)
        {
            var next = state;
            var now = clock.GetUtcNow();
            foreach (var one in state.Registrations.Where(one => !one.Stopped))
            {
                var parcel = data.FindParcel(one.Number);
                var happened = ParcelView.At(parcel, now - clock.Epoch).Happened;
                if (happened <= one.Announced)
                    continue;
                for (var i = one.Announced; push && i < happened; i++)
                    next = With(next, one, clock.Epoch + parcel!.Events[i].At);
                next = next with { Registrations = [.. next.Registrations.Select(other => other.Number == one.Number ? other with { Announced = happened } : other)] };
            }

            if (next != state)
                Save(next);
        }
    }

    /// <summary>The receiver has it.</summary>
    public void Done(long id)
    {
        lock (gate)
            Save(state with { Pushes = [.. state.Pushes.Where(push => push.Id != id)] });
    }

    private TrackedState With(TrackedState next, Registration one, DateTimeOffset at)
    {
        var body = new JsonObject { ["event"] = "TRACKING_UPDATED", ["data"] = json.Write(one.Number, one.Carrier, at) };
        return next with { Pushes = [.. next.Pushes, new Push(next.NextPush, one.Number, body.ToJsonString(Readable))], NextPush = next.NextPush + 1 };
    }

    private void Save(TrackedState next)
    {
        file.Save(next);
        state = next;
    }
}

/// <summary>The carrier simulator on the disk.</summary>
internal sealed record TrackedState(IReadOnlyList<Registration> Registrations, IReadOnlyList<Push> Pushes, long NextPush);

/// <summary>A parcel that the caller wants to hear of.</summary>
/// <param name="RegisteredAt">Virtual time, UTC.</param>
/// <param name="Announced">How many entries of the parcel's script have been announced.</param>
internal sealed record Registration(string Number, int Carrier, DateTimeOffset RegisteredAt, int Announced, bool Stopped);

/// <summary>A push, byte for byte as it is sent and sent again.</summary>
internal sealed record Push(long Id, string Number, string Body);
