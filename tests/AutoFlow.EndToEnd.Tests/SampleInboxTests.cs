using AutoFlow.EndToEnd.Tests.App;
using AutoFlow.EndToEnd.Tests.Inbox;
using Xunit.Abstractions;

namespace AutoFlow.EndToEnd.Tests;

[Collection(SampleInboxApp.Name)]
public sealed class SampleInboxTests(SampleInboxApp app, ITestOutputHelper output)
{
    /// <summary>How many messages come out as the reviewer expected before anything ran; never fewer.</summary>
    private const int AsExpected = 58;

    private static readonly IReadOnlyList<Expectation> Expectations = Expectation.Load(Places.SampleInbox);

    [Fact]
    public void Every_message_comes_out_as_reviewed()
    {
        var actual = ByName(app.AtRest);

        var differences = OutcomeFile.Differences(OutcomeFile.Read(Path.Combine(AppContext.BaseDirectory, "outcomes.json")), actual);

        var received = Path.Combine(AppContext.BaseDirectory, "outcomes.received.json");
        OutcomeFile.Write(received, actual);
        Assert.True(differences.Count == 0, $"{differences.Count} messages differ; all of them are in {received}.\n{string.Join('\n', differences)}");
    }

    [Fact]
    public void Most_messages_come_out_as_a_reviewer_expected_before_anything_ran()
    {
        var actual = ByName(app.AtRest);

        var disagreements = Expectations.Select(one => (one.Name, What: one.Disagreements(actual[one.Name]).ToArray())).Where(row => row.What.Length > 0).ToArray();

        var agree = Expectations.Count - disagreements.Length;
        foreach (var (name, what) in disagreements) output.WriteLine($"{name,-28} {string.Join("; ", what)}");
        output.WriteLine($"{agree} of {Expectations.Count} as expected (expected / actual).");
        Assert.True(agree >= AsExpected, $"Only {agree} of {Expectations.Count} messages come out as expected, {AsExpected} did before.");
    }

    internal static IReadOnlyDictionary<string, Outcome> ByName(Books books)
    {
        var outcomes = Outcomes.Of(books);
        return Expectations.Where(one => outcomes.ContainsKey(one.MessageId)).ToDictionary(one => one.Name, one => outcomes[one.MessageId], StringComparer.Ordinal);
    }
}
