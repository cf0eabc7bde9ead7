using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Tests.Tasks.Calls;
using FsCheck;
using FsCheck.Fluent;

namespace AutoFlow.Workflows.Tests.Parsing;

public class UriTemplateTests
{
    private static string Body(string uri) => ProtocolCalls.Body("http", $"method: get\nendpoint: '{uri}'");

    [Theory]
    [InlineData("https://x.org/{a}", """{"a":"b c/d?ä"}""", "https://x.org/b%20c%2Fd%3F%C3%A4")]
    [InlineData("https://x.org/{a}/{b}", """{"a":1.5,"b":true}""", "https://x.org/1.5/true")]
    [InlineData("https://x.org/{a}.", """{"a":null}""", "https://x.org/.")]
    [InlineData("https://x.org/{a}", "{}", "https://x.org/")]
    [InlineData("https://x.org/{a}", "[1]", "https://x.org/")]
    [InlineData("https://x.org/{pet.id}", """{"pet":{"id":1},"pet.id":2}""", "https://x.org/2")]
    [InlineData("https://x.org/{a,b,c}", """{"a":1024,"c":768}""", "https://x.org/1024,768")]
    [InlineData("https://x.org/?q={a}&r=\\(.b)", """{"a":"${ .b }"}""", "https://x.org/?q=%24%7B%20.b%20%7D&r=\\(.b)")]
    public void A_variable_is_the_inputs_property_of_that_name(string template, string input, string expected) =>
        Assert.Equal(expected, ProtocolCalls.Sent(Body(template), input)["endpoint"]["uri"].AsString());

    [Fact]
    public void Any_text_comes_back_whole() => Prop.ForAll<NonNull<string>>(text =>
    {
        var input = JqValue.FromObject(("a", JqValue.From(text.Get)));
        var uri = ProtocolCalls.Sent(Body("https://x.org/{a}"), input.ToJson())["endpoint"]["uri"].AsString()!;
        var expanded = uri["https://x.org/".Length..];
        return expanded.All(static c => char.IsAsciiLetterOrDigit(c) || "-._~%".Contains(c, StringComparison.Ordinal))
            && Uri.UnescapeDataString(expanded) == input["a"].AsString();
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("""{"a":[1]}""", "array")]
    [InlineData("""{"a":{}}""", "object")]
    public void Lists_and_maps_cannot_stand_in_a_URI(string input, string kind)
    {
        var error = TestWorkflow.Error(Body("https://x.org/{a}"), input);

        Assert.Equal((StandardErrors.Expression.Type, 400), (error.Type, error.Status));
        Assert.Equal($"https://x.org/{{a}}: {{a}} is an {kind}, and only text, numbers, true and false can stand in a URI", error.Detail);
    }

    [Theory]
    [InlineData("https://x.org/{a", "11:34", "bad URI template: a brace without its partner")]
    [InlineData("https://x.org/a}", "11:35", "bad URI template: a brace without its partner")]
    [InlineData("https://x.org/{a{b}}", "11:34", "bad URI template: a brace without its partner")]
    [InlineData("https://x.org{?a}", "11:33", "bad URI template: '{?a}' is no simple expansion")]
    [InlineData("https://x.org/{+a}", "11:34", "bad URI template: '{+a}' is no simple expansion")]
    [InlineData("https://x.org/{a*}", "11:34", "bad URI template: '{a*}' is no simple expansion")]
    [InlineData("https://x.org/{a:3}", "11:34", "bad URI template: '{a:3}' is no simple expansion")]
    [InlineData("https://x.org/{}", "11:34", "bad URI template: '{}' is no simple expansion")]
    public void What_the_language_does_not_expand_is_refused(string template, string place, string message)
    {
        var error = TestWorkflow.OnlyError(Body(template));

        Assert.Equal((place, message), (error.Position.ToString(), error.Message));
    }
}
