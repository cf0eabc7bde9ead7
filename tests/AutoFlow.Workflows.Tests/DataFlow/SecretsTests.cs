using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Testing;

namespace AutoFlow.Workflows.Tests.DataFlow;

public class SecretsTests
{
    private const string Use = "use: { secrets: [ shop, mail ] }\n";

    private static FakeWorkflowContext WithSecrets() => new FakeWorkflowContext()
        .WithSecret("shop", JqValue.Parse("""{"key":"hidden"}""")).WithSecret("mail", JqValue.From("hidden"));

    [Fact]
    public void Every_stage_sees_the_marks_and_nothing_sees_a_secret()
    {
        var context = WithSecrets();

        var output = TestWorkflow.Output(
            Use + """
            input: { from: "{ a: $secrets.mail }" }
            do:
              - a:
                  if: $secrets.mail == "secret:mail"
                  input: { from: ". + { b: $secrets.shop.key }" }
                  set: { a: "${ .a }", b: "${ .b }", c: "${ $secrets.mail }" }
                  output: { as: ". + { d: $secrets.mail }" }
                  export: { as: ". + { e: $secrets.mail }" }
            output: { as: "$context + { f: $secrets.shop }" }
            """,
            context: context);

        TestWorkflow.IsJson(
            """{"a":"secret:mail","b":"secret:shop/key","c":"secret:mail","d":"secret:mail","e":"secret:mail","f":{"key":"secret:shop/key"}}""", output);
        Assert.Equal("secrets shop mail", Assert.Single(context.Decisions));
    }

    [Fact]
    public void A_definition_without_secrets_asks_for_none()
    {
        var context = WithSecrets();

        TestWorkflow.Run("do:\n  - a: { set: { x: 1 } }\n", context: context);

        Assert.Empty(context.Decisions);
    }

    [Fact]
    public void A_secret_that_is_not_there_faults_the_workflow()
    {
        var error = TestWorkflow.Error(Use + "do:\n  - a: { set: { x: 1 } }\n", context: new FakeWorkflowContext());

        Assert.Equal((StandardErrors.Authorization.Type, 403, "/use/secrets"), (error.Type, error.Status, error.Instance));
    }

    [Theory]
    [InlineData("$secrets.shpo.key", "no secret named 'shpo' under use.secrets", "did you mean 'shop'?")]
    [InlineData("$secrets[\\\"nail\\\"]", "no secret named 'nail' under use.secrets", "did you mean 'mail'?")]
    [InlineData("$secrets.\\\"sho\\\"", "no secret named 'sho' under use.secrets", "did you mean 'shop'?")]
    public void A_secret_that_is_not_declared_is_refused(string expression, string message, string hint)
    {
        var error = TestWorkflow.OnlyError(Use + $"do:\n  - a: {{ set: {{ x: \"${{ {expression} }}\" }} }}\n");

        Assert.Equal((message, hint), (error.Message, error.Hint));
    }

    [Fact]
    public void In_loose_mode_an_expression_without_braces_is_checked_too() => Assert.Equal(
        "no secret named 'shpo' under use.secrets",
        TestWorkflow.OnlyError(Use + "evaluate: { mode: loose }\ndo:\n  - a: { set: { x: $secrets.shpo } }\n").Message);

    [Theory]
    [InlineData("do:\n  - a: { set: { x: '${ $secrets }' } }\n", "7:24", "no secrets are declared under use.secrets")]
    [InlineData("use: { secrets: [ a, a ] }\ndo:\n  - a: { set: { x: 1 } }\n", "6:22", "the secret 'a' is declared twice")]
    [InlineData("use: { secrets: [ { a: b } ] }\ndo:\n  - a: { set: { x: 1 } }\n", "6:19", "a secret must be a name, not a map")]
    [InlineData("use: { secrets: a }\ndo:\n  - a: { set: { x: 1 } }\n", "6:17", "'secrets' must be a list, not text")]
    public void A_mistake_is_refused_where_it_stands(string body, string place, string message)
    {
        var error = TestWorkflow.OnlyError(body);

        Assert.Equal((place, message), (error.Position.ToString(), error.Message));
    }
}
