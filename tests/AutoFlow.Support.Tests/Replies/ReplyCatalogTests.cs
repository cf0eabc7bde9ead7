using AutoFlow.Support.Replies;

namespace AutoFlow.Support.Tests.Replies;

public sealed class ReplyCatalogTests
{
    [Fact]
    public void The_shipped_replies_load_in_seven_languages()
    {
        var result = ReplyCatalog.Load(ShippedReplies.Folder);
        Assert.Equal("", string.Join('\n', result.Errors));
        Assert.Equal(["de", "en", "es", "fr", "it", "nl", "pl"], result.Catalog!.Languages.Keys.Order());
        Assert.True(result.Catalog.Keys.Count > 50, $"{result.Catalog.Keys.Count} paragraphs");
    }

    [Fact]
    public void Shipped_paragraphs_read_well_with_and_without_their_optional_parts()
    {
        foreach (var key in ShippedReplies.Catalog.Keys)
        {
            foreach (var language in ShippedReplies.Catalog.Languages.Keys)
            {
                var template = ShippedReplies.Catalog.Find(key, language)!;
                foreach (var text in new[] { template.Render(name => name).Text, template.Render(name => template.Required.Contains(name) ? name : null).Text })
                {
                    Assert.False(string.IsNullOrWhiteSpace(text));
                    Assert.DoesNotContain("..", text, StringComparison.Ordinal);
                    Assert.DoesNotContain("  ", text, StringComparison.Ordinal);
                    Assert.DoesNotContain(" .", text, StringComparison.Ordinal);
                    Assert.DoesNotContain(" ,", text, StringComparison.Ordinal);
                    Assert.True(text.StartsWith("- ", StringComparison.Ordinal) || ".:!?)".Contains(text[^1], StringComparison.Ordinal) || text.EndsWith("link", StringComparison.Ordinal), $"{key}/{language}: {text}");
                }
            }
        }
    }

    [Fact]
    public void Every_mistake_is_told_with_its_place()
    {
        using var folder = new FolderCopy(ShippedReplies.Folder);
        File.WriteAllText(folder.File("zz.yaml"), """
            first:
              en: "Hello {order}."
              de: "Hallo {ordre}."
              fr: "Bonjour [ami]."
              es: "Hola {order"
              it: "Ciao {order}."
              nl: "Hoi."
              lp: "Cześć {order}."
            thanks: {en: a, de: a, fr: a, es: a, it: a, nl: a, pl: a}
            list: [a]
            """);
        var errors = ReplyCatalog.Load(folder.Path).Errors.Select(error => (error.Line, error.Column, error.Message, error.Hint)).ToList();
        Assert.Contains((3, 7, "the text in 'de' must have {order}", "as in 'en'"), errors);
        Assert.Contains((3, 7, "the text in 'de' must not have {ordre}", "as in 'en'"), errors);
        Assert.Contains((4, 7, "an optional part [...] needs a placeholder", null), errors);
        Assert.Contains((5, 7, "a placeholder is a word in braces, for example {order}", null), errors);
        Assert.Contains((7, 7, "the text in 'nl' must have {order}", "as in 'en'"), errors);
        Assert.Contains((8, 3, "unknown key 'lp' in 'first'", "did you mean 'pl'?"), errors);
        Assert.Contains((9, 9, "paragraph 'thanks' is in another file already", null), errors);
        Assert.Contains((10, 7, "'list' must be a map of keys", null), errors);
        Assert.Equal(8, errors.Count);
    }

    [Fact]
    public void A_missing_language_or_a_broken_frame_is_told()
    {
        using var folder = new FolderCopy(ShippedReplies.Folder);
        folder.Replace("languages.yaml", "Hello {name},", "Hello {nmae},");
        folder.Replace("languages.yaml", "fallback: en ", "fallback: eng ");
        folder.Replace("conversation.yaml", "  en: \"Thank you for letting us know.\"\n", "");
        var errors = string.Join('\n', ReplyCatalog.Load(folder.Path).Errors);
        Assert.Contains("languages.yaml:17:15: error: 'greeting' must have {name}", errors, StringComparison.Ordinal);
        Assert.Contains("unknown word 'eng' for 'fallback'", errors, StringComparison.Ordinal);
        Assert.Contains("missing key 'en' in 'thanks'", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_languages_gives_no_catalog()
    {
        using var folder = new FolderCopy(ShippedReplies.Folder);
        File.Delete(folder.File("languages.yaml"));
        var result = ReplyCatalog.Load(folder.Path);
        Assert.Null(result.Catalog);
        Assert.Equal("the file is missing", Assert.Single(result.Errors).Message);
    }
}
