using AutoFlow.Functions.Messages;
using AutoFlow.Functions.Tests.Fakes;
using AutoFlow.Functions.Triggers;
using AutoFlow.Support.Policies;
using AutoFlow.Support.Training;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace AutoFlow.Functions.Tests.Training;

/// <summary>From people's corrections to a model that serves, and back.</summary>
public sealed class TrainingLoopTests
{
    private const string Question = "Please tell me whether I may send these boots back, they are too small.";

    [Fact]
    public async Task What_people_corrected_is_learnt_measured_and_serves_when_a_person_says_so()
    {
        await using var app = await TrainingApp.StartAsync();
        var seeds = app.Serving.Current.Intents.Version;
        await app.CorrectWellAsync();

        var (asked, proposal) = await app.PostAsync("models/proposals", new { by = "anna" });
        var version = proposal.GetProperty("version").GetString()!;
        Assert.Equal((202, "Training"), (asked, proposal.GetProperty("state").GetString()));
        Assert.Equal([(QueueNames.Models, version)], app.Queues.Sent);
        await app.DeliverAsync();

        var (_, shown) = await app.GetAsync($"models/{version}");
        Assert.Equal("Proposed", shown.GetProperty("model").GetProperty("state").GetString());
        Assert.Equal((seeds, 160), (shown.GetProperty("comparedWith").GetString(), shown.GetProperty("newCorrections").GetProperty("count").GetInt32()));
        Assert.True(shown.GetProperty("after").GetProperty("accuracy").GetDouble() > shown.GetProperty("before").GetProperty("accuracy").GetDouble());
        Assert.Equal(seeds, app.Serving.Current.Intents.Version);

        var (adopted, _) = await app.PostAsync($"models/{version}/adopt", new { by = "ben" });
        var next = await app.Get<AutoFlow.Support.Messages.IInbox>().FindAsync(await app.ReceiveAsync(Question), default);

        Assert.Equal((200, version, "return_item"), (adopted, next!.Understood!.ModelVersion, next.Understood.Intents[0].Label));
        var (_, list) = await app.GetAsync("models");
        Assert.Equal(version, list.GetProperty("serving").GetString());
        Assert.Equal([(version, "Adopted", true), (seeds, "Shipped", false)], list.GetProperty("models").EnumerateArray().OrderBy(one => one.GetProperty("state").GetString(), StringComparer.Ordinal)
            .Select(one => (one.GetProperty("version").GetString()!, one.GetProperty("state").GetString()!, one.GetProperty("serving").GetBoolean())));
        var (_, table) = await app.TextAsync($"models/{version}", "text/plain");
        Assert.Contains("on the frozen set", table, StringComparison.Ordinal);
        Assert.Contains("right of what is acted on", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_is_worse_stays_out_and_says_why()
    {
        await using var app = await TrainingApp.StartAsync();
        var seeds = app.Serving.Current.Intents.Version;
        await app.CorrectAsync("order_status", asLabel: "return_item", texts: 40);
        var version = await app.ProposeAsync();

        var (status, body) = await app.PostAsync($"models/{version}/adopt", new { by = "ben" });

        Assert.Equal(409, status);
        Assert.Contains(body.GetProperty("errors").EnumerateArray(), reason => reason.GetProperty("measure").GetString() == "accuracyWithin");
        Assert.Equal(seeds, app.Serving.Current.Intents.Version);
        Assert.Equal(ModelState.Refused, (await app.Models.FindAsync(version, default))!.State);
        Assert.Contains("refused: ", (await app.TextAsync($"models/{version}?format=text")).Text, StringComparison.Ordinal);
    }

    /// <summary>Sent in chunks it has no length.</summary>
    [Fact]
    public async Task A_proposals_body_is_read_without_a_length_too()
    {
        await using var app = await TrainingApp.StartAsync();
        var request = new DefaultHttpContext().Request;
        request.Body = new MemoryStream("no JSON"u8.ToArray());

        Assert.Equal(400, Assert.IsType<ObjectResult>(await app.Get<ProposeModel>().Run(request, default)).StatusCode);
    }

    [Fact]
    public async Task The_same_texts_are_the_same_model_and_nothing_new_is_no_model()
    {
        await using var app = await TrainingApp.StartAsync();
        var (nothing, serving) = await app.PostAsync("models/proposals", null);
        Assert.Equal((200, "serving"), (nothing, serving.GetProperty("state").GetString()));

        await app.CorrectWellAsync();
        var first = await app.ProposeAsync();
        var (again, known) = await app.PostAsync("models/proposals", null);
        Assert.Equal((200, first, "Proposed"), (again, known.GetProperty("version").GetString(), known.GetProperty("state").GetString()));
        Assert.Empty(app.Queues.Sent);

        await app.PostAsync($"models/{first}/adopt", new { by = "ben" });
        Assert.Equal("serving", (await app.PostAsync("models/proposals", null)).Body.GetProperty("state").GetString());
    }

    [Fact]
    public async Task What_was_measured_beside_another_model_is_measured_again_first()
    {
        await using var app = await TrainingApp.StartAsync();
        await app.CorrectAsync("return_item");
        var first = await app.ProposeAsync();
        await app.CorrectWellAsync();
        var second = await app.ProposeAsync();
        Assert.Equal(200, (await app.PostAsync($"models/{second}/adopt", new { by = "ben" })).Status);

        Assert.Equal(409, (await app.PostAsync($"models/{first}/adopt", new { by = "ben" })).Status);

        Assert.Equal(second, app.Serving.Current.Intents.Version);
    }

    [Fact]
    public async Task An_older_model_is_adopted_again_and_every_host_follows()
    {
        await using var app = await TrainingApp.StartAsync();
        await using var other = await app.AgainAsync();
        var seeds = app.Serving.Current.Intents.Version;
        await app.CorrectWellAsync();
        var version = await app.ProposeAsync();
        await app.PostAsync($"models/{version}/adopt", new { by = "ben" });

        Assert.Equal(seeds, (await other.Serving.NowAsync(default)).Intents.Version);
        app.Time.Now += TimeSpan.FromSeconds(5);
        Assert.Equal(version, (await other.Serving.NowAsync(default)).Intents.Version);

        Assert.Equal(200, (await app.PostAsync($"models/{seeds}/adopt", new { by = "ben" })).Status);
        app.Time.Now += TimeSpan.FromSeconds(5);
        Assert.Equal(seeds, app.Serving.Current.Intents.Version);
        Assert.Equal(seeds, (await other.Serving.NowAsync(default)).Intents.Version);
        Assert.Equal(200, (await other.PostAsync($"models/{version}/adopt", new { by = "ben" })).Status);
        Assert.Equal(404, (await other.PostAsync("models/none/adopt", new { by = "ben" })).Status);
    }

    [Fact]
    public async Task An_adopted_model_survives_a_restart_with_its_file_and_without()
    {
        string version;
        await using var app = await TrainingApp.StartAsync();
        await app.CorrectWellAsync();
        version = await app.ProposeAsync();
        await app.PostAsync($"models/{version}/adopt", new { by = "ben" });

        await using (var next = await app.AgainAsync()) Assert.Equal(version, next.Serving.Current.Intents.Version);
        Directory.Delete(app.ModelFolder, recursive: true);
        await using (var next = await app.AgainAsync()) Assert.Equal(version, next.Serving.Current.Intents.Version);
        Assert.True(File.Exists(Path.Combine(app.ModelFolder, $"intents-{version}.model")));
    }

    [Fact]
    public async Task New_seeds_do_not_push_an_adopted_model_out_but_are_proposed()
    {
        await using var app = await TrainingApp.StartAsync();
        await app.CorrectWellAsync();
        var version = await app.ProposeAsync();
        await app.PostAsync($"models/{version}/adopt", new { by = "ben" });
        await File.AppendAllTextAsync(Path.Combine(app.SeedsFolder, "en.tsv"), "return_item\tHow do I return the boots I bought?\n");

        await using (var next = await app.AgainAsync())
        {
            await next.KeepAsync();
            Assert.Equal(version, next.Serving.Current.Intents.Version);
            await next.DeliverAsync();
            Assert.Equal([version], (await next.Models.ListAsync(0, 1, default)).Select(one => one.Comparison!.With));
        }

        // Without its file the adopted model cannot be made any more: the nearest stands in, under its own version.
        Directory.Delete(app.ModelFolder, recursive: true);
        await using var last = await app.AgainAsync();
        Assert.NotEqual(version, last.Serving.Current.Intents.Version);
        Assert.Equal(version, last.Serving.Served.Adopted);
    }

    [Fact]
    public async Task Enough_corrections_are_proposed_by_themselves_and_adopted_only_by_a_policy_that_says_so()
    {
        foreach (var withoutPerson in new[] { false, true })
        {
            await using var app = await TrainingApp.StartAsync(new TrainingPolicy { ProposeAfter = 100, AdoptWithoutPerson = withoutPerson });
            var seeds = app.Serving.Current.Intents.Version;
            await app.CorrectAsync("return_item");
            await app.KeepAsync();
            Assert.Empty(app.Queues.Sent);

            await app.CorrectWellAsync();
            await app.KeepAsync();
            await app.KeepAsync();
            Assert.Single(app.Queues.Sent);
            await app.DeliverAsync();

            Assert.Equal(withoutPerson, seeds != app.Serving.Current.Intents.Version);
            Assert.Contains(await app.Models.ListAsync(0, 9, default), one => withoutPerson ? one is { State: ModelState.Adopted, AdoptedBy: "policy" } : one.State == ModelState.Proposed);
        }
    }

    [Fact]
    public async Task Killed_between_any_two_writes_nothing_is_lost()
    {
        string[]? whole = null;
        for (var writes = 99; writes >= 0; writes = writes == 99 ? whole!.Length - 1 : writes - 1)
        {
            await using var app = await TrainingApp.StartAsync(new TrainingPolicy { ProposeAfter = 1, AdoptWithoutPerson = true });
            await app.CorrectWellAsync();
            app.Gate.DieAfter(writes);
            try
            {
                await app.KeepAsync();
                await app.DeliverAsync();
            }
            catch (KilledException)
            {
                // The next process gets what the queue still has, or what the sweep finds.
            }

            whole ??= [.. app.Gate.Passed];
            await using var next = await app.AgainAsync();
            next.Queues.Sent.AddRange(app.Gate.Passed.Contains("queue.models") ? (await app.Models.ListAsync(0, 9, default)).Where(one => one.Lessons.Count > 0).Select(one => (QueueNames.Models, one.Version)) : []);
            next.Time.Now += TimeSpan.FromMinutes(2);
            await next.KeepAsync();
            await next.DeliverAsync();

            Assert.Equal([ModelState.Adopted, ModelState.Shipped], (await next.Models.ListAsync(0, 9, default)).Select(one => one.State).Order());
            Assert.NotNull(next.Serving.Served.Adopted);
            Assert.Equal(next.Serving.Served.Adopted, next.Serving.Current.Intents.Version);
        }

        Assert.Equal(["models.request", "queue.models", "models.inUse", "models.measured", "models.adopt"], whole!);
    }

    [Fact]
    public async Task Two_deliveries_at_once_make_one_model()
    {
        await using var app = await TrainingApp.StartAsync();
        await app.CorrectWellAsync();
        await app.PostAsync("models/proposals", null);
        var version = Assert.Single(app.Queues.Drain(QueueNames.Models));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => app.Get<AutoFlow.Functions.Triggers.TrainModel>().Run(version, default)));

        Assert.Equal(ModelState.Proposed, (await app.Models.FindAsync(version, default))!.State);
    }

    [Fact]
    public async Task A_correction_that_is_erased_is_not_learnt_any_more()
    {
        await using var app = await TrainingApp.StartAsync();
        var id = await app.ReceiveAsync(Question);
        await app.PostAsync($"inbox/{id}/correction", new { intent = "return_item", by = "anna" });
        await app.PostAsync("models/proposals", null);
        await app.DeleteAsync($"inbox/{id}/correction");

        await app.DeliverAsync();

        var refused = Assert.Single(await app.Models.ListAsync(0, 9, default));
        Assert.Equal((ModelState.Refused, "training"), (refused.State, Assert.Single(refused.Reasons).Measure));
    }
}
