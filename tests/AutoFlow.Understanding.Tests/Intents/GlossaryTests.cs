using AutoFlow.Understanding.Intents;

namespace AutoFlow.Understanding.Tests;

public class GlossaryTests
{
    public static TheoryData<string> Files => [.. Directory.GetFiles(Path.Combine(Repository.Root, "understanding", "glossary"), "*.tsv").Select(f => Path.GetFileNameWithoutExtension(f)).Order()];

    [Theory]
    [InlineData("de", "Meine Rückerstattung fehlt", "my refund missing")]
    [InlineData("fr", "Ma commande est cassée ?", "my order is broken <?>")]
    [InlineData("es", "¿Dónde está mi paquete?", "where is my parcel <?>")]
    [InlineData("ja", "注文をキャンセル", "order cancel")]
    [InlineData("zh", "我要退货", "want return")]
    [InlineData("en", "Where is 10442?", "where is <n4> <?>")]
    [InlineData("xx", "Hvor er den", "")]
    public void Words_are_read_by_what_they_mean_in_English(string language, string text, string meanings) =>
        Assert.Equal(meanings, string.Join(' ', Glossary.Of(language).Read(Tokens.Of(text))));

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_line_of_a_glossary_is_words_a_tab_and_one_English_word(string language)
    {
        var file = Path.Combine(Repository.Root, "understanding", "glossary", language + ".tsv");
        var words = new HashSet<string>();
        var number = 0;
        foreach (var line in File.ReadLines(file))
        {
            number++;
            if (line.Length == 0 || line[0] == '#') continue;
            var columns = line.Split('\t');
            Assert.True(columns.Length == 2 && columns[1].Length > 0 && columns[1].All(char.IsAsciiLetterLower), $"{file}:{number}: {line}");
            foreach (var word in columns[0].Split('|')) Assert.True(word.Length > 0 && words.Add(word), $"{file}:{number}: '{word}' is empty or comes twice");
        }
        Assert.True(words.Count > 2_000, $"{words.Count}");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_glossary_knows_most_words_of_its_languages_seeds(string language)
    {
        var texts = TestData.Seeds.Where(s => s.Language == language).Select(s => Tokens.Of(s.Text)).ToList();
        var known = texts.Sum(tokens => Glossary.Of(language).Read(tokens).Count(m => m[0] != '<'));
        var words = texts.Sum(tokens => tokens.Count(t => t.Kind == TokenKind.Word));
        if (language is "ja" or "zh") Assert.True(known > TestData.Seeds.Count(s => s.Language == language), $"{known}");
        else Assert.True(known >= 0.80 * words, $"{known} of {words}");
    }

    [Fact]
    public void Words_that_are_used_alike_lie_near_each_other()
    {
        Assert.True(Nearness("parcel", "shipment") > 0.3);
        Assert.True(Nearness("refund", "rebate") > Nearness("refund", "kitchen"));
        Assert.Equal(-1, WordVectors.RowOf("qwrtzpf"));
    }

    private static double Nearness(string one, string other)
    {
        var (a, b) = (new float[WordVectors.Dimensions], new float[WordVectors.Dimensions]);
        WordVectors.Add(WordVectors.RowOf(one), 1, a);
        WordVectors.Add(WordVectors.RowOf(other), 1, b);
        return a.Zip(b, (x, y) => (double)x * y).Sum() / Math.Sqrt(a.Sum(x => (double)x * x) * b.Sum(x => (double)x * x));
    }
}
