using AutoFlow.Understanding.Sentiments;

namespace AutoFlow.Understanding.Tests;

public class SentimentTests
{
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
