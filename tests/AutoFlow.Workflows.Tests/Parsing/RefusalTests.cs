using AutoFlow.Workflows.Model;

namespace AutoFlow.Workflows.Tests.Parsing;

public class RefusalTests
{
    private const string Do = "do:\n  - a: { set: { x: 1 } }\n";
    private const string Mcp = "do:\n  - a: { call: mcp, with: { method: tools/list, transport: { stdio: { command: npx } } } }\n";
    private const string AsyncApi = "do:\n  - a: { call: asyncapi, with: { document: { endpoint: 'https://x.org' }, operation: o, ";
    private const string OAuth = "use: { authentications: { a: { oauth2: { authority: 'https://x.org', client: { id: c, authentication: none }, grant: authorization_code } } } }\n";

    [Theory]
    [InlineData("do:\n  - a: { call: grpc }\n", "7:16", "call grpc")]
    [InlineData("do:\n  - a: { run: { container: { image: x } } }\n", "7:17", "run container")]
    [InlineData("do:\n  - a: { run: { container: { image: x }, return: code } }\n", "7:17", "run container")]
    [InlineData("do:\n  - a: { run: { script: { language: js, code: '1' } } }\n", "7:17", "run script")]
    [InlineData("do:\n  - a: { run: { shell: { command: ls } } }\n", "7:17", "run shell")]
    [InlineData("do:\n  - a: { run: { workflow: { namespace: n, name: a, version: 1.0.0 }, return: none } }\n", "7:70", "run return")]
    [InlineData(Mcp, "7:62", "mcp transport stdio")]
    [InlineData(AsyncApi + "subscription: { consume: { amount: 1 } } } }\n", "7:89", "asyncapi subscription")]
    [InlineData(AsyncApi + "message: {}, protocol: kafka } }\n", "7:112", "asyncapi over another protocol than http")]
    [InlineData(Do + OAuth, "8:118", "oauth2 and oidc grant authorization_code")]
    [InlineData(Do + "use: { catalogs: { c: { endpoint: { uri: 'https://x.org', authentication: {} } } } }\n", "8:59", "authentication of a schema, a function or a catalog")]
    [InlineData(Do + "evaluate: { language: js }\n", "8:23", "evaluate.language other than jq")]
    public void A_construct_is_refused_with_its_reason_and_what_to_do_instead(string body, string place, string construct)
    {
        var error = TestWorkflow.OnlyError(body);

        var refusal = Assert.Single(Refusals.All, r => r.Construct == construct);
        Assert.Equal(
            (place, $"not supported: {construct}: {refusal.Reason}", refusal.Instead),
            (error.Position.ToString(), error.Message, error.Hint));
    }
}
