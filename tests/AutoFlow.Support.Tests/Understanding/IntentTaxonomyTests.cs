using AutoFlow.Support.Understanding;

namespace AutoFlow.Support.Tests.Understanding;

public sealed class IntentTaxonomyTests
{
    [Fact]
    public void The_shipped_taxonomy_reads_and_describes_26_labels()
    {
        var taxonomy = IntentTaxonomy.Read(Repository.Folder("understanding", "intents.tsv"));

        Assert.Equal(26, taxonomy.Definitions.Count);
        Assert.Equal("order_status", taxonomy.Definitions[0].Label);
        Assert.Equal(IntentTaxonomy.Other, taxonomy.Definitions[^1].Label);
        Assert.All(taxonomy.Definitions, definition => Assert.True(definition.Means.Length > 10));
    }

    [Fact]
    public void A_line_is_a_label_its_meaning_and_if_need_be_what_it_is_not()
    {
        var taxonomy = IntentTaxonomy.Parse(["# comment", "", "a\tWants a\tb is b", "b\tWants b\t", "other\tNone"], "intents.tsv");

        Assert.Equal([new("a", "Wants a", "b is b"), new("b", "Wants b", null), new("other", "None", null)], taxonomy.Definitions);
    }

    [Theory]
    [InlineData("a", "intents.tsv:1")]
    [InlineData("other\tx\n\tmeaning", "intents.tsv:2")]
    [InlineData("other\tx\na\t ", "intents.tsv:2")]
    [InlineData("other\tx\na\tb\tc\td", "intents.tsv:2")]
    [InlineData("other\tx\na\tb\na\tc", "intents.tsv:3: the label a comes twice")]
    [InlineData("a\tb", "intents.tsv: the label other is missing")]
    public void A_mistake_is_named_with_its_line(string text, string mistake) =>
        Assert.StartsWith(mistake, Assert.Throws<InvalidDataException>(() => IntentTaxonomy.Parse(text.Split('\n'), "intents.tsv")).Message, StringComparison.Ordinal);
}
