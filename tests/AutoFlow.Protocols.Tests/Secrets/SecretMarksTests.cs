using System.Text;
using AutoFlow.Protocols.Tests.Fakes;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Protocols.Tests.Secrets;

public sealed class SecretMarksTests
{
    private const string Token = "top/secret +1";

    [Fact]
    public async Task A_described_secret_has_its_form_and_none_of_its_texts()
    {
        using var caller = new Caller();
        caller.Secrets["shop"] = JqValue.Parse("""{"user":"erika","keys":{"a":"one-one","b":"two-two"}}""");
        caller.Secrets["mail"] = JqValue.From("plain");
        var described = (await caller.Marks.DescribeAsync(["shop", "mail"], default)).Output!;
        Assert.Equal(["user", "keys"], described["shop"].Properties.Select(static p => p.Key));
        string[] marks = [.. new[] { described["shop"]["user"], described["shop"]["keys"]["a"], described["shop"]["keys"]["b"], described["mail"] }.Select(static m => m.AsString()!)];
        Assert.All(marks, static m => Assert.Matches("^secret-[0-9a-f]{32}$", m));
        Assert.Equal(4, marks.Distinct().Count());
        Assert.NotEqual(described.ToJson(), (await caller.Marks.DescribeAsync(["shop", "mail"], default)).Output!.ToJson());
    }

    [Fact]
    public async Task Secrets_that_do_not_exist_are_one_authorization_error_that_names_them()
    {
        using var caller = new Caller();
        caller.Secrets["mail"] = JqValue.From("plain");
        var error = (await caller.Marks.DescribeAsync(["one", "mail", "two"], default)).Error!;
        Assert.EndsWith("/authorization", error.Type, StringComparison.Ordinal);
        Assert.Equal(403, error.Status);
        Assert.Equal("there are no secrets 'one', 'two'; add them to the secrets of the app", error.Detail);
    }

    [Fact]
    public async Task A_mark_becomes_its_secret_where_the_call_leaves_and_the_address_stays_one()
    {
        await using var service = await StubService.AnsweringAsync("{}");
        using var caller = new Caller();
        var (mark, secrets) = await DescribedAsync(caller);
        await caller.OutputAsync("http", $$$"""
            {"method":"POST","endpoint":{"uri":"{{{service.Address}}}/hooks/{{{mark}}}"},"query":{"key":"{{{mark}}}"},
             "headers":{"X-Key":"Key {{{mark}}}!"},"body":{"uri":"a {{{mark}}}"} }
            """, secrets);
        var seen = service.Seen[0];
        Assert.Equal("/hooks/top%2Fsecret%20+1", seen.Path.Replace("%2B", "+", StringComparison.Ordinal));
        Assert.Equal("?key=top%2Fsecret%20%2B1", seen.Query);
        Assert.Equal($"Key {Token}!", seen.Header("X-Key"));
        Assert.Equal($$"""{"uri":"a {{Token}}"}""", seen.Body);
    }

    [Fact]
    public async Task A_secret_may_be_the_whole_address()
    {
        await using var service = await StubService.AnsweringAsync("{}");
        using var caller = new Caller();
        caller.Secrets["hook"] = JqValue.From($"{service.Address}/hook/17");
        var described = (await caller.Marks.DescribeAsync(["hook"], default)).Output!;
        var output = await caller.OutputAsync("http", $$$"""{"method":"GET","endpoint":{"uri":"{{{described["hook"].AsString()}}}"},"output":"response"}""", described);
        Assert.Equal("/hook/17", service.Seen[0].Path);
        Assert.Equal(described["hook"].AsString(), output["request"]["uri"].AsString());
    }

    [Fact]
    public async Task A_mark_that_is_not_of_this_call_stays_text()
    {
        await using var service = await StubService.AnsweringAsync("{}");
        using var caller = new Caller();
        var (mark, _) = await DescribedAsync(caller);
        await caller.OutputAsync("http", Post(service, mark));
        Assert.Equal(mark, service.Seen[0].Body);
        Assert.DoesNotContain(Token, service.Seen[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_holds_another_mark_is_sent_as_it_is()
    {
        await using var service = await StubService.AnsweringAsync("{}");
        using var caller = new Caller();
        caller.Secrets["inner"] = JqValue.From("the inner one");
        caller.Secrets["outer"] = JqValue.From("?");
        var described = (await caller.Marks.DescribeAsync(["inner", "outer"], default)).Output!;
        caller.Secrets["outer"] = described["inner"];
        await caller.OutputAsync("http", Post(service, described["outer"].AsString()!), described);
        Assert.Equal(described["inner"].AsString(), service.Seen[0].Body);
    }

    [Fact]
    public async Task Only_the_secrets_that_a_call_uses_are_read_and_each_call_reads_them_anew()
    {
        await using var service = await StubService.AnsweringAsync("{}");
        using var caller = new Caller();
        caller.Secrets["unused"] = JqValue.From("other");
        var (mark, secrets) = await DescribedAsync(caller);
        secrets = secrets.With("unused", JqValue.From("secret-00000000000000000000000000000000"));
        caller.Secrets.Asked.Clear();
        await caller.OutputAsync("http", Post(service, mark), secrets);
        caller.Secrets["shop"] = JqValue.Parse("""{"key":"changed"}""");
        await caller.OutputAsync("http", Post(service, mark), secrets);
        Assert.Equal(["shop", "shop"], caller.Secrets.Asked);
        Assert.Equal([Token, "changed"], service.Seen.Select(static s => s.Body));
    }

    [Theory]
    [InlineData(null, "/authorization", "no secret 'shop'")]
    [InlineData("\"now a text\"", "/configuration", "'shop' has no key any more")]
    public async Task A_secret_that_went_away_or_changed_its_form_is_an_error(string? now, string type, string says)
    {
        using var caller = new Caller();
        var (mark, secrets) = await DescribedAsync(caller);
        if (now is null) caller.Secrets.Remove("shop");
        else caller.Secrets["shop"] = JqValue.Parse(now);
        var error = await caller.ErrorAsync("http", $$$"""{"method":"GET","endpoint":{"uri":"http://127.0.0.1:1/{{{mark}}}"} }""", secrets);
        Assert.EndsWith(type, error.Type, StringComparison.Ordinal);
        Assert.Contains(says, error.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("content", "application/json")]
    [InlineData("response", "application/json")]
    [InlineData("raw", "application/json")]
    [InlineData("content", "text/plain")]
    [InlineData("content", "application/octet-stream")]
    public async Task A_service_that_echoes_a_secret_gives_its_mark_back(string form, string type)
    {
        await using var service = await StubService.StartAsync((http, seen) =>
        {
            http.Response.Headers["X-Echo"] = seen.Header("X-Key");
            return http.Response.SendAsync($$$"""{"echo":"{{{Token}}}","again":["top%2Fsecret%20%2B1"],"{{{Token}}}":1}""", type);
        });
        using var caller = new Caller();
        var (mark, secrets) = await DescribedAsync(caller);
        var output = await caller.OutputAsync("http", $$$"""
            {"method":"GET","endpoint":{"uri":"{{{service.Address}}}/{{{mark}}}"},"query":{"k":"{{{mark}}}"},"headers":{"X-Key":"{{{mark}}}"},"output":"{{{form}}}"}
            """, secrets);
        var text = output.ToJson() + (output.AsString() is { } base64 && Convert.TryFromBase64String(base64, new byte[1000], out _) ? Encoding.UTF8.GetString(Convert.FromBase64String(base64)) : "");
        Assert.Contains(mark, text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret +1", text, StringComparison.Ordinal);
        Assert.DoesNotContain("top%2F", text, StringComparison.Ordinal);
        Assert.Equal(Token, service.Seen[0].Header("X-Key"));
    }

    [Fact]
    public async Task What_credentials_become_in_a_header_does_not_come_back_either()
    {
        await using var service = await StubService.StartAsync(static (http, seen) => http.Response.SendAsync($"\"{seen.Header("Authorization")}\""));
        using var caller = new Caller();
        var (mark, secrets) = await DescribedAsync(caller);
        var output = await caller.OutputAsync("http", $$$"""
            {"method":"GET","endpoint":{"uri":"{{{service.Address}}}","authentication":{"basic":{"username":"erika","password":"{{{mark}}}"} } } }
            """, secrets);
        Assert.Equal("Basic ***", output.AsString());
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"erika:{Token}")), service.Seen[0].Header("Authorization"));
    }

    [Fact]
    public async Task Neither_errors_nor_logs_hold_secrets_addresses_or_bodies()
    {
        await using var service = await StubService.AnsweringAsync("the answer", "text/plain", 500);
        using var caller = new Caller();
        var (mark, secrets) = await DescribedAsync(caller);
        var error = await caller.ErrorAsync("http", $$$"""
            {"method":"POST","endpoint":{"uri":"{{{service.Address}}}/customers/erika","authentication":{"basic":{"username":"u","password":"{{{mark}}}"} } },"body":"the question"}
            """, secrets);
        foreach (var written in new[] { caller.Log.Text, error.ToJson().ToJson() })
        {
            foreach (var kept in new[] { Token, "erika", "the answer", "the question", "Basic" })
                Assert.DoesNotContain(kept, written, StringComparison.Ordinal);
        }

        Assert.Contains("A call by http failed", caller.Log.Text, StringComparison.Ordinal);
    }

    private static async Task<(string Mark, JqValue Secrets)> DescribedAsync(Caller caller)
    {
        caller.Secrets["shop"] = JqValue.FromObject(("key", JqValue.From(Token)));
        var described = (await caller.Marks.DescribeAsync(["shop"], default)).Output!;
        return (described["shop"]["key"].AsString()!, described);
    }

    private static string Post(StubService service, string text) =>
        $$$"""{"method":"POST","endpoint":{"uri":"{{{service.Address}}}"},"body":"{{{text}}}"}""";
}
