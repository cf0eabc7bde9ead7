using System.Text;
using AutoFlow.Functions.Events;
using AutoFlow.Functions.Messages;
using AutoFlow.Support.Events;
using AutoFlow.Workflows.Jq;
using Microsoft.AspNetCore.Http;

namespace AutoFlow.Functions.Tests.Events;

/// <summary>CloudEvents over HTTP in each content mode.</summary>
public sealed class EventEnvelopeTests
{
    private const string One = """{"specversion":"1.0","id":"1","source":"/shop","type":"order.paid","data":{"order":"1001"}}""";

    [Theory]
    [InlineData("application/cloudevents+json; charset=utf-8")]
    [InlineData("application/json")]
    [InlineData(null)]
    public void A_structured_event_is_kept_as_it_is(string? contentType)
    {
        var kept = Assert.Single(Read(contentType, One).Events!);

        Assert.Equal(new IncomingEvent("/shop", "1", "order.paid", One), kept);
    }

    [Theory]
    [InlineData("application/cloudevents-batch+json")]
    [InlineData("application/json")]
    public void A_batch_is_taken_whole(string contentType)
    {
        var events = Read(contentType, $"[{One},{One.Replace("\"1\"", "\"2\"", StringComparison.Ordinal)}]").Events!;

        Assert.Equal(["1", "2"], events.Select(one => one.Id));
    }

    [Theory]
    [InlineData("application/json", """{"order":"1001"}""", "data", """{"order":"1001"}""")]
    [InlineData("text/plain", "paid", "data", "\"paid\"")]
    [InlineData("application/octet-stream", "paid", "data_base64", "\"cGFpZA==\"")]
    public void A_binary_event_gets_the_structured_form(string contentType, string body, string member, string value)
    {
        var headers = new HeaderDictionary { ["ce-specversion"] = "1.0", ["CE-Id"] = "1", ["ce-source"] = "/shop%20two", ["ce-type"] = "order.paid" };

        var kept = Assert.Single(Read(contentType, body, headers).Events!);

        var json = JqValue.Parse(kept.Body);
        Assert.Equal(("/shop two", "1", "order.paid"), (kept.Source, kept.Id, kept.Type));
        Assert.Equal((contentType, value), (json["datacontenttype"].AsString(), json[member].ToJson()));
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_with_its_place()
    {
        var (events, problems) = Read("application/json", """[{"specversion":"0.3","id":"","source":"/shop","type":"t","time":"noon"},{},7]""");

        Assert.Null(events);
        Assert.Equal(
            ["/0/id", "/0/specversion", "/0/time", "/1/id", "/1/source", "/1/specversion", "/1/type", "/2/id", "/2/source", "/2/specversion", "/2/type"],
            problems.Select(problem => problem.Field).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("application/json", "{")]
    [InlineData("application/json", "")]
    [InlineData("application/cloudevents-batch+json", "{}")]
    [InlineData("application/json", "{\"id\":\"\\ud800\"}")]
    public void A_body_that_is_no_event_is_one_clear_problem(string contentType, string body) => Assert.Single(Read(contentType, body).Problems);

    [Theory]
    [InlineData(33)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(5_000)]
    public void An_event_that_nests_too_deep_is_one_clear_problem(int levels)
    {
        var deep = One.Replace("{\"order\":\"1001\"}", Nested(levels - 1), StringComparison.Ordinal);
        var headers = new HeaderDictionary { ["ce-specversion"] = "1.0", ["ce-id"] = "1", ["ce-source"] = "/shop", ["ce-type"] = "order.paid" };

        Assert.Equal("/", Assert.Single(Read("application/json", deep).Problems).Field);
        Assert.Equal("/1", Assert.Single(Read("application/json", $"[{One},{deep}]").Problems).Field);
        var problem = Assert.Single(Read("application/json", Nested(levels - 1), headers).Problems);
        Assert.StartsWith("The event nests deeper than 32 levels.", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_may_nest_as_deep_as_is_allowed()
    {
        var deep = One.Replace("{\"order\":\"1001\"}", Nested(31), StringComparison.Ordinal);

        Assert.Equal(2, Read("application/json", $"[{deep},{deep.Replace("\"1\"", "\"2\"", StringComparison.Ordinal)}]").Events!.Count);
    }

    private static string Nested(int levels) => new string('[', levels) + new string(']', levels);

    private static (IReadOnlyList<IncomingEvent>? Events, IReadOnlyList<MessageEnvelope.Problem> Problems) Read(string? contentType, string body, HeaderDictionary? headers = null) =>
        EventEnvelope.Read(contentType, headers ?? [], Encoding.UTF8.GetBytes(body));
}
