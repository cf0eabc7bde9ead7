using AutoFlow.Support.Training;

namespace AutoFlow.Functions.Tests.Training;

/// <summary>What people say that a message asks for.</summary>
public sealed class CorrectionTests
{
    [Fact]
    public async Task A_correction_keeps_what_was_said_and_no_personal_data()
    {
        await using var app = await TrainingApp.StartAsync();
        var id = await app.ReceiveAsync(
            "Hello,\nI want to send the lamp of order 10042 back. 10042 was a present of Zelda's for Smithson. Call me at +44 20 7946 0958 or write to anna.smith@example.org.\nKind regards\nAnna Smith", "Re: The lamp", "Zelda Smith");
        var version = app.Serving.Current.Intents.Version;

        var (status, body) = await app.PostAsync($"inbox/{id}/correction", new { intent = "return_item", by = "anna", note = "clear enough" });

        Assert.Equal(200, status);
        Assert.Equal(("return_item", "anna", "clear enough", version), (body.GetProperty("intent").GetString(), body.GetProperty("by").GetString(), body.GetProperty("note").GetString(), body.GetProperty("saidBy").GetString()));
        Assert.True(body.GetProperty("said").GetProperty("probability").GetDouble() > 0);
        var text = body.GetProperty("text").GetString()!;
        Assert.StartsWith("The lamp\n", text, StringComparison.Ordinal);
        Assert.All(["10042", "7946", "anna.smith", "Anna", "Zelda"], told => Assert.DoesNotContain(told, text, StringComparison.Ordinal));
        Assert.Contains("[NAME]'s for Smithson", text, StringComparison.Ordinal);
        Assert.Contains("[ORDER]", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_word_counts_the_same_again_changes_nothing_and_it_can_be_taken_back()
    {
        await using var app = await TrainingApp.StartAsync();
        var id = await app.ReceiveAsync("I want to send the lamp back.");

        var (_, first) = await app.PostAsync($"inbox/{id}/correction", new { intent = "exchange_item", by = "anna" });
        app.Time.Now += TimeSpan.FromMinutes(1);
        var (_, again) = await app.PostAsync($"inbox/{id}/correction", new { intent = "exchange_item", by = "anna" });
        var (_, last) = await app.PostAsync($"inbox/{id}/correction", new { intent = "return_item", by = "ben" });
        var (_, all) = await app.GetAsync("corrections");

        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Equal(last.GetRawText(), Assert.Single(all.EnumerateArray()).GetRawText());
        Assert.Equal("return_item", last.GetProperty("intent").GetString());
        Assert.Equal(204, (await app.DeleteAsync($"inbox/{id}/correction")).Status);
        Assert.Equal(404, (await app.DeleteAsync($"inbox/{id}/correction")).Status);
        Assert.Empty((await app.GetAsync("corrections")).Body.EnumerateArray());
    }

    [Fact]
    public async Task What_cannot_be_taken_is_told_in_one_line()
    {
        await using var app = await TrainingApp.StartAsync();
        var id = await app.ReceiveAsync("I want to send the lamp back.");

        var unknown = await app.PostAsync("inbox/none/correction", new { intent = "return_item", by = "anna" });
        var misspelt = await app.PostAsync($"inbox/{id}/correction", new { intent = "retrun_item", by = "anna" });
        var nobody = await app.PostAsync($"inbox/{id}/correction", new { intent = "return_item" });
        var empty = await app.PostAsync($"inbox/{await app.ReceiveAsync(" ")}/correction", new { intent = "other", by = "anna" });

        Assert.Equal([404, 400, 400, 409], [unknown.Status, misspelt.Status, nobody.Status, empty.Status]);
        Assert.Equal("'retrun_item' is no intent; did you mean 'return_item'?", misspelt.Body.GetProperty("detail").GetString());
        Assert.Empty((await app.GetAsync("corrections")).Body.EnumerateArray());
    }

    [Fact]
    public async Task They_are_exported_as_seeds_are_written()
    {
        await using var app = await TrainingApp.StartAsync();
        var english = await app.ReceiveAsync("I want to send\tthe lamp\nof order 10042 back, it is not what I thought.");
        var german = await app.ReceiveAsync("Guten Tag, wo bleibt denn nur meine Bestellung? Ich warte schon so lange darauf.");
        await app.PostAsync($"inbox/{english}/correction", new { intent = "return_item", by = "anna" });
        await app.PostAsync($"inbox/{german}/correction", new { intent = "order_status", by = "anna" });

        var (_, all) = await app.TextAsync("corrections?format=tsv");
        var (_, one) = await app.TextAsync("corrections?format=tsv&language=en");

        const string line = "return_item\tI want to send the lamp of order 00000 back, it is not what I thought.\n";
        Assert.Equal(line, one);
        Assert.Equal($"# de.tsv\norder_status\tGuten Tag, wo bleibt denn nur meine Bestellung? Ich warte schon so lange darauf.\n# en.tsv\n{line}", all);
        Assert.Equal(400, (await app.TextAsync("corrections?format=xml")).Status);
        Assert.Equal(400, (await app.TextAsync("corrections?take=0")).Status);
        Assert.Single((await app.GetAsync("corrections?skip=1&take=5")).Body.EnumerateArray());
        Assert.Equal(2, (await app.Get<ICorrections>().AllAsync(default)).Count);
    }
}
