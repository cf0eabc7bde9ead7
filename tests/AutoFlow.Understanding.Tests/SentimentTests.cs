using AutoFlow.Understanding.Sentiments;
using Xunit.Abstractions;

namespace AutoFlow.Understanding.Tests;

public class SentimentTests(ITestOutputHelper output)
{
    [Fact]
    public void Customers_sentences_are_heard_in_nine_languages()
    {
        var samples = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Sentiments", "samples.tsv")).Select(line => line.Split('\t'))
            .Select(row => (Expected: row[0], Language: row[1], Text: row[2], Heard: SentimentReader.Of(row[2], row[1]))).ToList();
        static bool Right((string Expected, string Language, string Text, double Heard) s) => s.Expected switch { "-" => s.Heard < -0.15, "+" => s.Heard > 0.15, _ => Math.Abs(s.Heard) <= 0.15 };
        foreach (var language in samples.GroupBy(s => s.Language))
            output.WriteLine($"{language.Key} {language.Average(s => Right(s) ? 1.0 : 0.0):P0} {string.Join(" | ", language.Where(s => !Right(s)).Select(s => $"{s.Heard}: {s.Text}"))}");
        output.WriteLine($"all {samples.Average(s => Right(s) ? 1.0 : 0.0):P1} of {samples.Count}");
        Assert.Equal(9, samples.Select(s => s.Language).Distinct().Count());
        Assert.All(samples.GroupBy(s => s.Language), l => Assert.True(l.Average(s => Right(s) ? 1.0 : 0.0) >= 0.9, l.Key));
        // A complaint taken for praise would be the worst.
        Assert.DoesNotContain(samples, s => s.Expected == "-" && s.Heard > 0);
    }

    [Theory]
    [InlineData("de", "Bad und Gift liegen im Fast-Shop, der Kind-Sitz ist brandneu")]
    [InlineData("it", "il fine settimana è la fine dello sconto")]
    [InlineData("nl", "de lamp staat in de badkamer, is dit goed voor een bad?")]
    public void A_word_of_another_language_is_not_heard(string language, string text) => Assert.InRange(SentimentReader.Of(text, language), -0.2, 0.2);

    [Fact]
    public void Much_trouble_reported_calmly_is_not_fury() =>
        Assert.InRange(SentimentReader.Of("The lid is broken, a cup is missing, the box was damaged, the manual is wrong and it came late. Please send a new one.", "en"), -0.6, -0.1);

    [Theory]
    [InlineData("This is a scam! I am furious, your service is a DISGRACE!!!")]
    [InlineData("Das ist eine Frechheit, ich bin stinksauer und gehe zum Anwalt!")]
    [InlineData("C'est une arnaque, service lamentable !")]
    [InlineData("Esto es una vergüenza, inaceptable")]
    [InlineData("Una truffa, pessimo servizio")]
    [InlineData("Schandalig en onacceptabel")]
    [InlineData("To oszustwo, skandal!")]
    [InlineData("I am not happy at all")]
    public void Anger_is_negative(string text) => Assert.True(SentimentReader.Of(text) < -0.3);

    [Theory]
    [InlineData("Perfect, thank you, great service!")]
    [InlineData("Super, vielen Dank, ich bin sehr zufrieden")]
    [InlineData("Parfait, je suis ravie, merci")]
    public void Praise_is_positive(string text) => Assert.True(SentimentReader.Of(text) > 0.3);

    [Fact]
    public void A_plain_question_is_neutral() => Assert.InRange(SentimentReader.Of("Where is order 10442?"), -0.1, 0.1);

    [Fact]
    public void Shouting_makes_anger_worse() =>
        Assert.True(SentimentReader.Of("THIS IS UNACCEPTABLE!!!") < SentimentReader.Of("This is unacceptable"));
}
