using System.Text;
using AutoFlow.EmbeddedHost.Durable.History;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.DurableTask;

namespace AutoFlow.EmbeddedHost.Tests.Durable.History;

/// <summary>What is written by hand is, byte for byte, what the serializer writes: histories of every version are read by it.</summary>
public sealed class EventWriterTests
{
    // With what JSON escapes, with what it need not, and with halves of characters.
    private static readonly Gen<string> Text = Gen.Elements(
        "", "a", "Grüße", "\"", "\\", "{\"a\":\"b\\\"c\"}", "<script>&'+", "\u0000\u001f\u007f\u0085", "\u2028", "日本語", "🚚", "\ud83d", "\udc00x", "\r\n\t/")
        .ArrayOf().Select(string.Concat);

    private static readonly Gen<string?> Maybe = Gen.Frequency((3, Text.Select(text => (string?)text)), (1, Gen.Constant((string?)null)));
    private static readonly Gen<int> Number = Gen.Frequency((5, Gen.Choose(0, 300)), (1, Gen.Elements(int.MaxValue, int.MinValue)));

    private static readonly Gen<DateTime> Time = Gen.Choose(0, int.MaxValue)
        .Select(number => new DateTime(2026, 11, 27, 0, 0, 0, DateTimeKind.Utc).AddTicks((number * 1_234_567L) - (number % 3 == 0 ? number * 1_234_567L % 10_000_000 : 0)));

    private static readonly Gen<TaskFailureDetails> Failure =
        from type in Text from message in Text from stack in Maybe select new TaskFailureDetails(type, message, stack, new TaskFailureDetails("Inner", message, null, null));

    private static readonly Gen<HistoryEvent> Event = Gen.OneOf<HistoryEvent>(
        from id in Number from name in Text from input in Maybe select (HistoryEvent)new TaskScheduled(id, name, input),
        from id in Number from result in Maybe select (HistoryEvent)new TaskCompleted(id, result),
        from name in Text from payload in Maybe select (HistoryEvent)new EventRaised(name, payload),
        from id in Number from at in Time select (HistoryEvent)new TimerCreated(id, at),
        from id in Number select (HistoryEvent)new TimerFired(id),
        from output in Maybe select (HistoryEvent)new ExecutionCompleted(output),
        from name in Text from version in Maybe from input in Maybe select (HistoryEvent)new ExecutionStarted(name, version, input, 2, new ParentLink(name, "parent")),
        from id in Number from failure in Failure select (HistoryEvent)new TaskFailed(id, failure),
        from failure in Failure select (HistoryEvent)new ExecutionFailed(failure),
        from id in Number select (HistoryEvent)new TimerCancelled(id),
        from id in Number from name in Text from input in Maybe select (HistoryEvent)new ChildScheduled(id, name, null, "child", input, null),
        from name in Text from payload in Maybe select (HistoryEvent)new EventSent("other", name, payload),
        from input in Maybe from name in Text select (HistoryEvent)new ContinuedAsNew(input, null, [new EventRaised(name, input)]),
        from reason in Maybe select (HistoryEvent)new ExecutionSuspended(reason),
        from reason in Maybe select (HistoryEvent)new ExecutionResumed(reason),
        from output in Maybe select (HistoryEvent)new ExecutionTerminated(output, true),
        from reason in Maybe select (HistoryEvent)new ExecutionRewound(reason));

    [Fact]
    public void It_writes_what_the_serializer_writes() => Prop.ForAll(Event.ListOf().ToArbitrary(), events =>
        {
            HistoryEvent[] all = [.. events];
            Assert.Equal(HistoryJson.Write<IReadOnlyList<HistoryEvent>>(all), Encoding.UTF8.GetString(HistoryJson.Utf8(all).Span));
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void The_cases_are_all_kinds_of_events()
    {
        var kinds = Event.Sample(2_000, 3).Select(each => each.GetType()).ToHashSet();

        Assert.Equal(typeof(HistoryEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(HistoryEvent))).OrderBy(type => type.Name), kinds.OrderBy(type => type.Name));
    }
}
