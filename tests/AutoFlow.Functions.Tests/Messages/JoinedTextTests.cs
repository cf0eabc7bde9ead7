using AutoFlow.Support.Messages;
using AutoFlow.Support.Understanding;

namespace AutoFlow.Functions.Tests.Messages;

public sealed class JoinedTextTests
{
    private static readonly UnderstoodMessage[] Parts =
    [
        Said("since May 3", new MessageEntities { OrderNumbers = ["1001"], Dates = [new DateMention(new EntitySpan(6, 5), new DateOnly(2025, 5, 3))] }),
        Said("Main St 1", new MessageEntities
        {
            TrackingNumbers = [new TrackingNumberMention("AB1", ["ups"], new EntitySpan(2, 3, InSubject: true))],
            Products = [new ProductMention(new EntitySpan(5, 2), "ST")],
            Addresses = [new AddressMention(new EntitySpan(0, 9), "Main St 1")],
            EmailAddresses = ["a@x"],
        }),
    ];

    [Fact]
    public void What_the_parts_name_stands_at_its_place_in_the_joined_text()
    {
        var all = JoinedText.EntitiesOf(Parts, Said("cut", new MessageEntities { OrderNumbers = ["1002", "1001"], Dates = [new DateMention(new EntitySpan(0, 3), null)] }));

        Assert.Equal(["1002", "1001"], all.OrderNumbers);
        Assert.Equal(["a@x"], all.EmailAddresses);
        Assert.Equal(new EntitySpan(6, 5), Assert.Single(all.Dates).Span);
        Assert.Null(Assert.Single(all.TrackingNumbers).Span);
        Assert.Equal(new EntitySpan(17, 2), Assert.Single(all.Products).Span);
        Assert.Equal("Main St 1", JoinedText.Of(Parts).Substring(Assert.Single(all.Addresses).Span.Start, 9));
    }

    [Fact]
    public void What_the_joined_text_names_in_full_is_not_named_again_in_pieces()
    {
        var whole = new AddressMention(new EntitySpan(6, 15), "May 3, Main St 1");
        var subject = new DateMention(new EntitySpan(0, 4, InSubject: true), null);

        var all = JoinedText.EntitiesOf(Parts, Said(JoinedText.Of(Parts), new MessageEntities { Addresses = [whole], Dates = [subject, Parts[0].Entities.Dates[0]] }));

        Assert.Equal([whole], all.Addresses);
        Assert.Equal([subject, Parts[0].Entities.Dates[0]], all.Dates);
    }

    private static UnderstoodMessage Said(string text, MessageEntities entities) => new()
    {
        Kind = MessageKind.Person,
        Language = "en",
        VisibleText = text,
        Intents = [],
        Entities = entities,
        ModelVersion = "test",
    };
}
