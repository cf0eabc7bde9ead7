using System.Text.Json;
using AutoFlow.Support.Understanding;
using AutoFlow.Understanding.Urgencies;
using Xunit.Abstractions;

namespace AutoFlow.Understanding.Tests;

public class UrgencyTests(ITestOutputHelper output)
{
    [Fact]
    public void Customers_sentences_are_as_urgent_as_a_desk_would_say_in_nine_languages()
    {
        var samples = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Urgencies", "samples.tsv")).Select(line => line.Split('\t'))
            .Select(row => (Expected: Enum.Parse<Urgency>(row[0]), Language: row[1], Text: row[2], Read: TestData.Understanding.Understand(TestData.Mail(row[2])))).ToList();
        foreach (var language in samples.GroupBy(s => s.Language))
        {
            var missed = language.Where(s => s.Read.Urgency != s.Expected).Select(s => $"{s.Read.Urgency} ({string.Join(" ", s.Read.UrgencyReasons)}): {s.Text}");
            output.WriteLine($"{language.Key} {language.Average(s => s.Read.Urgency == s.Expected ? 1.0 : 0.0):P0} {string.Join(" | ", missed)}");
        }
        output.WriteLine($"all {samples.Average(s => s.Read.Urgency == s.Expected ? 1.0 : 0.0):P1} of {samples.Count}");
        Assert.Equal(9, samples.Select(s => s.Language).Distinct().Count());
        Assert.All(samples.GroupBy(s => s.Language), l => Assert.True(l.Average(s => s.Read.Urgency == s.Expected ? 1.0 : 0.0) >= 0.9, l.Key));
        Assert.All(samples.Where(s => s.Expected == Urgency.Critical), s => Assert.Contains("safety", s.Read.UrgencyReasons));
    }

    [Fact]
    public void The_reasons_are_named_and_each_counts_once()
    {
        var reading = UrgencyReader.Of("Urgent, urgent, urgent! It is for my wedding on Saturday and this is the third time I write.", "en", 0);
        Assert.Equal(["pressure", "event", "repeated"], reading.Reasons);
        Assert.Equal(Urgency.Critical, reading.Urgency);
        Assert.Equal(Urgency.High, UrgencyReader.Of("urgent urgent urgent urgent", "en", 0).Urgency);
    }

    [Fact]
    public void A_near_day_alone_presses_nobody() => Assert.Equal(Urgency.Normal, UrgencyReader.Of("It came today. I am at home tomorrow and on Friday.", "en", 0).Urgency);

    [Fact]
    public void A_word_counts_in_its_own_language()
    {
        Assert.Equal(Urgency.Critical, UrgencyReader.Of("Es gab einen Brand", "de", 0).Urgency);
        Assert.Equal(Urgency.Normal, UrgencyReader.Of("Which brand is it?", "en", 0).Urgency);
    }

    [Fact]
    public void Anger_adds_to_what_happened_before() =>
        Assert.Equal((Urgency.Normal, Urgency.High), (UrgencyReader.Of("It broke several times.", "en", 0).Urgency, UrgencyReader.Of("It broke several times.", "en", -0.7).Urgency));

    [Fact]
    public void The_subject_is_read_too() =>
        Assert.Equal(Urgency.High, TestData.Understanding.Understand(TestData.Mail("Where is order 10442?", "URGENT")).Urgency);

    [Fact]
    public void A_message_stored_before_there_was_urgency_is_normal()
    {
        const string Old = """{"Kind":"Person","Language":"en","VisibleText":"hi","Intents":[],"Entities":{},"ModelVersion":"1"}""";
        var read = JsonSerializer.Deserialize<UnderstoodMessage>(Old)!;
        Assert.Equal(Urgency.Normal, read.Urgency);
        Assert.Empty(read.UrgencyReasons);
        Assert.Contains("\"Urgency\":\"High\"", JsonSerializer.Serialize(read with { Urgency = Urgency.High }), StringComparison.Ordinal);
    }
}
