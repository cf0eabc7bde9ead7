using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Testing;

namespace AutoFlow.Workflows.Tests.Tasks.Calls;

public class AuthenticationTests
{
    private static string Body(string authentication, string more = "", string use = "") => ProtocolCalls.Body(
        "http", $"method: get\nendpoint: {{ uri: 'https://x.org', authentication: {authentication} }}\n{more}".TrimEnd(), use);

    private static JqValue Sent(string authentication, string input = "{}", string use = "", FakeWorkflowContext? context = null) =>
        ProtocolCalls.Sent(Body(authentication, use: use), input, context)["endpoint"]["authentication"];

    [Theory]
    [InlineData("{ basic: { username: '${ .u }', password: p } }", """{"basic":{"username":"ann","password":"p"}}""")]
    [InlineData("{ digest: { username: '${ .u }', password: p } }", """{"digest":{"username":"ann","password":"p"}}""")]
    [InlineData("{ bearer: { token: '${ .u }' } }", """{"bearer":{"token":"ann"}}""")]
    [InlineData(
        "{ oidc: { authority: 'https://{u}.org', grant: client_credentials, client: { id: c, secret: s }, scopes: [ api ] } }",
        """{"oidc":{"authority":"https://ann.org","grant":"client_credentials","client":{"id":"c","secret":"s"},"scopes":["api"]}}""")]
    [InlineData(
        "{ oauth2: { authority: 'https://x.org', endpoints: { token: '/{u}/token', revocation: /r, introspection: /i }, grant: password, username: '${ .u }', password: p, client: { authentication: none }, request: { encoding: application/json }, issuers: [ i ], audiences: [ '${ .u }' ], actor: { token: t, type: y } } }",
        """{"oauth2":{"authority":"https://x.org","endpoints":{"token":"/ann/token","revocation":"/r","introspection":"/i"},"grant":"password","client":{"authentication":"none"},"request":{"encoding":"application/json"},"issuers":["i"],"audiences":["ann"],"username":"ann","password":"p","actor":{"token":"t","type":"y"}}}""")]
    [InlineData(
        "{ oauth2: { authority: 'https://x.org', grant: refresh_token, client: { id: c, authentication: private_key_jwt, assertion: a }, subject: { token: t, type: y } } }",
        """{"oauth2":{"authority":"https://x.org","grant":"refresh_token","client":{"id":"c","assertion":"a","authentication":"private_key_jwt"},"subject":{"token":"t","type":"y"}}}""")]
    public void A_policy_is_sent_evaluated(string authentication, string expected) =>
        TestWorkflow.IsJson(expected, Sent(authentication, """{"u":"ann"}"""));

    [Theory]
    [InlineData("{ use: shop }")]
    [InlineData("shop")]
    public void A_policy_is_named_and_its_expressions_see_the_tasks_input(string reference) => TestWorkflow.IsJson(
        """{"bearer":{"token":"t1"}}""",
        Sent(reference, """{"token":"t1"}""", "use: { authentications: { shop: { bearer: { token: '${ .token }' } } } }\n"));

    [Fact]
    public void A_policy_may_take_its_properties_from_a_secret()
    {
        var context = new FakeWorkflowContext().WithSecret("shop", JqValue.Parse("""{"username":"ann","password":"hidden"}"""));

        var sent = Sent("{ basic: { use: shop } }", use: "use: { secrets: [ shop ] }\n", context: context);

        TestWorkflow.IsJson("""{"basic":{"username":"secret:shop/username","password":"secret:shop/password"}}""", sent);
        TestWorkflow.IsJson("""{"shop":{"username":"secret:shop/username","password":"secret:shop/password"}}""", context.ProtocolCalls[0].Secrets);
    }

    [Theory]
    [InlineData("{ bearer: { token: t1 } }", """{"scheme":"Bearer","parameter":"t1"}""")]
    [InlineData("{ basic: { username: ann, password: p } }", """{"scheme":"Basic","parameter":"YW5uOnA="}""")]
    [InlineData("{ digest: { username: ann, password: p } }", """{"scheme":"Digest"}""")]
    [InlineData("{ bearer: { use: shop } }", """{"scheme":"Bearer","parameter":"secret:shop/token"}""")]
    [InlineData("{ basic: { use: shop } }", """{"scheme":"Basic"}""")]
    [InlineData("{ oidc: { use: shop } }", """{"scheme":"Bearer"}""")]
    public void The_calls_other_properties_and_what_follows_see_the_authorization_and_never_a_secret(string authentication, string expected)
    {
        var context = new FakeWorkflowContext().WithSecret(
            "shop", JqValue.Parse("""{"username":"a","password":"b","token":"c","authority":"d","grant":"e"}"""));
        context.OnProtocol(Execution.Protocols.Http, static (call, _) => FunctionAnswer.Of(call.Arguments["body"]));
        var body = Body(authentication, "body: ${ $authorization }", "use: { secrets: [ shop ] }\n")
            + "      timeout: { after: { seconds: 5 } }\n      output: { as: '[., $authorization]' }\n      export: { as: '. + [$authorization]' }\n"
            + "output: { as: $context }\n";

        TestWorkflow.IsJson($"[{expected},{expected},{expected}]", TestWorkflow.Output(body, context: context));
    }

    [Fact]
    public void A_task_without_a_policy_has_no_authorization() => TestWorkflow.IsJson(
        "[null]", TestWorkflow.Output("do:\n  - a: { set: { x: '${ [$authorization] }' }, output: { as: .x } }\n"));

    [Theory]
    [InlineData("{ bearer: { token: '${ .none }' } }", "the authentication 'bearer' has no text 'token'")]
    [InlineData("{ basic: { use: shop } }", "the authentication 'basic' has no text 'username'")]
    public void A_policy_without_what_its_scheme_needs_is_a_wrong_setting(string authentication, string detail)
    {
        var context = new FakeWorkflowContext().WithSecret("shop", JqValue.Parse("""{"user":"a"}"""));

        var error = TestWorkflow.Error(Body(authentication, use: "use: { secrets: [ shop ] }\n"), context: context);

        Assert.Equal((StandardErrors.Configuration.Type, 400, "/do/0/go", detail), (error.Type, error.Status, error.Instance, error.Detail));
    }

    [Theory]
    [InlineData("{}", "'authentication' needs one of basic, bearer, digest, oauth2, oidc", null)]
    [InlineData("{ basc: { username: a, password: b } }", "unknown property 'basc' in 'authentication'", "did you mean 'basic'?")]
    [InlineData("{ basic: { username: a } }", "'basic' needs 'password'", null)]
    [InlineData("{ basic: { username: a, passwort: b } }", "unknown property 'passwort' in 'basic'", "did you mean 'password'?")]
    [InlineData("{ bearer: t }", "'bearer' must be a map, not text", null)]
    [InlineData("{ bearer: { token: 12 } }", "'token' must be text, not a number", "put it in quotes")]
    [InlineData("{ bearer: { use: shop } }", "no secret named 'shop' under use.secrets", "did you mean 'shopp'?")]
    [InlineData("{ use: shp }", "no authentication named 'shp' under use.authentications", "did you mean 'shop'?")]
    [InlineData("{ oidc: { authority: 'https://x.org', grant: client_credential, client: { id: c } } }", "'grant' cannot be 'client_credential'", "did you mean 'client_credentials'?")]
    [InlineData("{ oidc: { authority: 'https://x.org', grant: client_credentials } }", "'oidc' needs 'client'", "client: { id: … }, or client: { authentication: none }")]
    [InlineData("{ oidc: { authority: 'https://x.org', grant: client_credentials, client: {} } }", "'client' needs 'id'", null)]
    [InlineData("{ oidc: { authority: 'https://x.org', grant: client_credentials, client: { id: c } } }", "'client' needs 'secret'", null)]
    [InlineData("{ oidc: { authority: 'https://x.org', grant: client_credentials, client: { id: c, authentication: private_key_jwt } } }", "'client' needs 'assertion'", null)]
    [InlineData("{ oidc: { authority: 'https://x.org', grant: password, username: u, client: { id: c } } }", "'oidc' needs 'password'", null)]
    [InlineData("{ oidc: { authority: 'https://x.org', grant: refresh_token, client: { id: c } } }", "'oidc' needs 'subject'", null)]
    [InlineData("{ oidc: { authority: 'https://x.org', grant: client_credentials, client: { id: c }, endpoints: {} } }", "unknown property 'endpoints' in 'oidc'", null)]
    [InlineData("{ oidc: { authority: x, grant: client_credentials, client: { id: c } } }", "'x' is no http or https URI", "write it as https://example.org/path")]
    [InlineData("{ oidc: { authority: 'https://x.org', grant: client_credentials, client: { id: c }, scopes: [ 1 ] } }", "'scopes' must be a list of texts, not of a number", null)]
    public void A_mistake_is_refused(string authentication, string message, string? hint)
    {
        const string use = "use: { secrets: [ shopp ], authentications: { shop: { bearer: { token: t } } } }\n";
        var errors = TestWorkflow.Read(Body(authentication, use: use)).Errors.ToList();

        Assert.Contains(message, errors.Select(static e => e.Message));
        if (hint is not null) Assert.Contains((message, hint), errors.Select(static e => (e.Message, e.Hint)));
    }

    [Theory]
    [InlineData("{ basic: { username: a, password: b } }", "password")]
    [InlineData("{ bearer: { token: b } }", "token")]
    [InlineData("{ oidc: { authority: 'https://x.org', grant: client_credentials, client: { id: c, secret: b } } }", "secret")]
    [InlineData("{ bearer: { token: '${ .t }' } }", null)]
    public void A_secret_that_is_written_out_is_a_warning(string authentication, string? key) => Assert.Equal(
        key is null ? [] : [$"everybody who reads this definition can read this '{key}'"],
        TestWorkflow.Parse(Body(authentication)).Warnings.Select(static w => w.Message));

    [Fact]
    public void A_policy_cannot_name_another_one_at_the_top() => Assert.Equal(
        "a policy under use.authentications cannot name another one",
        TestWorkflow.OnlyError("use: { authentications: { a: { use: b } } }\ndo:\n  - a: { set: { x: 1 } }\n").Message);
}
