using AutoFlow.Support;
using AutoFlow.Support.Messages;
using AutoFlow.Support.ModelCalls;
using AutoFlow.Support.Understanding;

namespace AutoFlow.Connectors.Tests.AzureOpenAI;

public sealed class RequestTests
{
    [Fact]
    public async Task The_models_intents_replace_the_built_in_ones_and_nothing_else_does()
    {
        await using var world = await ModelWorld.StartAsync();
        world.Stub.AnswersIntents(("order_status", 0.93), ("delivery_options", 0.62), ("promotion", 0.1));

        var result = await world.AskAsync("Wo bleibt Bestellung 1042? Liefert ihr auch nach Wien?");

        Assert.Null(result.Again);
        Assert.Equal([new("order_status", 0.93), new("delivery_options", 0.62)], result.Message.Intents);
        Assert.Equal(
            world.BuiltIn with { Intents = result.Message.Intents, Abstained = false, ModelVersion = "support-mini/gpt-4o-mini-2024-07-18/fp_efad92c60b+seeds-1" },
            result.Message);
    }

    [Fact]
    public async Task The_request_goes_once_to_the_v1_endpoint_with_the_key()
    {
        await using var world = await ModelWorld.StartAsync();
        world.Stub.AnswersIntents(("order_status", 0.93));

        await world.AskAsync("Wo bleibt Bestellung 1042?");

        var request = Assert.Single(world.Stub.Requests);
        Assert.Equal("POST /openai/v1/chat/completions", request.Line);
        Assert.Equal("the-key", request.Headers["api-key"]);
        Assert.False(request.Headers.ContainsKey("Authorization"));
        Assert.Empty(world.Token.Scopes);
    }

    [Theory]
    [InlineData(null, "https://ai.azure.com/.default")]
    [InlineData("https://cognitiveservices.azure.us/.default", "https://cognitiveservices.azure.us/.default")]
    public async Task Without_a_key_Entra_ID_gives_a_token(string? setting, string scope)
    {
        await using var world = await ModelWorld.StartAsync(("ApiKey", null), ("TokenScope", setting));
        world.Stub.AnswersIntents(("order_status", 0.93));

        await world.AskAsync("Wo bleibt Bestellung 1042?");

        var request = Assert.Single(world.Stub.Requests);
        Assert.Equal("Bearer entra-token", request.Headers["Authorization"]);
        Assert.False(request.Headers.ContainsKey("api-key"));
        Assert.Equal([scope], world.Token.Scopes.Distinct());
    }

    [Fact]
    public async Task The_body_asks_for_a_strict_schema_of_the_taxonomys_labels()
    {
        await using var world = await ModelWorld.StartAsync(("ReasoningEffort", "low"));
        world.Stub.AnswersIntents(("order_status", 0.93));

        await world.AskAsync("Wo bleibt Bestellung 1042?");

        var body = Assert.Single(world.Stub.Requests).Body;
        Assert.Equal(
            ["model", "messages", "response_format", "max_completion_tokens", "reasoning_effort"], body.Select(property => property.Key));
        Assert.Equal("support-mini", (string?)body["model"]);
        Assert.Equal(["system", "system", "user"], body["messages"]!.AsArray().Select(turn => (string?)turn!["role"]));
        Assert.Equal("json_schema", (string?)body["response_format"]!["type"]);
        var format = body["response_format"]!["json_schema"]!;
        Assert.True((bool)format["strict"]!);
        var item = format["schema"]!["properties"]!["intents"]!["items"]!;
        var taxonomy = IntentTaxonomy.Read(ModelWorld.TaxonomyFile);
        Assert.Equal(taxonomy.Definitions.Select(definition => definition.Label), item["properties"]!["label"]!["enum"]!.AsArray().Select(label => (string)label!));
        // Strict mode takes no object without these two.
        foreach (var schema in new[] { format["schema"]!, item })
        {
            Assert.False((bool)schema["additionalProperties"]!);
            Assert.Equal(schema["properties"]!.AsObject().Select(property => property.Key), schema["required"]!.AsArray().Select(name => (string)name!));
        }

        var instructions = (string)body["messages"]![0]!["content"]!;
        Assert.All(taxonomy.Definitions, definition => Assert.Contains($"- {definition.Label}: {definition.Means}.", instructions, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_does_not_change_comes_first_so_that_the_service_can_cache_it()
    {
        await using var world = await ModelWorld.StartAsync();
        world.Stub.AnswersIntents(("order_status", 0.93));

        await world.AskAsync("One", id: "<1@example.de>");
        await world.AskAsync("Two", id: "<2@example.de>");

        var (one, two) = (world.Stub.Requests.First(), world.Stub.Requests.Last());
        Assert.Equal(one.Turn(0), two.Turn(0));
        Assert.NotEqual(one.Turn(1), two.Turn(1));
        Assert.Equal(["model", "messages"], one.Body.Select(property => property.Key).Take(2));
    }

    [Fact]
    public async Task Each_call_is_written_down_with_tokens_and_cost_and_no_text()
    {
        await using var world = await ModelWorld.StartAsync();
        world.Stub.Answer = context =>
        {
            world.Time.Advance(TimeSpan.FromMilliseconds(812));
            world.Stub.AnswersIntents(("order_status", 0.93));
            return world.Stub.Answer(context);
        };

        var began = world.Time.GetUtcNow();
        await world.AskAsync("Wo bleibt Bestellung 1042?");

        var call = Assert.Single(world.Book.Calls);
        Assert.Equal(
            new ModelCall
            {
                Id = world.Stub.Requests.Single().Headers["x-ms-client-request-id"],
                InboxId = InboxId.Of("mail", "<1@example.de>"),
                Deployment = "support-mini",
                Model = "gpt-4o-mini-2024-07-18",
                Outcome = ModelCallOutcome.Answered,
                Tokens = new TokenCount(1500, 1024, 40),
                Cost = new Money(0.0001722m, "USD"),
                Duration = TimeSpan.FromMilliseconds(812),
                At = began,
            },
            call);
    }

    [Fact]
    public async Task Without_prices_calls_are_counted_without_cost()
    {
        await using var world = await ModelWorld.StartAsync(("InputPrice", null), ("CachedInputPrice", null), ("OutputPrice", null), ("Currency", null));
        world.Stub.AnswersIntents(("order_status", 0.93));

        await world.AskAsync("Wo bleibt Bestellung 1042?");

        Assert.Null(Assert.Single(world.Book.Calls).Cost);
    }

    [Theory]
    [InlineData(MessageKind.AutoReply)]
    [InlineData(MessageKind.Bounce)]
    [InlineData(MessageKind.MailingList)]
    [InlineData(MessageKind.Spam)]
    [InlineData(MessageKind.OwnMail)]
    public async Task What_no_person_wrote_is_never_sent(MessageKind kind)
    {
        await using var world = await ModelWorld.StartAsync();
        world.BuiltIn = world.BuiltIn with { Kind = kind };

        var result = await world.AskAsync("I am out of office.");

        Assert.Equal(new UnderstandingResult(world.BuiltIn), result);
        Assert.Empty(world.Stub.Requests);
        Assert.Empty(world.Book.Calls);
    }

    [Fact]
    public async Task A_message_without_a_word_is_not_sent()
    {
        await using var world = await ModelWorld.StartAsync();

        Assert.Equal(new UnderstandingResult(world.BuiltIn with { VisibleText = " \n" }), await world.AskAsync(" \n", subject: null));
        Assert.Empty(world.Stub.Requests);
    }

    [Fact]
    public async Task Personal_data_is_hidden_before_anything_is_cut_or_sent()
    {
        await using var world = await ModelWorld.StartAsync(("LongestText", "100"));
        world.Stub.AnswersIntents(("order_status", 0.93));

        await world.AskAsync(new string('x', 90) + "anna@example.de" + new string('y', 50), subject: "from anna@example.de");

        var said = Assert.Single(world.Stub.Requests).Turn(2);
        Assert.Contains("Subject: from [mail]\n", said, StringComparison.Ordinal);
        Assert.Contains($"\n{new string('x', 90)}[mail]yyyy\n", said, StringComparison.Ordinal);
        Assert.DoesNotContain("anna", Assert.Single(world.Stub.Requests).Body.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_of_a_surrogate_pair_is_sent_as_a_replacement_sign()
    {
        await using var world = await ModelWorld.StartAsync();
        world.Stub.AnswersIntents(("order_status", 0.93));

        var result = await world.AskAsync("broken \ud83d text", subject: "\udc4b");

        Assert.Null(result.Message.ReviewReason);
        Assert.Contains("broken \ufffd text", Assert.Single(world.Stub.Requests).Turn(2), StringComparison.Ordinal);
    }
}
