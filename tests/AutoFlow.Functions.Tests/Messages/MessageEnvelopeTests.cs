using System.Text;
using AutoFlow.Functions.Messages;
using AutoFlow.Functions.Tests.Fakes;
using FsCheck;
using FsCheck.Fluent;

namespace AutoFlow.Functions.Tests.Messages;

public sealed class MessageEnvelopeTests
{
    private const string Good = """{"specversion":"1.0","type":"autoflow.message.received","id":"1","source":"mail","data":{"from":"a@example.org","text":"Hi"}}""";

    [Fact]
    public void A_good_envelope_becomes_a_message()
    {
        var json = Good.Replace("\"text\":\"Hi\"", "\"text\":\"Hi\",\"fromName\":\"Ann\",\"threadId\":\"t\",\"headers\":{\"List-Id\":\"x\"},\"attachmentCount\":2", StringComparison.Ordinal)
            .Replace("\"id\":\"1\"", "\"id\":\"1\",\"time\":\"2026-01-01T10:00:00+02:00\"", StringComparison.Ordinal);

        var (message, problems) = Read(json);

        Assert.Empty(problems);
        Assert.Equal(("1", "mail", "a@example.org", "Hi", "Ann", "t", 2), (message!.Id, message.Channel, message.From, message.Text, message.FromName, message.ThreadId, message.AttachmentCount));
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 8, 0, 0, TimeSpan.Zero), message.ReceivedAt);
        Assert.Equal("x", message.Headers["list-id"]);
    }

    [Fact]
    public void Without_a_time_the_message_came_now() => Assert.Equal(Sample.Start, Read(Good).Message!.ReceivedAt);

    [Theory]
    [InlineData("", "1:1", "The body is not JSON at line 1, column 1. Send a CloudEvent as application/cloudevents+json.")]
    [InlineData("{\n \"id\": x}", "2:8", "The body is not JSON at line 2, column 8. Send a CloudEvent as application/cloudevents+json.")]
    public void What_is_no_JSON_is_refused_with_its_place(string body, string field, string message) =>
        Assert.Equal(new MessageEnvelope.Problem(field, message), Assert.Single(Read(body).Problems));

    [Theory]
    [InlineData("\"specversion\":\"1.0\",", "", "/specversion", "Missing: set it to \"1.0\".")]
    [InlineData("\"1.0\"", "\"0.3\"", "/specversion", "Must be \"1.0\".")]
    [InlineData("autoflow.message.received", "other", "/type", "Must be \"autoflow.message.received\".")]
    [InlineData("\"id\":\"1\"", "\"id\":\" \"", "/id", "Missing or empty: a text is needed.")]
    [InlineData("\"source\":\"mail\",", "", "/source", "Missing or empty: a text is needed.")]
    [InlineData("\"a@example.org\"", "[]", "/data/from", "Must be a text, not a list.")]
    [InlineData("\"text\":\"Hi\"", "\"subject\":\"Hi\"", "/data/text", "Missing: give the body here, or as HTML in /data/html.")]
    [InlineData("\"Hi\"", "7", "/data/text", "Must be a text, not a number.")]
    [InlineData("\"Hi\"", "\"Hi\",\"to\":{}", "/data/to", "Must be a text, not an object.")]
    [InlineData("\"Hi\"", "\"Hi\",\"html\":true", "/data/html", "Must be a text, not true or false.")]
    [InlineData("\"Hi\"", "\"Hi\",\"attachmentCount\":-1", "/data/attachmentCount", "Must be a whole number, 0 or more.")]
    [InlineData("\"Hi\"", "\"Hi\",\"attachmentCount\":\"2\"", "/data/attachmentCount", "Must be a whole number, 0 or more.")]
    [InlineData("\"Hi\"", "\"Hi\",\"headers\":[]", "/data/headers", "Must be an object of texts, not a list.")]
    [InlineData("\"Hi\"", "\"Hi\",\"headers\":{\"A\":1}", "/data/headers/A", "Must be a text, not a number.")]
    [InlineData("\"id\":\"1\"", "\"id\":\"1\",\"time\":\"soon\"", "/time", "Must be a time as in RFC 3339, for example 2026-11-02T09:30:00Z.")]
    public void A_wrong_field_is_named(string right, string wrong, string field, string message)
    {
        var (read, problems) = Read(Good.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Null(read);
        Assert.Contains(new MessageEnvelope.Problem(field, message), problems);
    }

    /// <summary>In octets: an index of PostgreSQL takes no longer one.</summary>
    [Theory]
    [InlineData('x', 999)]
    [InlineData('你', 333)]
    public void An_id_that_is_too_long_is_refused(char letter, int count)
    {
        var problem = Assert.Single(Read(Good.Replace("\"id\":\"1\"", $"\"id\":\"{new string(letter, count)}\"", StringComparison.Ordinal)).Problems);

        Assert.Equal(new MessageEnvelope.Problem("/id", "Longer than 998 octets."), problem);
    }

    [Fact]
    public void A_thread_that_is_too_long_is_refused()
    {
        var problem = Assert.Single(Read(Good.Replace("\"text\":", $"\"threadId\":\"{new string('x', 999)}\",\"text\":", StringComparison.Ordinal)).Problems);

        Assert.Equal(new MessageEnvelope.Problem("/data/threadId", "Longer than 998 octets."), problem);
    }

    [Fact]
    public void Every_mistake_is_told_at_once() => Assert.Equal(["/specversion", "/type", "/id", "/source", "/data/from", "/data/text"], Read("{}").Problems.Select(one => one.Field));

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("\"text\"")]
    [InlineData("{\"data\":[]}")]
    [InlineData("{\"data\":null}")]
    public void JSON_of_another_form_is_refused(string body) => Assert.NotEmpty(Read(body).Problems);

    [Theory]
    [InlineData("\\ud800")]
    [InlineData("\\udc00 x")]
    public void Half_a_character_is_refused(string half)
    {
        Assert.NotEmpty(Read(Good.Replace("Hi", half, StringComparison.Ordinal)).Problems);
        Assert.NotEmpty(Read(Good.Replace("\"Hi\"", $"\"Hi\",\"headers\":{{\"{half}\":\"x\"}}", StringComparison.Ordinal)).Problems);
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_refused()
    {
        var bytes = Encoding.UTF8.GetBytes(Good);
        bytes[Array.LastIndexOf(bytes, (byte)'H')] = 0xFF;

        Assert.NotEmpty(MessageEnvelope.Read(bytes, Sample.Start).Problems);
    }

    [Fact]
    public void Random_bytes_never_throw() => Prop.ForAll<byte[]>(bytes =>
    {
        var (message, problems) = MessageEnvelope.Read(bytes ?? [], Sample.Start);
        return message is null == problems.Count > 0;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_good_envelope_with_any_bytes_changed_never_throws() => Prop.ForAll<(int At, byte To)[]>(changes =>
    {
        var bytes = Encoding.UTF8.GetBytes(Good);
        foreach (var (at, to) in changes ?? []) bytes[(int)((uint)at % (uint)bytes.Length)] = to;
        var (message, problems) = MessageEnvelope.Read(bytes, Sample.Start);
        return message is null == problems.Count > 0;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_value_in_any_field_never_throws()
    {
        string[] values = ["null", "true", "0", "-1", "1e400", "\"\"", "\"x\"", "[]", "{}", "{\"a\":{}}", "\"\\ud83d\"", "\"0000-00-00\""];
        string[] fields = ["specversion", "type", "id", "source", "time", "subject", "data", "data/from", "data/fromName", "data/to", "data/text", "data/html", "data/headers", "data/attachmentCount", "data/threadId", "data/inReplyTo"];
        var some = from field in Gen.Elements(fields) from value in Gen.Elements(values) select (field, value);
        Prop.ForAll(some.ListOf().ToArbitrary(), chosen =>
        {
            var inner = string.Join(',', chosen.Where(one => one.field.StartsWith("data/", StringComparison.Ordinal)).Select(one => $"\"{one.field[5..]}\":{one.value}"));
            var outer = chosen.Where(one => !one.field.StartsWith("data/", StringComparison.Ordinal)).Select(one => $"\"{one.field}\":{one.value}");
            var (message, problems) = Read($"{{{string.Join(',', outer.Append($"\"data\":{{{inner}}}"))}}}");
            return message is null == problems.Count > 0;
        }).QuickCheckThrowOnFailure();
    }

    private static (Support.Messages.InboundMessage? Message, IReadOnlyList<MessageEnvelope.Problem> Problems) Read(string json) =>
        MessageEnvelope.Read(Encoding.UTF8.GetBytes(json), Sample.Start);
}
